<<<<<<< HEAD
"""Clauses name the codes that they are the ground of; each code has a clause, or the text is silent on it."""
=======
"""The codes of findings, and the clauses that are their grounds."""
>>>>>>> authoring2

from __future__ import annotations

from pathlib import Path

import pytest

<<<<<<< HEAD
=======
from decider.bundle.catalog import Binding
>>>>>>> authoring2
from support.broken import edit, faults
from support.tiny import load

CLAUSES = "policies/tiny-shop/clauses/data.yaml"
CODES = "rulebook/codes/data.yaml"
<<<<<<< HEAD


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
=======
OWN = "policies/tiny-shop/codes/data.yaml"
CLAUSE = f"{CLAUSES}: 1-window"


def test_each_code_leads_to_its_clause_and_role(rego: Path) -> None:
    assert load(rego).catalog.policies["tiny-shop"].bindings == {
        "tiny-shop": Binding(
            grounds={
                "in_window": {"clause": "tiny-shop/1-window", "role": "GRANTS"},
                "after_window": {"clause": "tiny-shop/1-window", "role": "BARS"},
            },
            readings={"window.days": "tiny-shop/1-window"},
        )
    }


SECOND = '2-fee: {title: Fee, section: "2", summary: The fee stays.,'


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "[in_window, after_window]",
            "[in_window, after_window, in_windw]",
            (f"{CLAUSE}.grounds", "no such code: in_windw; did you mean in_window?"),
        ),
        (
            "silent: [fee]",
            f"{SECOND} grounds: [in_window, fee]}}\nsilent: []",
            (f"{CLAUSES}: 2-fee.grounds", "in_window is already a ground of tiny-shop/1-window"),
        ),
        (
            "silent:",
            f"{SECOND} readings: [window.days]}}\nsilent:",
            (f"{CLAUSES}: 2-fee.readings", "window.days is already a reading of tiny-shop/1-window"),
        ),
        (
            "[window.days]",
            "[window.day]",
            (f"{CLAUSE}.readings", "no such parameter: window.day; did you mean window.days?"),
        ),
        (
            "silent: [fee]",
            "silent: []",
            (f"{CLAUSES}: silent", "neither listed here nor a ground of a clause: fee"),
        ),
        (
            "silent: [fee]",
            "silent: [fee, after_window]",
            (f"{CLAUSES}: silent", "after_window is a ground of a clause"),
        ),
        (
            "silent: [fee]",
            "silent: [fee, fees]",
            (f"{CLAUSES}: silent", "no such code: fees; did you mean fee?"),
        ),
    ],
)
def test_a_clause_grounds_each_code_once_or_the_policy_is_silent_on_it(
    rego: Path, old: str, new: str, fault: tuple[str, str]
) -> None:
    edit(rego / CLAUSES, old, new)

    assert fault in faults(rego).items()


def test_findings_that_need_each_other_are_grounded_together(rego: Path) -> None:
    edit(rego / CLAUSES, "[in_window, after_window]", "[in_window]")
    edit(rego / CLAUSES, "[fee]", "[fee, after_window]")

    assert faults(rego) == {
        f"{CLAUSES}: silent": "in_window is a ground of a clause, so these codes must be grounds, too: after_window"
    }


def test_a_policy_brings_codes_of_its_own(rego: Path) -> None:
    (rego / OWN).parent.mkdir()
    (rego / OWN).write_text("roles: {BARS: [tiny_shop_closed]}\n")
    edit(rego / CLAUSES, "after_window]", "after_window, tiny_shop_closed]")

    grounds = load(rego).catalog.policies["tiny-shop"].bindings["tiny-shop"].grounds
    assert grounds["tiny_shop_closed"] == {"clause": "tiny-shop/1-window", "role": "BARS"}


@pytest.mark.parametrize(
    ("file", "text", "fault"),
    [
        (OWN, "roles: {BARS: [closed]}", (f"{OWN}: roles.BARS", "closed does not begin with tiny_shop_")),
        (OWN, "roles: {BARS: [fee]}", (f"{OWN}: roles.BARS", "fee is listed twice")),
        (OWN, "roles: {BARS: [], BAR: []}", (f"{OWN}: roles.BAR", "no such role; did you mean BARS?")),
        (OWN, "{roles: {}, together: [[feee]]}", (f"{OWN}: together", "no such code: feee; did you mean fee?")),
        (CODES, "rules: {}", (f"{CODES}: rules", "unknown key")),
    ],
)
def test_lists_of_codes_that_are_refused(rego: Path, file: str, text: str, fault: tuple[str, str]) -> None:
    (rego / file).parent.mkdir(exist_ok=True)
    (rego / file).write_text(text)

    assert fault in faults(rego).items()
>>>>>>> authoring2
