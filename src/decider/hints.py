"""What to say of a name that is not known: the one that was meant, else those there are."""

from __future__ import annotations

import difflib
from collections.abc import Collection

__all__ = ["instead_of"]


def instead_of(name: str, known: Collection[str]) -> str:
    """Return the known name that is closest to `name`, as a question; where none is close, all that are known."""
    close = difflib.get_close_matches(name, known, 1)
    return f"did you mean {close[0]}?" if close else f"known are {', '.join(known)}"
