"""The real programs: where they are, what their environment is, and a service that runs as one of them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple, TypeAlias

from support.shipped import ROOT

__all__ = ["DECIDER", "ENVIRONMENT", "MAKE", "ROOT", "Command", "Done", "Run", "serving"]

DECIDER = Path(sys.executable).with_name("decider")
MAKE = shutil.which("make") or "make"
# `make test` runs the tests: its options are not meant for the programs that they start, nor is a developer's setting.
ENVIRONMENT = {
    name: value
    for name, value in os.environ.items()
    if name not in {"MAKEFLAGS", "MFLAGS", "MAKELEVEL"} and not name.startswith("DECIDER_")
}
_GREETING = "decider serves on "
Run: TypeAlias = Callable[..., "subprocess.CompletedProcess[str]"]


class Done(NamedTuple):
    """What a command that ran within the test's process did."""

    returncode: int
    stdout: str
    stderr: str


Command: TypeAlias = Callable[..., Done]


@contextmanager
def serving(command: Sequence[str | Path]) -> Iterator[str]:
    """Run a command that serves until the block ends; yield the address that the service names."""
    with subprocess.Popen(
        command, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        try:
            lines = list(takewhile(lambda line: line != "Ctrl-C stops.\n", process.stdout))
            [address] = [line for line in lines if line.startswith(_GREETING)]
            yield address.removeprefix(_GREETING).strip()
        finally:
            process.terminate()
            process.wait(timeout=60)
