"""The codes of findings, and the clauses that are their grounds."""

from __future__ import annotations

from pathlib import Path

import pytest

from decider.bundle.catalog import Binding
from support.broken import edit, faults
from support.tiny import load

CLAUSES = "policies/tiny-shop/clauses/data.yaml"
CODES = "rulebook/codes/data.yaml"
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
