"""Finds the OPA program, of exactly the version that the policies were tried on."""

from __future__ import annotations

from pathlib import Path

from decider.errors import EngineUnavailable
from decider.tools import ToolMissing, find_tool, version_of

__all__ = ["OPA_VERSION", "find_opa"]

# 1.20.0, 1.21.0 and 1.22.0 each brought a compiler or indexer regression; 1.22 does integer arithmetic exactly.
OPA_VERSION = "1.22.2"


def find_opa(configured: Path | None = None) -> Path:
    """Return the path of OPA: `configured` (DECIDER_OPA), else the checkout's, this user's, or the one on PATH.

    Raises EngineUnavailable, saying what to run, where there is none or it is of another version.
    """
    try:
        found = configured or find_tool("opa")
    except ToolMissing as missing:
        raise EngineUnavailable(f"{missing}, or its path in DECIDER_OPA") from None
    version = version_of(found)
    if version != OPA_VERSION:
        raise EngineUnavailable(
            f"{found} is {f'OPA {version}' if version else 'no OPA'}, but OPA {OPA_VERSION} is needed: "
            "run `decider tools install` (in a checkout `make setup`), or put the path of that version in DECIDER_OPA"
        )
    return found.resolve()
