"""The real program: run to its end, or serving in the background."""

from __future__ import annotations

import logging
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from decider.cli import main
from support.program import DECIDER, ROOT, Command, Done, Run


@pytest.fixture(scope="session")
def run() -> Run:
    """Run `decider` from the project's root with these arguments; keywords are set in its environment."""

    def decider(*arguments: str | Path, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("DECIDER_")}
        return subprocess.run(
            [DECIDER, *arguments],
            cwd=ROOT,
            env={**clean, **environment},
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


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Serve on a free port; give the address that the service names."""
    with subprocess.Popen(
        [DECIDER, "serve", "--address", "127.0.0.1:0"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        lines = [line for line in iter(process.stdout.readline, "Ctrl-C stops.\n") if line]
        try:
            yield lines[0].removeprefix("decider serves on ").strip()
        finally:
            process.terminate()
            process.wait(timeout=20)
