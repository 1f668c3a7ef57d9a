"""The branches of rules, in every way in which a rule can be written."""

from __future__ import annotations

import pytest

from decider.authoring.mutate.branches import branches


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("p := 1", [("p := 1", "")]),
        ("p if input.a", [("p", "input.a")]),
        ("p if {\n\tinput.a\n}", [("p", "\n\tinput.a\n")]),
        ("p if { input.a; input.b }", [("p", " input.a; input.b ")]),
        ('p := {"if": "} else {"} if input.a', [('p := {"if": "} else {"}', "input.a")]),
        ("p if every x in input.l { x }", [("p", "every x in input.l { x }")]),
        (
            "p := 1 if input.a else := 2 if { input.b } else := 3",
            [
                ("p := 1", "input.a"),
                ("else := 2", " input.b "),
                ("else := 3", ""),
            ],
        ),
        (
            "p := 1 if {\n\tinput.a # else if {\n} else := f(`else`)",
            [
                ("p := 1", "\n\tinput.a # else if {\n"),
                ("else := f(`else`)", ""),
            ],
        ),
        ("p contains x if some x in {1, 2}", [("p contains x", "some x in {1, 2}")]),
    ],
)
def test_branches(rule: str, expected: list[tuple[str, str]]) -> None:
    text = f"package a\n\n{rule}\n"
    start = text.index(rule)
    found = branches(text, start, start + len(rule))

    heads = [text[start : one.head_end] for one in found]
    assert [text[one.start : one.end] for one in found] == [conditions for _, conditions in expected]
    assert all(head.endswith(told) for head, (told, _) in zip(heads, expected, strict=True)), heads
    assert [one.conditional for one in found] == [bool(conditions) for _, conditions in expected]
