"""Makes copies of the shipped policies, in which tests plant faults or compare versions, and runs the gate on them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from decider.authoring.gate.baseline import Base
from decider.authoring.gate.checks import CHECKS
from decider.authoring.gate.report import CheckResult, Report
from decider.authoring.gate.runner import Context, run_checks
from decider.workspace import Workspace
from support.shipped import CASES, OPA, REGO, ROOT

AS_OF = date(2026, 11, 25)
_NEXT_CASE = re.compile(r"(?m)^(?=  - id: )")


def copy_of_policies(folder: Path) -> Path:
    """Copy the shipped policies and cases to a folder, in the same places as in a checkout."""
    shutil.copytree(REGO, folder / "rego")
    shutil.copytree(CASES, folder / "tests" / "cases", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return folder


def copy_of(folder: Path, *cases: str, proto: bool = False) -> Workspace:
    """Copy the policies, and the golden cases of router-one with the given ids, to a folder."""
    shutil.copytree(REGO, folder / "rego", ignore=shutil.ignore_patterns("*_test.rego", "yunxin"))
    if proto:
        shutil.copytree(ROOT / "proto", folder / "proto")
        shutil.copy(ROOT / "buf.yaml", folder)
    (folder / "tests" / "cases").mkdir(parents=True)
    header, *each = _NEXT_CASE.split((CASES / "router_one.yaml").read_text())
    kept = [text for text in each if text.split()[2] in cases]
    assert len(kept) == len(cases)
    if kept:
        (folder / "tests" / "cases" / "router_one.yaml").write_text(header + "".join(kept))
    return Workspace.find(folder)


def edit(file: Path, old: str, new: str) -> None:
    """Replace the first occurrence of `old` in a file; there must be one."""
    text = file.read_text()
    assert old in text, f"not in {file}: {old}"
    file.write_text(text.replace(old, new, 1))


def context(workspace: Workspace, base: Workspace | None = None, *, as_of: date = AS_OF) -> Context:
    """Give a check a workspace and, as its base, another one."""
    compared = Base("0" * 40, "the base of this test", base) if base is not None else None
    return Context(workspace, OPA, compared, "no base in this test", as_of, full=False)


def gate(root: Path, *only: str) -> Report:
    """Run the checks of these names."""
    chosen = [check for check in CHECKS if check.name in only]
    return run_checks(chosen, context(Workspace.find(root)), list[CheckResult]().append)


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
