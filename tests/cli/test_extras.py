"""A command whose extra is not installed says which to install; the other commands do without it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from support.program import ROOT


def without(package: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line where a package cannot be imported."""
    program = f"import sys; sys.modules[{package!r}] = None; from decider.cli import main; main({[*arguments]})"
    return subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )


def test_the_server_needs_no_page_templates() -> None:
    done = without("jinja2", "policies", "--local")

    assert (done.returncode, done.stderr) == (0, "")
    assert "router-one" in done.stdout


@pytest.mark.parametrize("command", [["gate", "--only", "fmt"], ["reference"]], ids=" ".join)
def test_authoring_needs_them(command: list[str]) -> None:
    done = without("jinja2", *command)

    assert done.returncode == 1
    assert done.stderr == 'decider needs jinja2 for this; install it with: pip install "refund-decider[authoring]"\n'


def test_a_defect_of_decider_is_no_missing_extra() -> None:
    done = without("decider.cli.policies", "policies", "--local")

    assert "Traceback" in done.stderr
