"""The real program on a terminal of its own."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
from pathlib import Path
from typing import NamedTuple

from support.program import DECIDER, ENVIRONMENT, ROOT

__all__ = ["Done", "on_a_terminal"]

_STYLES = {"NO_COLOR", "COLUMNS", "LINES", "FORCE_COLOR"}
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Done(NamedTuple):
    """What a terminal got, with the escapes of the program, and the exit code."""

    exit_code: int
    output: str

    @property
    def text(self) -> str:
        """The output without colours and movements of the cursor."""
        return _ESCAPES.sub("", self.output)


def on_a_terminal(*arguments: str | Path, columns: int = 80, **environment: str) -> Done:
    """Run `decider` with a terminal for stdout and stderr."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    clean = {name: value for name, value in ENVIRONMENT.items() if name not in _STYLES}
    with subprocess.Popen(
        [DECIDER, *arguments],
        cwd=ROOT,
        env={**clean, "TERM": "xterm-256color", **environment},
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
    ) as process:
        os.close(theirs)
        output = b""
        try:
            while part := os.read(ours, 65536):
                output += part
        except OSError:  # Linux says so at the end
            pass
        os.close(ours)
        return Done(process.wait(timeout=60), output.decode().replace("\r\n", "\n"))
