"""Where the program is, and the type of what runs it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeAlias

ROOT = Path(__file__).resolve().parents[2]
DECIDER = Path(sys.executable).with_name("decider")
Run: TypeAlias = Callable[..., "subprocess.CompletedProcess[str]"]


class Done(NamedTuple):
    """What a command that ran within the test's process did."""

    returncode: int
    stdout: str
    stderr: str


Command: TypeAlias = Callable[..., Done]
