"""What a change may do to a version in force: nothing, unless it is new and announced, or a listed correction."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from decider.authoring.gate.checks.versions import check
from decider.authoring.gate.corrections import FILE
from decider.authoring.gate.report import NotApplicable, Outcome
from decider.workspace import Workspace
from support.policy_copies import context, copy_of, edit

VERSIONS = "rego/policies/router-one/versions/data.yaml"
WINDOW = "rego/lib/window/window.rego"
GENERATED = 30


@pytest.fixture
def base(tmp_path: Path) -> Workspace:
    return copy_of(tmp_path / "base", "R08")


@pytest.fixture
def changed(tmp_path: Path) -> Workspace:
    """The same, to be changed."""
    return copy_of(tmp_path / "new", "R08")


def compared(
    changed: Workspace, base: Workspace, generated: int = GENERATED, as_of: date = date(2026, 11, 25)
) -> Outcome:
    return check(context(changed, base, as_of=as_of), generated)


def new_version(workspace: Workspace, effective_from: str, days: int) -> None:
    """Add a version of router-one with another number of days."""
    file = workspace.root / VERSIONS
    entry = file.read_text().partition('"2026-05-16":\n')[2]
    entry = entry.replace("2026-05-16T00:00:00Z", effective_from).replace("window.days: 14", f"window.days: {days}")
    with file.open("a") as out:
        out.write(f'"{effective_from[:10]}":\n{entry}')


def test_a_changed_number_fails_until_it_is_a_listed_correction(changed: Workspace, base: Workspace) -> None:
    edit(changed.root / VERSIONS, "window.days: 14", "window.days: 13")

    outcome = compared(changed, base)
    [finding] = outcome.findings

    assert finding.file == VERSIONS
    assert "window.days" in (changed.root / VERSIONS).read_text().splitlines()[finding.line - 1]
    assert "version 2026-05-16 of router-one, in force since 2026-05-16" in finding.message
    assert "decides 1 of 1 golden cases and " in finding.message
    assert "1 approval becomes a denial, total -USD 100.00; " in finding.message
    assert finding.message.endswith(" (window.days 14 → 13)")
    assert finding.hint.startswith("make the change in a new version that starts on 2026-12-09 or later; or, ")
    assert [line.rstrip() for line in outcome.details[:6]] == [
        "router-one 2026-05-16, for example:",
        "  R08 (request exactly 14 days after purchase)",
        "    verdict ALLOW → DENY",
        "    disposition CASH_REFUND → NOT_REFUNDABLE",
        "    amount USD 100.00 → USD 0.00",
        outcome.details[5],
    ]
    assert outcome.details[-1].endswith(" more: `decider gate --only versions --details` lists them")
    assert any(line.startswith("  R08 (request exactly 14 days after purchase): verdict") for line in outcome.more)

    list_as_correction(changed, outcome, reason="It never was 14.")
    listed = compared(changed, base)
    record = compared(changed, changed)

    assert listed.findings == []
    assert listed.details[0].startswith("router-one 2026-05-16, a listed correction that decides 1 of 1 golden cases")
    assert not any("to accept the change" in line for line in listed.more)
    assert record.findings == []  # what the base lists, too, is history


def list_as_correction(workspace: Workspace, outcome: Outcome, reason: str) -> None:
    """Put the entry that a report shows into the list."""
    start = next(index for index, line in enumerate(outcome.more) if "to accept the change" in line)
    entry = "\n".join(outcome.more[start + 1 :]).replace("reason: ''", f"reason: {reason}")
    edit(workspace.rego / FILE, "corrections: []", f"corrections:\n{entry}")


def test_a_correction_that_matches_no_change_fails(changed: Workspace, base: Workspace) -> None:
    entry = {"policy": "router-one", "version": "2026-05-16", "reason": "Old.", "cases": [], "generated": 1}
    edit(changed.rego / FILE, "corrections: []", f"corrections: [{entry | {'parameters': [], 'decides': 'sha256:0'}}]")

    [finding] = compared(changed, base).findings

    assert finding.file == f"rego/{FILE}"
    assert "the correction of router-one 2026-05-16 matches no change" in finding.message


@pytest.mark.parametrize(("effective_from", "kept"), [("2026-12-09T00:00:00Z", True), ("2026-12-08T23:59:59Z", False)])
def test_a_new_version_keeps_the_notice(changed: Workspace, base: Workspace, effective_from: str, kept: bool) -> None:
    new_version(changed, effective_from, days=7)

    found = compared(changed, base).findings

    assert kept == (not found)
    if found:
        [finding] = found
        assert (finding.file, bool(finding.line)) == (VERSIONS, True)
        assert "the 14 days of notice that the policy promises, counted from 2026-11-25" in finding.message
        assert finding.hint == "set effective_from to 2026-12-09T00:00:00Z or later"


def test_a_version_not_yet_in_force_changes_freely(tmp_path: Path) -> None:
    base, changed = copy_of(tmp_path / "base"), copy_of(tmp_path / "new")
    new_version(base, "2026-12-01T00:00:00Z", days=7)
    new_version(changed, "2026-12-01T00:00:00Z", days=5)

    assert compared(changed, base).findings == []
    [finding] = compared(changed, base, generated=0, as_of=date(2026, 12, 1)).findings
    assert "version 2026-12-01 of router-one" in finding.message
    assert "has changed parameters (window.days 7 → 5), although no compared decision changes" in finding.message


def test_a_wrong_boundary_is_material(changed: Workspace, base: Workspace) -> None:
    edit(changed.root / WINDOW, "lot.age_ns <= _length_ns", "lot.age_ns < _length_ns")

    [finding] = compared(changed, base).findings

    assert "lot.age_ns < _length_ns" in (changed.root / finding.file).read_text().splitlines()[finding.line - 1]
    assert "decides 1 of 1 golden cases" in finding.message
    assert finding.hint.startswith(
        "every policy and every version shares this file: undo the change, or let a parameter"
    )


def test_a_change_of_what_the_versions_of_a_policy_share(changed: Workspace, base: Workspace) -> None:
    clauses = "rego/policies/router-one/clauses/data.yaml"
    edit(changed.root / clauses, '"2.1-unused-base":', '"2.1-unused":')

    found = compared(changed, base).findings

    assert found
    assert {one.file for one in found} == {clauses}
    assert all(one.hint.startswith("every version of router-one shares this file: undo") for one in found)


def test_other_words_and_another_way_to_say_it_pass(changed: Workspace, base: Workspace) -> None:
    edit(
        changed.root / WINDOW,
        "lot.age_ns <= _length_ns",
        "_length_ns >= lot.age_ns",
    )
    edit(
        changed.root / "rego/policies/router-one/clauses/data.yaml",
        "Payout in 5 to 10",
        "Money in 5 to 10",
    )

    outcome = compared(changed, base)

    assert outcome.findings == []
    assert outcome.summary == f"{GENERATED + 1} requests of router-one, against the base of this test"


def test_a_case_that_the_change_drops_still_counts(tmp_path: Path, base: Workspace) -> None:
    changed = copy_of(tmp_path / "new")
    edit(changed.root / WINDOW, "lot.age_ns <= _length_ns", "lot.age_ns < _length_ns")

    [finding] = compared(changed, base, generated=0).findings

    assert "decides 1 of 1 golden cases differently: 1 approval becomes a denial, total -USD 100.00" in finding.message


def test_nothing_changed_asks_nothing(changed: Workspace, base: Workspace) -> None:
    outcome = compared(changed, base)

    assert (outcome.findings, outcome.details, outcome.more) == ([], [], [])
    assert outcome.summary == "no file that decides differs, against the base of this test"


def test_policies_that_cannot_be_read_fail(changed: Workspace, base: Workspace) -> None:
    edit(base.root / VERSIONS, "rules: router-one", "rules: elsewhere")

    [of_base] = compared(changed, base).findings
    [own] = compared(base, changed).findings

    assert "the policies of the base (the base of this test) cannot be read" in of_base.message
    assert (own.file, own.message) == (VERSIONS, "2026-05-16.rules: no clauses in policies/elsewhere")


def test_without_a_base_there_is_nothing_to_compare(changed: Workspace) -> None:
    with pytest.raises(NotApplicable, match="no base in this test"):
        check(context(changed), GENERATED)
