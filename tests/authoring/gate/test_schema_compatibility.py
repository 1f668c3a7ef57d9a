"""Every way in which one schema allows more than another."""

from __future__ import annotations

from typing import Any

import pytest

from decider.authoring.gate.schema_compatibility import Kind, narrowings


def thing(**properties: object) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "required": sorted(properties), "properties": properties}


TEXT, WHOLE, NONE = {"type": "string"}, {"type": "integer"}, {"type": "null"}
LOTS = {"type": "array", "items": thing(used=WHOLE)}


@pytest.mark.parametrize(
    ("of", "to", "kind", "place"),
    [
        (thing(a=TEXT, b=TEXT), thing(a=TEXT), Kind.PROPERTY, "b"),
        (thing(lots=LOTS), thing(lots={"type": "array", "items": thing(used=TEXT)}), Kind.TYPE, "lots[].used"),
        (thing(lots=LOTS), thing(lots={"type": "array", "items": thing()}), Kind.PROPERTY, "lots[].used"),
        ({**thing(a=TEXT), "required": []}, thing(a=TEXT), Kind.ABSENCE, "a"),
        (thing(a={"anyOf": [WHOLE, NONE]}), thing(a=WHOLE), Kind.TYPE, "a"),
        (thing(a={"type": ["integer", "null"]}), thing(a=WHOLE), Kind.TYPE, "a"),
        (thing(a={"enum": ["X", "Y"]}), thing(a={"type": "string", "enum": ["X"]}), Kind.VALUE, "a"),
        (thing(a=TEXT), thing(a={"enum": ["X"]}), Kind.VALUE, "a"),
        (thing(a=WHOLE), thing(a={"type": "integer", "minimum": 0}), Kind.RANGE, "a"),
        (thing(a={"type": "string", "maxLength": 9}), thing(a={"type": "string", "maxLength": 8}), Kind.RANGE, "a"),
        (
            {"type": "object", "additionalProperties": WHOLE},
            {"type": "object", "additionalProperties": TEXT},
            Kind.TYPE,
            "*",
        ),
        ({"type": "object"}, thing(), Kind.PROPERTY, "*"),
        (thing(a=TEXT), thing(a={"type": "string", "pattern": "^x"}), Kind.OTHER, "a"),
        ({"$ref": "#/$defs/A", "$defs": {"A": thing(a=TEXT)}}, thing(), Kind.PROPERTY, "a"),
    ],
)
def test_what_is_no_longer_allowed(of: dict[str, Any], to: dict[str, Any], kind: Kind, place: str) -> None:
    found = {(one.kind, one.place) for one in narrowings(of, to)}

    assert (kind, place) in found


@pytest.mark.parametrize(
    ("of", "to"),
    [
        (thing(a=TEXT), {**thing(a=TEXT, b=TEXT), "required": ["a"]}),
        (thing(a=TEXT), {**thing(a=TEXT), "required": []}),
        (thing(a=WHOLE), thing(a={"anyOf": [NONE, WHOLE]})),
        (thing(a=WHOLE), thing(a={"type": "number"})),
        (thing(a={"enum": ["X"]}), thing(a={"enum": ["X", "Y"]})),
        (thing(a={"type": "integer", "minimum": 1}), thing(a={"type": "integer", "minimum": 0})),
        (thing(a={**TEXT, "description": "one"}), thing(a={**TEXT, "description": "two"})),
        (thing(a=TEXT), {"type": "object"}),
    ],
)
def test_what_is_still_allowed(of: dict[str, Any], to: dict[str, Any]) -> None:
    assert narrowings(of, to) == []
