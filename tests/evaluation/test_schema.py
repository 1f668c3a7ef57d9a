"""What the schema of answers says is what the service takes."""

from __future__ import annotations

import json

from decision_schema import SCHEMA, schema


def test_the_schema_is_of_the_types_that_decode() -> None:
    assert json.loads(SCHEMA.read_text()) == schema(), "run `make stubs`"
