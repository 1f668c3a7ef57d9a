"""The command line: `decider serve`, `decider evaluate`, `decider policies`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

__all__ = ["main"]

# gRPC's C core writes to stderr in a form of its own; what goes wrong is said by the command, or logged as JSON.
# It reads the variable when it is loaded.
os.environ.setdefault("GRPC_VERBOSITY", "NONE")

# The packages of the extra `authoring` that `server` does not bring.
_AUTHORING = {"jinja2"}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line (`sys.argv` where `arguments` is None) and exit with its code.

    The plain package is a client. If a command needs an extra that is not installed, one line says which.
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
