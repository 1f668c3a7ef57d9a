"""The policies are formatted, compile under schemas and capabilities, and are in good style."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from check_rego import check

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ROOT / ".tools" / "bin"
REGO = ROOT / "rego"


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(REGO, tmp_path / "rego"))


def replace_once(file: Path, old: str, new: str) -> int:
    """Replace the first `old` of a file and return its line."""
    text = file.read_text()
    before, found, after = text.partition(old)
    assert found, f"no {old} in {file}"
    file.write_text(before + new + after)
    return before.count("\n") + 1


def test_formatted() -> None:
    done = run(TOOLS / "opa", "fmt", "--fail", "--list", "rego")
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr


def test_good_style() -> None:
    done = run(TOOLS / "regal", "lint", "rego")
    assert done.returncode == 0, done.stdout + done.stderr


def test_compiles_under_schemas_and_capabilities() -> None:
    assert check(REGO, TOOLS / "opa") == []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("policies/router-one/s2_1_unused_credits.rego", "input.terms.unused_mode", "input.terms.unused_mood"),
        ("policies/yunxin/s2_non_refundable.rego", "input.terms.partial_use", "input.terms.repeat_limit"),
        ("policies/yunxin/s2_non_refundable.rego", "input.request.contested", "input.request.contestd"),
        ("policies/router-one/s0_scope.rego", "lot.sold_elsewhere", "lot.sold_elswhere"),
        ("law/withdrawal/withdrawal.rego", "input.customer.country", "input.customer.cuntry"),
        ("lib/sender/sender.rego", "input.terms.freshness_s", "input.terms.freshnes_s"),
        ("decider/outcome/answer.rego", "input.request.currency", "input.request.curency"),
    ],
)
def test_a_typo_fails(copy: Path, file: str, old: str, new: str) -> None:
    line = replace_once(copy / file, old, new)
    found = check(copy, TOOLS / "opa")
    assert any(f"{file}:{line}: rego_type_error: undefined ref: {new}" in one for one in found), found


def test_a_builtin_outside_the_capabilities_fails(copy: Path) -> None:
    clock = "package lib.clock\n\nnow := time.now_ns()\n"
    (copy / "lib" / "clock.rego").write_text(clock)
    assert any("undefined function time.now_ns" in one for one in check(copy, TOOLS / "opa"))


def test_bad_style_fails(copy: Path) -> None:
    (copy / "lib" / "bad.rego").write_text("package lib.bad\n\nimport data.lib.money\n\nfoo := 1\n")
    done = run(TOOLS / "regal", "lint", "--config-file", ROOT / ".regal" / "config.yaml", copy)
    assert done.returncode != 0
