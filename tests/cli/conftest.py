"""The command line: as a program of its own, and within the process of the test."""

from __future__ import annotations

import io
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from decider.cli import main
from support.program import DECIDER, ENVIRONMENT, ROOT, Command, Done, Run


@pytest.fixture(scope="session")
def run() -> Run:
    """Run `decider` as a program, from the project's root; keywords are set in its environment."""

    def decider(*arguments: str | Path, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [DECIDER, *arguments],
            cwd=ROOT,
            env={**ENVIRONMENT, **environment},
            input=stdin,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return decider


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Command]:
    """Do the same within the test's own process, which takes a tenth of the time."""
    before, level, handlers = structlog.get_config(), logging.root.level, logging.root.handlers[:]

    def decider(*arguments: str | Path, stdin: str = "", **environment: str) -> Done:
        with monkeypatch.context() as patch:
            patch.chdir(ROOT)
            for name in os.environ.keys() - ENVIRONMENT.keys():
                patch.delenv(name)
            for name, value in environment.items():
                patch.setenv(name, value)
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
            with pytest.raises(SystemExit) as ended:
                main([str(argument) for argument in arguments])
        return Done(int(ended.value.code or 0), *capsys.readouterr())

    yield decider
    structlog.configure(**before)
    logging.root.setLevel(level)
    logging.root.handlers[:] = handlers
