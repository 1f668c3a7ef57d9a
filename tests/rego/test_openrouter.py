"""OpenRouter's published terms as a policy: `decider new-policy`, and then what a user edits; no other file changes."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from decider.authoring.cases import decision_differences, load_cases
from decider.authoring.gate.baseline import open_base
from decider.authoring.gate.bulk_evaluation import Questions, decide
from decider.authoring.gate.checks import CHECKS
from decider.authoring.gate.report import Status
from decider.authoring.gate.runner import Context, run_checks
from decider.authoring.scaffold import scaffold
from decider.v1 import decision_pb2
from decider.workspace import Workspace
from support.policy_copies import AS_OF, copy_of_policies, edit, gate
from support.repositories import commit, git
from support.shipped import OPA

WRITTEN = Path(__file__).with_name("openrouter")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = copy_of_policies(tmp_path_factory.mktemp("openrouter"))
    git(copy, "init", "--quiet", "--initial-branch=main")
    commit(copy)
    scaffold(Workspace.find(copy), "openrouter")
    folder = copy / "rego" / "policies" / "openrouter"
    for name in ("clauses", "codes"):
        (folder / name).mkdir(exist_ok=True)
        shutil.copy(WRITTEN / f"{name}.yaml", folder / name / "data.yaml")
    for name in ("clauses_test.rego", "crypto.rego", "crypto_test.rego"):
        shutil.copy(WRITTEN / name, folder)
    shutil.copy(WRITTEN / "cases.yaml", copy / "tests" / "cases" / "openrouter.yaml")
    versions = folder / "versions" / "data.yaml"
    edit(versions, "window.days: 14", "window.days: 1")
    edit(versions, "refund_fee: true", "refund_fee: false")
    edit(versions, '["SUPPORT_TICKET", "EMAIL", "IN_APP"]', '["IN_APP"]')
    unneeded = r"    (bonus_removal|email_match|payout\.(from|to)_days): .*\n"
    versions.write_text(re.sub(unneeded, "", versions.read_text()))
    return copy


def test_decides_its_worked_cases(root: Path) -> None:
    cases = load_cases(root / "tests" / "cases" / "openrouter.yaml")

    for case, decision in zip(
        cases, decide(Questions(root / "rego", [case.message for case in cases]), OPA), strict=True
    ):
        assert isinstance(decision, decision_pb2.Decision), case.name
        assert (case.name, decision_differences(decision, case.expect)) == (case.name, [])


@pytest.mark.long
def test_passes_the_gate(root: Path) -> None:
    """Its own cases are decided above, and its own tests run below; those of other policies are not repeated."""
    workspace = Workspace.find(root)
    with open_base(workspace, "HEAD") as base:
        context = Context(workspace, OPA, base, "", AS_OF, full=False)
        checks = [check for check in CHECKS if check.name not in {"cases", "tests", "coverage"}]
        results = {result.name: result for result in run_checks(checks, context, lambda _: None).results}

    assert [(name, result.findings) for name, result in results.items() if result.findings] == []
    assert {name for name, result in results.items() if result.status is not Status.PASSED} == {"stubs", "reference"}
    assert results["mutation"].details != []


def test_its_tests_pass_and_reach_its_own_rule(root: Path, tmp_path: Path) -> None:
    rego = Path(shutil.copytree(root / "rego", tmp_path / "rego"))
    for file in rego.rglob("*_test.rego"):
        if file.parent.name not in {"openrouter", "fixture"}:
            file.unlink()

    tests, coverage = gate(tmp_path, "tests", "coverage").results

    assert (tests.findings, tests.summary) == ([], "10 tests in 3 files")
    assert [finding for finding in coverage.findings if "openrouter" in finding.file] == []
