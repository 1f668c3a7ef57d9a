"""Every check is run and told, whatever becomes of the others; what cannot be checked has failed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from decider.authoring.gate import checks
from decider.authoring.gate.checks import CHECKS, regal
from decider.authoring.gate.report import CannotCheck, CheckResult, Finding, NotApplicable, Outcome, Status
from decider.authoring.gate.runner import Check, Context, run_checks
from decider.revisions import RevisionFault
from decider.tools import ToolMissing
from decider.workspace import NoPolicies, Workspace
from support.shipped import OPA


@pytest.fixture
def context(tmp_path: Path) -> Context:
    (tmp_path / "policies").mkdir()
    return Context(Workspace.find(tmp_path), OPA, None, "no base", date(2026, 6, 1), full=False)


def run(context: Context, *raised: Exception | Outcome) -> list[CheckResult]:
    def check(outcome: Exception | Outcome) -> Check:
        def made(_: Context) -> Outcome:
            if isinstance(outcome, Exception):
                raise outcome
            return outcome

        return Check("one", "One", made)

    told = list[CheckResult]()
    report = run_checks([check(one) for one in raised], context, told.append)
    assert told == list(report.results)
    return told


def test_how_checks_end(context: Context) -> None:
    finding = Finding("a", 1, "wrong")
    results = run(
        context,
        Outcome(summary="fine"),
        Outcome([finding, finding]),
        NotApplicable("nothing there"),
        CannotCheck("missing", file="b"),
        ZeroDivisionError("by zero"),
    )

    assert [result.status for result in results] == ["passed", "failed", "not applicable", "failed", "failed"]
    assert results[1].findings == [finding]
    assert results[2].summary == "nothing there"
    assert results[3].findings == [Finding("b", 0, "missing")]
    assert results[4].findings == [Finding("", 0, "the check could not be made: ZeroDivisionError: by zero")]


def test_a_base_that_is_not_there_and_one_that_cannot_be_read(context: Context) -> None:
    needy = Check("needy", "Needs a base", lambda given: Outcome(summary=given.needs_base().revision))
    [absent] = run_checks([needy], context, list[CheckResult]().append).results
    [unread] = run_checks(
        [needy], replace(context, base_fault=RevisionFault("shallow", "fetch")), list[CheckResult]().append
    ).results

    assert (absent.status, absent.summary) == (Status.NOT_APPLICABLE, "no base")
    assert (unread.status, unread.findings) == (Status.FAILED, [Finding("", 0, "shallow", "fetch")])


def test_what_checks_share_is_made_once_and_its_failure_told_to_each(context: Context) -> None:
    made = list[str]()

    def fail() -> str:
        made.append("x")
        raise CannotCheck("broken")

    for _ in range(2):
        with pytest.raises(CannotCheck, match="broken"):
            context.once("it", fail)
    assert made == ["x"]
    assert context.once("other", lambda: 1) == context.once("other", lambda: 2) == 1


def test_a_missing_program_fails(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Path:
        raise ToolMissing(f"no {name}")

    monkeypatch.setattr(regal, "find_tool", missing)
    (context.workspace.rego / "a.rego").write_text("package a\n")
    gone = replace(context, opa=Path("/nowhere/opa"))

    report = run_checks([check for check in CHECKS if check.name in {"fmt", "regal"}], gone, list[CheckResult]().append)

    assert [result.status for result in report.results] == ["failed", "failed"]
    assert report.results[0].findings[0].message == "/nowhere/opa did not run: No such file or directory"
    assert report.results[1].findings == [Finding("", 0, "no regal", "decider tools install")]


def test_an_empty_repository_passes_no_check_that_looks_for_something(context: Context) -> None:
    """A folder without a policy is no reason to pass."""
    report = run_checks(CHECKS, context, list[CheckResult]().append)

    passed = [result.name for result in report.results if result.status is Status.PASSED]
    assert passed == []
    assert not report.passed


def test_names_are_unique() -> None:
    names = [check.name for check in checks.CHECKS]
    assert len(set(names)) == len(names)


def test_where_the_parts_lie(tmp_path: Path) -> None:
    with pytest.raises(NoPolicies, match="contains neither policies/ nor rego/policies/"):
        Workspace.find(tmp_path)
    (tmp_path / "rego" / "policies").mkdir(parents=True)
    assert Workspace.find(tmp_path).rego == tmp_path / "rego"
