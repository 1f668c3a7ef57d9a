"""Finds or builds the programs that decider runs, OPA and Regal, at their pinned versions."""

from __future__ import annotations

from decider.tools.finding import TOOLS, ToolMissing, find_tool, install
from decider.tools.go_tools import BuildFailed, version_of

__all__ = ["TOOLS", "BuildFailed", "ToolMissing", "find_tool", "install", "version_of"]
