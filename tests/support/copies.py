"""Copies of the shipped policies, to be changed and held against one another."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

from decider.authoring.gate.baseline import Base
from decider.authoring.gate.runner import Context
from decider.engine import find_opa
from decider.workspace import Workspace
from support.shipped import CASES, REGO, ROOT

AS_OF = date(2026, 11, 25)
OPA = find_opa()
_NEXT_CASE = re.compile(r"(?m)^(?=  - id: )")


def copy_of(folder: Path, *cases: str, proto: bool = False) -> Workspace:
    """Copy the policies, and those golden cases of router-one whose ids are given, to a folder of that name."""
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
    """Replace the one place in a file where `old` stands."""
    text = file.read_text()
    assert text.count(old) == 1, f"{text.count(old)} times in {file}: {old}"
    file.write_text(text.replace(old, new))


def context(workspace: Workspace, base: Workspace | None = None, *, as_of: date = AS_OF) -> Context:
    """Give a check a workspace and, as its base, another one."""
    compared = Base("0" * 40, "the base of this test", base) if base is not None else None
    return Context(workspace, OPA, compared, "no base in this test", as_of, full=False)
