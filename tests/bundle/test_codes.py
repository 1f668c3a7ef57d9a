"""Clauses name the codes that they are the ground of; each code has a clause, or the text is silent on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.broken import edit, faults
from support.tiny import load

CLAUSES = "policies/tiny-shop/clauses/data.yaml"
CODES = "rulebook/codes/data.yaml"


def test_clauses_are_turned_round(rego: Path) -> None:
    [binding] = load(rego).catalog.policies["tiny-shop"].bindings.values()

    assert binding.grounds == {"in_time": {"clause": "tiny-shop/1-window", "role": "GRANTS"}}
    assert binding.readings == {}


@pytest.mark.parametrize(
    ("old", "new", "field", "description"),
    [
        ("[in_time]", "[in_tyme]", "1-window.grounds", "no such code: in_tyme; did you mean in_time?"),
        ("[in_time]", "[in_time, in_time]", "1-window.grounds", "in_time is already a ground of tiny-shop/1-window"),
        ("[in_time]", "[in_time, fee]", "silent", "fee is a ground of a clause"),
        ("silent: [fee]", "silent: []", "silent", "neither listed here nor a ground of a clause: fee"),
        ("silent: [fee]", "silent: [fee, fees]", "silent", "no such code: fees; did you mean fee?"),
        (
            "[in_time]",
            "[in_time], readings: [mood]",
            "1-window.readings",
            "no such parameter: mood; did you mean mode?",
        ),
    ],
)
def test_a_code_is_a_ground_or_the_text_is_silent(rego: Path, old: str, new: str, field: str, description: str) -> None:
    edit(rego / CLAUSES, old, new)

    assert faults(rego)[f"{CLAUSES}: {field}"] == description


def test_codes_that_need_each_other(rego: Path) -> None:
    (rego / CODES).write_text((rego / CODES).read_text() + "together: [[in_time, fee]]\n")

    assert faults(rego) == {
        f"{CLAUSES}: silent": "in_time is a ground of a clause, so these codes must be grounds, too: fee",
    }
