"""Finds a program of exactly the pinned version: in the checkout, in the user's cache, or on PATH."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from decider.shipped import checkout, shipped
from decider.tools.go_tools import build, pinned, version_of

__all__ = ["TOOLS", "ToolMissing", "find_tool", "install"]

# The programs that the service and the gate need.
TOOLS = ("opa", "regal")
_HOW = "run `decider tools install` (in a checkout `make setup`), or put that version on PATH"


class ToolMissing(RuntimeError):
    """A program is missing, or has another version than the pinned version; the message says what to run."""


def find_tool(name: str) -> Path:
    """Return the path of a program: in .tools/bin of the checkout, where `install` built it, or on PATH.

    The first two were built at the pinned version; the program on PATH must report that version. Raises ToolMissing.
    """
    version = pinned(shipped("tools") / name).version
    built = [checkout() / ".tools" / "bin" / name, _folder(version) / name]
    found = next((path for path in built if path.is_file()), None)
    if found is not None:
        return found.resolve()
    on_path = shutil.which(name)
    if on_path is None:
        raise ToolMissing(f"no {name} {version}: {_HOW}")
    if (other := version_of(Path(on_path))) != version:
        raise ToolMissing(f"{on_path} is {name} {other or 'without a version'}, not {version}: {_HOW}")
    return Path(on_path).resolve()


def install(name: str, told: Callable[[str], None]) -> Path:
    """Build a program for this user, unless it exists, and return its path. Raises BuildFailed."""
    modules = shipped("tools")
    folder = _folder(pinned(modules / name).version)
    return folder / name if (folder / name).is_file() else build(name, modules, folder, told)


def _folder(version: str) -> Path:
    """Return the folder of this user for programs of a version: $XDG_CACHE_HOME/decider/tools/<version>."""
    home = os.environ.get("XDG_CACHE_HOME", "")
    # The specification of this variable does not allow relative paths.
    cache = Path(home) if home.startswith("/") else Path.home() / ".cache"
    return cache / "decider" / "tools" / version
