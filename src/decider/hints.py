"""What to say of a name that is not known: the one that was meant, else those there are."""

from __future__ import annotations

import difflib
from collections.abc import Collection

__all__ = ["closest_to", "instead_of"]


def closest_to(name: str, known: Collection[str]) -> str:
    """Return the known name that was probably meant; empty where none is close."""
    return next(iter(difflib.get_close_matches(name, known, 1)), "")


def instead_of(name: str, known: Collection[str]) -> str:
    """Return the known name that is closest to `name`, as a question; where none is close, all that are known."""
    closest = closest_to(name, known)
    return f"did you mean {closest}?" if closest else f"known are {', '.join(known)}"
