"""The command line `decider`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

__all__ = ["main"]

# gRPC's C core would write its own messages to stderr, beside those of the command. It reads its variables when it is
# loaded.
os.environ.setdefault("GRPC_VERBOSITY", "NONE")
# gRPC's C core prepares for forks without exec, which this program never makes. Its handlers also run in the process
# that is forked to become OPA, and under load about one start in 25 crashed there with SIGSEGV. The variable is set
# here, in the entry of the program, so that a program that imports the client keeps its own setting.
os.environ["GRPC_ENABLE_FORK_SUPPORT"] = "0"

# The packages of the extra `authoring` that `server` does not bring.
_AUTHORING = {"jinja2"}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line (`sys.argv` if `arguments` is None) and exit with its code.

    The plain package contains the client only. If a command needs an extra that is not installed, a message names it.
    """
    try:
        from decider.cli.app import main as run

        run(arguments)
    except ModuleNotFoundError as missing:
        package = (missing.name or "").partition(".")[0]
        if package in {"", "decider"}:
            raise
        extra = "authoring" if package in _AUTHORING else "server"
        sys.exit(f'decider needs {package} for this; install it with: pip install "refund-decider[{extra}]"')
