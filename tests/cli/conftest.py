"""The real program, run to its end."""

from __future__ import annotations

import logging
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from decider.cli import main
from support.program import DECIDER, ENVIRONMENT, ROOT, Command, Done, Run


@pytest.fixture(scope="session")
def run() -> Run:
    """Run `decider` from the project's root with these arguments; keywords are set in its environment."""

    def decider(*arguments: str | Path, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [DECIDER, *arguments],
            cwd=ROOT,
            env={**ENVIRONMENT, **environment},
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return decider


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Iterator[Command]:
    """Run `decider` with these arguments within the test's own process, which is quicker than another one."""
    before, level, handlers = structlog.get_config(), logging.root.level, logging.root.handlers[:]

    def decider(*arguments: str | Path) -> Done:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        return Done(int(ended.value.code or 0), *capsys.readouterr())

    yield decider
    structlog.configure(**before)
    logging.root.setLevel(level)
    logging.root.handlers[:] = handlers
