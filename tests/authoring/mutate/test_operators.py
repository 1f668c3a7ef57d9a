"""What mutants a rule has: their operators, their texts and their places."""

from __future__ import annotations

from pathlib import Path

import pytest

from decider.authoring.mutate.mutants import mutants_of
from decider.authoring.mutate.replacement_values import Domains, enums_of
from support.shop import RULES, TINY, mistakes, module_of

ENUMS = {"status": [["ACTIVE", "SUSPENDED", "CLOSED"]], "mode": [["strict", "lenient"]]}


@pytest.mark.parametrize(
    ("text", "operator", "expected"),
    [
        pytest.param("p if {\n\tinput.a\n\tinput.b\n}", "drop condition", ["p if {\n\ttrue", "\ttrue\n}"], id="a body"),
        pytest.param("p if input.a", "drop condition", ["p if true"], id="the only condition"),
        pytest.param(
            "p if input.a else := 2 if input.b", "drop condition", ["if true else", "else := 2 if true"], id="an else"
        ),
        pytest.param("p := [x | some x in input.l; x.a]", "drop condition", ["| true; x.a", "; true]"], id="a list"),
        pytest.param("p if every x in input.l { x.a }", "drop condition", ["p if true", "{ true }"], id="every"),
        pytest.param("p if input.a == input.b", "flip comparison", ["input.a != input.b"], id="equal"),
        pytest.param("p if input.a >= input.b", "flip comparison", ["input.a < input.b"], id="at least"),
        pytest.param(
            "p if input.a <= input.b", "move boundary", ["input.a < input.b", "input.a <= input.b + 1"], id="at most"
        ),
        pytest.param(
            "p if input.a > input.b", "move boundary", ["input.a >= input.b", "input.a > input.b + 1"], id="more than"
        ),
        pytest.param("p if input.a < 3", "move boundary", ["input.a <= 3"], id="less than a number"),
        pytest.param("p if input.a < 3", "nudge constant", ["input.a < 2"], id="a number that is a boundary"),
        pytest.param("p := input.a * 3", "nudge constant", ["* 4", "* 2"], id="a number"),
        pytest.param("p := input.a[0]", "nudge constant", ["[1]", "[-1]"], id="an index"),
        pytest.param("p := true if input.a", "nudge constant", ["p := false"], id="a boolean"),
        pytest.param('p if input.status == "ACTIVE"', "nudge constant", ['== "SUSPENDED"'], id="a listed value"),
        pytest.param('p if input.status in {"CLOSED"}', "nudge constant", ['{"ACTIVE"}'], id="a value of a set"),
        pytest.param('p := {"mode": "strict"}', "nudge constant", ['"lenient"'], id="a value under a key"),
        pytest.param('p contains "a"\n\np contains "b"', "nudge constant", ['"?"', '"?"'], id="an unknown value"),
        pytest.param('p := "a sentence"', "nudge constant", [], id="a sentence"),
        pytest.param("p := {input.a.b: input[input.c]}", "nudge constant", [], id="names"),
        pytest.param("p := max([input.a, input.b])", "swap min and max", ["min([input.a"], id="max"),
        pytest.param("p if not input.a", "negate", ["p if input.a"], id="not"),
        pytest.param("p if input.a", "negate", ["p if not input.a"], id="a fact"),
        pytest.param("p if input.a in input.l", "negate", ["not input.a in input.l"], id="in"),
        pytest.param("p if input.a == 1", "negate", [], id="a comparison is flipped"),
        pytest.param(
            "p := 1 if input.a else := 2 if { input.b } else := 3",
            "swap branches",
            ["p := 2 if { input.b } else := 1 if input.a else := 3"],
            id="an order",
        ),
        pytest.param("default p := 0", "change default", ["\n\n\n"], id="a default"),
        pytest.param("default p := 0", "nudge constant", ["p := 1", "p := -1"], id="the value of a default"),
        pytest.param("p contains input.a if input.b", "drop rule", ["\n\n\n"], id="a rule of a set"),
        pytest.param("p := 1", "drop rule", [], id="a rule that is a value"),
    ],
)
def test_an_operator(tmp_path: Path, text: str, operator: str, expected: list[str]) -> None:
    written = f"package a\n\n{text}\n"
    made = [edit for edit in mistakes(tmp_path, text, Domains(ENUMS)) if edit.operator == operator]

    texts = [written[: edit.span.start] + edit.text + written[edit.span.end :] for edit in made]
    assert len(texts) == len(expected), texts
    for found, part in zip(texts, expected, strict=True):
        assert part in found


def test_each_mistake_is_made_once(tmp_path: Path) -> None:
    text = "p if {\n\ttrue\n\tinput.a < 3\n}"
    written = f"package a\n\n{text}\n"
    texts = [written[: edit.span.start] + edit.text + written[edit.span.end :] for edit in mistakes(tmp_path, text)]

    assert len(set(texts)) == len(texts)
    assert written not in texts


def test_values_come_from_the_schemas() -> None:
    assert enums_of(TINY) == {"mode": [["strict", "lenient"]]}


def test_values_of_what_may_be_null(tmp_path: Path) -> None:
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas/input.json").write_text(
        '{"properties": {"address": {"anyOf": [{"enum": ["OWN", "OTHER"]}, {"type": "null"}]}}}'
    )

    assert enums_of(tmp_path) == {"address": [["OWN", "OTHER"]]}


def test_a_mutant_tells_its_place(tmp_path: Path) -> None:
    module = module_of(tmp_path, "p := 1\n\n# noté\nq if {\n\tinput.a\n\tinput.b  < 2\n}")
    flipped = next(one for one in mutants_of(module, Domains({})) if one.operator == "flip comparison")

    assert (flipped.file, flipped.row, flipped.rule, flipped.area) == ("a.rego", 8, "q", "a.rego")
    assert (flipped.before, flipped.after) == ("input.b < 2", "input.b >= 2")
    assert flipped.diff == ["- input.b  < 2", "+ input.b  >= 2"]


def test_a_key_outlives_what_stands_around_the_rule(tmp_path: Path) -> None:
    rules = RULES.partition("\n")[2]
    before = {one.key for one in mutants_of(module_of(tmp_path, rules), Domains({}))}
    after = {one.key for one in mutants_of(module_of(tmp_path, f"first := 1\n{rules}"), Domains({}))}

    assert before < after


def test_twins_have_keys_of_their_own(tmp_path: Path) -> None:
    module = module_of(tmp_path, "p contains 1 if input.a\n\np contains 1 if input.a")
    keys = [one.key for one in mutants_of(module, Domains({}))]

    assert len(set(keys)) == len(keys)
