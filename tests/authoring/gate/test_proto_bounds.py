"""A bound that allows more than it did is lost; one that allows less is not, nor is one of a message that is gone."""

from __future__ import annotations

from typing import Any

import pytest

from decider.authoring.gate.proto_bounds import bounds_of, lost_bounds

Rules = dict[str, Any]


def lost(old: Rules, new: Rules, options: str = "[buf.validate.field]") -> list[str]:
    def image(rules: Rules) -> dict[str, Any]:
        field = {"name": "x", "options": {options: rules, "deprecated": True}}
        nested = {"name": "Inner", "field": [field]}
        places = {"location": [{"path": [4, 0, 3, 0, 2, 0], "span": [6, 2, 9]}]}
        outer = {"name": "Outer", "nestedType": [nested]}
        return {"file": [{"name": "a/b.proto", "package": "a", "messageType": [outer], "sourceCodeInfo": places}]}

    found = list(lost_bounds(bounds_of(image(old)), bounds_of(image(new))))
    assert {(bounds.file, bounds.line) for bounds, _ in found} <= {("proto/a/b.proto", 7)}
    return [told.removeprefix("a.Outer.Inner.x: ") for _, told in found]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ({"int64": {"gte": "0"}}, {"int64": {"gte": "1"}}, []),
        ({"int64": {"gte": "10"}}, {"int64": {"gte": "9"}}, ["the bound int64.gte was 10, and is 9"]),
        ({"int64": {"lt": "10"}}, {"int64": {"lt": "9"}}, []),
        ({"int64": {"lt": "9"}}, {"int64": {"lt": "10"}}, ["the bound int64.lt was 9, and is 10"]),
        ({"required": True}, {}, ["the bound required True is gone"]),
        ({"string": {"pattern": "a"}}, {"string": {"pattern": "b"}}, ["the bound string.pattern was a, and is b"]),
        (
            {"required": True},
            {"required": True, "ignore": "IGNORE_ALWAYS"},
            ["the bounds do not hold any more for some values: ignore IGNORE_ALWAYS"],
        ),
        ({}, {"required": True, "ignore": "IGNORE_IF_ZERO_VALUE"}, []),
        (
            {"cel": [{"id": "a", "expression": "this > 1", "message": "m"}]},
            {"cel": []},
            ["the bound cel a this > 1 is gone"],
        ),
    ],
)
def test_bounds(old: Rules, new: Rules, told: list[str]) -> None:
    assert lost(old, new) == told


def test_other_options_are_no_bounds() -> None:
    assert lost({"required": True}, {}, options="[google.api.http]") == []
