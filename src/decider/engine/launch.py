"""Becomes the program it is given, once the kernel has promised to kill it together with its parent.

    python launch.py <pid of the parent> <program> <argument>...

A script of its own, run before `exec`, because a `preexec_fn` would fork a process full of gRPC threads. Only Linux
makes that promise (prctl PR_SET_PDEATHSIG); elsewhere a parent killed by SIGKILL leaves the program running.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    """Ask for the signal, make sure that the parent still lives, and become the program."""
    parent, *command = sys.argv[1:]
    if sys.platform == "linux" and ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL) != 0:
        sys.exit("the kernel refuses PR_SET_PDEATHSIG")
    if os.getppid() != int(parent):
        sys.exit("the parent is gone")
    # Python adds a locale of its own to an environment that has none.
    environment = {name: value for name, value in os.environ.items() if name != "LC_CTYPE"}
    os.execve(command[0], command, environment)  # noqa: S606 (the service's own choice, and no shell is between)


if __name__ == "__main__":
    main()
