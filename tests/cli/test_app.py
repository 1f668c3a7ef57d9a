"""What `decider` offers besides its commands."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from support.program import ROOT, Command, Run


def test_version(command: Command) -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]

    assert command("--version") == (0, f"decider {version}\n", "")


@pytest.mark.parametrize(
    ("shell", "file"),
    [("bash", ".local/share/bash-completion/completions/decider"), ("fish", ".config/fish/completions/decider.fish")],
)
def test_completion_of_a_shell(shell: str, file: str, run: Run, tmp_path: Path) -> None:
    done = run("--install-completion", "--shell", shell, HOME=str(tmp_path), XDG_DATA_HOME="", XDG_CONFIG_HOME="")

    assert done.returncode == 0
    script = (tmp_path / file).read_text()
    assert "evaluate" in script
    assert "log-format" in script


def test_help_names_completion_and_version(command: Command) -> None:
    shown = command("--help").stdout

    assert "--install-completion" in shown
    assert "--version" in shown
