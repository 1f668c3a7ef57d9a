"""The schemas are generated from the types of the policy input and of the policy result."""

from __future__ import annotations

import json

import pytest

import schemas


@pytest.mark.parametrize(
    ("name", "schema"), [("input", schemas.input_schema()), ("decision", schemas.decision_schema())]
)
def test_the_schema_is_current(name: str, schema: object) -> None:
    assert json.loads((schemas.SCHEMAS / f"{name}.json").read_text()) == schema, "run `make stubs`"
