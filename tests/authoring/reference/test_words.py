"""Values and domains in words."""

from __future__ import annotations

import pytest

from decider.authoring.reference.words import domain, value
from decider.bundle import JSON


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "boolean"}, "`true` or `false`"),
        ({"type": "string", "enum": ["a", "b", "c"]}, "`a`, `b` or `c`"),
        ({"type": "integer", "minimum": 0, "maximum": 9}, "a whole number from 0 to 9"),
        ({"type": "integer", "minimum": 0}, "a whole number, at least 0"),
        ({"type": "integer", "maximum": 9}, "a whole number, at most 9"),
        ({"type": "integer"}, "a whole number"),
        ({"type": "string"}, "a text"),
        ({"type": "string", "format": "iana-time-zone"}, "a time zone such as `UTC` or `Europe/Berlin`"),
        ({"type": "array", "items": {"enum": ["A", "B"]}}, "any of `A`, `B`"),
        ({"type": "array", "items": {"type": "string"}}, "a list of texts"),
        ({"type": "array", "items": {"type": "string", "format": "date"}}, "a list of days such as `2026-12-25`"),
        ({"type": "object", "additionalProperties": {"type": "boolean"}}, "`true` or `false` by name"),
        (
            {
                "type": "object",
                "propertyNames": {"enum": ["DE", "GB"]},
                "additionalProperties": {"type": "boolean"},
            },
            "`true` or `false` for any of 2 names (DE, GB)",
        ),
    ],
)
def test_domains(schema: dict[str, JSON], words: str) -> None:
    assert domain(schema) == words


@pytest.mark.parametrize(
    ("one", "words"),
    [(True, "true"), (14, "14"), ([], "[]"), (["EMAIL", "IN_APP"], "[EMAIL, IN_APP]"), ({"GB": False}, "{GB: false}")],
)
def test_values(one: JSON, words: str) -> None:
    assert value(one) == words
