"""The command line: `decider serve`, `decider evaluate`, `decider policies`."""

from __future__ import annotations

import os

# gRPC's C core writes to stderr in a form of its own; what goes wrong is said by the command, or logged as JSON.
# It reads its variables when it is loaded.
os.environ.setdefault("GRPC_VERBOSITY", "NONE")
# gRPC's C core prepares for forks without exec, which this program never makes. The handlers also ran in the process
# that is forked to become OPA, and under load about one start in 25 died there of SIGSEGV. This is the entry of the
# program: a program that only imports the client keeps its own setting.
os.environ["GRPC_ENABLE_FORK_SUPPORT"] = "0"

from decider.cli.app import main

__all__ = ["main"]
