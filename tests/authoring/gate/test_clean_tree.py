"""The shipped policies pass, in the checkout and as a folder of policies alone, and no file is changed."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from support.policy_copies import gate, told
from support.shipped import CASES, REGO, ROOT

# What takes seconds for the whole tree. `make policy` runs these and the others, and `.ci/run` begins with it.
QUICK = ("files", "fmt", "strict", "capabilities", "parameters", "clauses", "conventions", "links", "stubs")


def digests(folder: Path) -> Mapping[str, str]:
    return {str(file): hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.rglob("*") if file.is_file()}


def test_this_checkout_passes_and_is_not_changed() -> None:
    before = digests(REGO)
    status = subprocess.run(["git", "status", "--short"], cwd=ROOT, capture_output=True, check=False).stdout  # noqa: S607 (any git)

    report = gate(ROOT, *QUICK)

    assert [line for result in report.results for line in told(result)] == []
    assert {result.status for result in report.results} == {"passed"}
    assert digests(REGO) == before
    after = subprocess.run(["git", "status", "--short"], cwd=ROOT, capture_output=True, check=False).stdout  # noqa: S607 (any git)
    assert after == status


def test_a_folder_of_policies_alone_passes(tmp_path: Path) -> None:
    policies = Path(shutil.copytree(REGO, tmp_path / "policies-of-ours"))
    shutil.copytree(CASES, policies / "cases", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    shutil.rmtree(policies / "conventions")  # those that ship are asked

    report = gate(policies, *QUICK, "regal")

    assert [line for result in report.results for line in told(result)] == []
    assert [result.name for result in report.results if result.status != "passed"] == ["stubs"]
