"""The command line: `decider serve`, `decider evaluate`, `decider policies`."""

from __future__ import annotations

import os

# gRPC's C core writes to stderr in a form of its own; what goes wrong is said by the command, or logged as JSON.
# It reads the variable when it is loaded.
os.environ.setdefault("GRPC_VERBOSITY", "NONE")

from decider.cli.app import main

__all__ = ["main"]
