"""A value of a parameter counts as asked for where a rule compares with it, looks it up or seeks it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from decider.authoring.gate.parameter_values import AskedValues, values_of_facts
from support.shop import module_of

MODE = {"enum": ["a", "b"]}
LIST = {"items": {"enum": ["EMAIL", "APP"]}}
FACTS = {"properties": {"channel": {"enum": ["EMAIL"]}, "country": {"type": "string"}}}


def unasked(folder: Path, text: str, schema: Mapping[str, Any]) -> list[str]:
    return list(AskedValues([module_of(folder, text)], values_of_facts(FACTS)).unasked("mode", schema))


@pytest.mark.parametrize(
    ("rules", "left"),
    [
        ('x if input.parameters.mode == "a"', ["b"]),
        ('x if "b" != input.parameters.mode', ["a"]),
        ('x if input.parameters.mode in {"a", "b"}', []),
        ('x := {"a": 1, "b": 2}[input.parameters.mode]', []),
        ('x := object.get({"b": 2}, input.parameters.mode, 1)', ["a"]),
        ('m := input.parameters.mode\n\nx if m == "a"', ["b"]),
        ('x if {\n\tm := input.parameters.mode\n\tm == "a"\n}', ["b"]),
        ('o := {"how": input.parameters.mode}\n\nx if o.how == "a"', ["b"]),
        ('f("a") := 1\n\nf("b") := 2\n\nx := f(input.parameters.mode)', []),
        ('f(m) if m == "a"\n\nx if f(input.parameters.mode)', ["b"]),
        ('x := 1 if {\n\tinput.other\n} else := 2 if input.parameters.mode == "a"', ["b"]),
        ('x if input.parameters.other == "a"', ["a", "b"]),
    ],
)
def test_a_value(tmp_path: Path, rules: str, left: list[str]) -> None:
    assert unasked(tmp_path, rules, MODE) == left


def test_the_value_that_stands_for_all_others(tmp_path: Path) -> None:
    assert unasked(tmp_path, 'x if input.parameters.mode == "a"', {**MODE, "otherwise": "b"}) == []


@pytest.mark.parametrize(
    ("rules", "left"),
    [
        ("x if input.request.channel in input.parameters.mode", ["APP"]),
        ("x if input.customer.country in input.parameters.mode", []),
        ('kind := "APP" if {\n\tinput.app\n} else := input.request.channel\n\nx if kind in input.parameters.mode', []),
        ("x := count(input.parameters.mode)", ["EMAIL", "APP"]),
    ],
)
def test_a_value_of_a_list_is_one_that_is_sought(tmp_path: Path, rules: str, left: list[str]) -> None:
    assert unasked(tmp_path, rules, LIST) == left
