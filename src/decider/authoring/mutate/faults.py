"""What keeps policies from being mutated."""

from __future__ import annotations

__all__ = ["MutationFault"]


class MutationFault(RuntimeError):
    """The policies cannot be mutated as they are; the text says why, and where."""
