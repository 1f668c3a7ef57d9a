"""Hints for an unknown name: the closest known name, or all known names."""

from __future__ import annotations

import difflib
from collections.abc import Collection

__all__ = ["closest_to", "instead_of"]


def closest_to(name: str, known: Collection[str]) -> str:
    """Return the known name that is closest to `name`; it is empty if none is close."""
    return next(iter(difflib.get_close_matches(name, known, 1)), "")


def instead_of(name: str, known: Collection[str]) -> str:
    """Return a hint: the known name that is closest to `name`, or all known names if none is close."""
    closest = closest_to(name, known)
    return f"did you mean {closest}?" if closest else f"the known names are {', '.join(known)}"
