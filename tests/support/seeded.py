"""Copies of the shipped policies for faults to be seeded in, and the gate run over them."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from decider.authoring.gate.checks import CHECKS
from decider.authoring.gate.report import CheckResult, Report
from decider.authoring.gate.runner import Context, run_checks
from decider.workspace import Workspace
from support.shipped import CASES, REGO
from support.tiny import OPA


def copy_of_policies(folder: Path) -> Path:
    """Lay out the shipped policies and cases as they lie in a checkout."""
    shutil.copytree(REGO, folder / "rego")
    shutil.copytree(CASES, folder / "tests" / "cases", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return folder


def gate(root: Path, *only: str) -> Report:
    """Run the checks of these names."""
    context = Context(Workspace.find(root), OPA, None, "not under test", date(2026, 6, 1), full=False)
    return run_checks([check for check in CHECKS if check.name in only], context, list[CheckResult]().append)


def findings(root: Path, only: str) -> Sequence[str]:
    """Run one check and return what it found, each as `file:line: message`."""
    [result] = gate(root, only).results
    return told(result)


def told(result: CheckResult) -> Sequence[str]:
    """Return the findings of a check, each as `file:line: message`."""
    return [f"{one.place}: {one.message}" for one in result.findings]


def line_of(file: Path, text: str) -> int:
    """Return the line in which a text begins."""
    before, found, _ = file.read_text().partition(text)
    assert found, f"no {text} in {file}"
    return before.count("\n") + 1


def replace(file: Path, old: str, new: str) -> None:
    """Replace the first `old` of a file, which must be there."""
    text = file.read_text()
    assert old in text, f"no {old} in {file}"
    file.write_text(text.replace(old, new, 1))
