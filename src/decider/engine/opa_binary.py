"""Finds the OPA program of exactly the version that the policies were tested with."""

from __future__ import annotations

from pathlib import Path

from decider.errors import EngineUnavailable
from decider.tools import ToolMissing, find_tool, version_of

__all__ = ["OPA_VERSION", "find_opa"]

# 1.20.0, 1.21.0 and 1.22.0 each had a compiler or indexer regression; 1.22 calculates integers exactly.
OPA_VERSION = "1.22.2"


def find_opa(configured: Path | None = None) -> Path:
    """Return the path of OPA: `configured` (DECIDER_OPA), else OPA of the checkout, of this user, or on PATH.

    Raises EngineUnavailable if OPA is missing or has another version; the message says what to run.
    """
    try:
        found = configured or find_tool("opa")
    except ToolMissing as missing:
        raise EngineUnavailable(f"{missing}, or set DECIDER_OPA to its path") from None
    version = version_of(found)
    if version != OPA_VERSION:
        raise EngineUnavailable(
            f"{found} is {f'OPA {version}' if version else 'not OPA'}, but OPA {OPA_VERSION} is needed: "
            "run `decider tools install` (in a checkout `make setup`), or set DECIDER_OPA to the path of that version"
        )
    return found.resolve()
