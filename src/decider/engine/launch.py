"""Makes the kernel kill this process when its parent dies, and then becomes the given program.

    python launch.py <pid of the parent> <program> <argument>...

This is a separate script, because a `preexec_fn` would fork a process full of gRPC threads. Only Linux has this signal
(prctl PR_SET_PDEATHSIG); on other systems a parent that is killed by SIGKILL leaves the program running.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    """Request the kill signal, check that the parent is still running, and become the program."""
    parent, *command = sys.argv[1:]
    if sys.platform == "linux" and ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL) != 0:
        sys.exit("the kernel refuses PR_SET_PDEATHSIG")
    if os.getppid() != int(parent):
        sys.exit("the parent is gone")
    # Python adds LC_CTYPE to an environment without a locale.
    environment = {name: value for name, value in os.environ.items() if name != "LC_CTYPE"}
    os.execve(command[0], command, environment)  # noqa: S606 (the service names the program, and no shell is used)


if __name__ == "__main__":
    main()
