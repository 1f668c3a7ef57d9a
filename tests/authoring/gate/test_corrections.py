"""A correction lets exactly the change stand that it describes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from decider.authoring.gate.changed_decisions import Difference, Result
from decider.authoring.gate.corrections import FILE, Correction, as_entry, objection, read_corrections
from decider.authoring.gate.decision_diff import Change
from decider.workspace import Workspace


def denied(name: str) -> Difference:
    return Difference(name, "", Result("approval", "USD", 100), Result("denial", "USD"), ["verdict ALLOW → DENY"])


CHANGE = Change(
    policy_id="router-one",
    version="2026-05-16",
    of_cases=50,
    of_generated=50,
    cases=[denied("R08"), denied("R70/variant0")],
    generated=[denied("generated 7")],
    parameters={"window.days": (14, 13)},
    decides="sha256:b",
)
ENTRY = Correction(
    "router-one", "2026-05-16", "It never was 14.", ("R08", "R70/variant0"), 1, ("window.days",), "sha256:b"
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "rego" / "policies").mkdir(parents=True)
    (tmp_path / "rego" / FILE).parent.mkdir()
    return Workspace.find(tmp_path)


def test_the_entry_that_is_shown_is_read_back_once_it_has_a_reason(workspace: Workspace) -> None:
    entry = "\n".join(as_entry(CHANGE))
    (workspace.rego / FILE).write_text(f"corrections:\n{entry}\n")
    [without_reason] = read_corrections(workspace)[1]
    (workspace.rego / FILE).write_text(f"corrections:\n{entry}\n".replace("''", "It never was 14."))

    assert "corrections[0].reason: not a text, or empty" in without_reason.message
    assert read_corrections(workspace) == ([ENTRY], [])
    assert objection(CHANGE, [ENTRY]) == ""


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (replace(ENTRY, decides="sha256:a"), "decides the generated requests differently than it says"),
        (replace(ENTRY, cases=("R08",)), "does not name the cases R70/variant0"),
        (replace(ENTRY, cases=(*ENTRY.cases, "R09")), "names the cases R09, which did not change"),
        (replace(ENTRY, parameters=()), "does not name the parameters window.days"),
        (replace(ENTRY, generated=2), "says that 2 generated requests are decided differently; 1 are"),
    ],
)
def test_an_entry_says_exactly_what_changed(entry: Correction, told: str) -> None:
    assert objection(CHANGE, [entry]) == told


def test_several_corrections_since_the_base_describe_a_change_together() -> None:
    first = replace(ENTRY, cases=("R08", "R09"), generated=5, parameters=(), decides="sha256:a")
    second = replace(ENTRY, cases=("R70/variant0",), generated=3)

    assert objection(CHANGE, [first, second]) == ""
    assert objection(CHANGE, [second, first]) == "decides the generated requests differently than it says"
    assert objection(CHANGE, [replace(first, cases=()), second]) == "does not name the cases R08"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("corrections: {}", "corrections: not a list"),
        ("corrections: [{policy: router-one}]", "corrections[0].reason: missing"),
        ("corrections: [{cases: R08}]", "corrections[0].cases: not a list of names"),
        ("corrections: [", "line 1: "),
    ],
)
def test_a_list_that_cannot_be_read_is_a_fault(workspace: Workspace, written: str, told: str) -> None:
    (workspace.rego / FILE).write_text(written)

    faults = read_corrections(workspace)[1]

    assert any(told in one.message for one in faults)
    assert {one.file for one in faults} == {f"rego/{FILE}"}


def test_no_list_is_an_empty_one(workspace: Workspace) -> None:
    assert read_corrections(workspace) == ([], [])
