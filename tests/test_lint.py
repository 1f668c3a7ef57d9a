"""What `make lint` checks of the code, the wire contract and the layers, each as a test of its own."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
BIN = ROOT / ".venv" / "bin"

COMMANDS = {
    "ruff": ["ruff", "check", "--no-cache"],
    "format": ["ruff", "format", "--check", "--no-cache"],
    "mypy": ["mypy"],
    "layers": ["lint-imports", "--no-cache"],
    "buf": ["buf", "lint"],
}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_clean(command: list[str]) -> None:
    done = subprocess.run([BIN / command[0], *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_make_lint_runs_the_same() -> None:
    recipe = (ROOT / "Makefile").read_text().partition("\nlint:")[2].partition("\n\n")[0]
    for command in COMMANDS.values():
        wanted = " ".join(part for part in command if part != "--no-cache")
        assert f"$(BIN)/{wanted}\n" in recipe + "\n"
