"""Runs the programs that checks are made with."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from decider.authoring.gate.report import CannotCheck

__all__ = ["PROGRAM_TIMEOUT_S", "run", "said"]

# OPA traces its tests: minutes on a busy machine, where an idle one takes seconds.
PROGRAM_TIMEOUT_S = 900


def run(command: Sequence[str | Path], cwd: Path, *, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run a program to its end, whatever that is. Raises CannotCheck where it does not start or does not end."""
    try:
        return subprocess.run(
            command,
            cwd=cwd,
            input=stdin,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=PROGRAM_TIMEOUT_S,
            check=False,
        )
    except OSError as failure:
        raise CannotCheck(f"{command[0]} did not run: {failure.strerror}", hint="decider tools install") from None
    except subprocess.TimeoutExpired:
        raise CannotCheck(f"{Path(command[0]).name} was not done after {PROGRAM_TIMEOUT_S} s") from None


def said(done: subprocess.CompletedProcess[str]) -> str:
    """Return what a program printed, in one line; or, where it printed nothing, how it ended."""
    return " ".join((done.stdout + done.stderr).split()) or f"it ended with {done.returncode} and said nothing"
