"""The command line: `decider serve`, `decider evaluate`, `decider policies`."""

from __future__ import annotations

from decider.cli.app import main

__all__ = ["main"]
