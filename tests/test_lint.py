"""What `make lint` checks of code, contract, layers and the files for CI: each command is a test of its own."""

from __future__ import annotations

import shlex
import subprocess

import pytest

from support.program import ENVIRONMENT, MAKE, ROOT

_SHOWN = subprocess.run([MAKE, "-n", "lint"], cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=True)
COMMANDS = [line for line in _SHOWN.stdout.splitlines() if line.startswith((".venv/bin/", ".tools/bin/"))]


@pytest.mark.parametrize("command", COMMANDS)
def test_clean(command: str) -> None:
    done = subprocess.run(shlex.split(command), cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


def test_there_are_checks() -> None:
    assert COMMANDS
