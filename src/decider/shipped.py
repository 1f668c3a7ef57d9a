"""The files that come with the package: below `_bundle` in the wheel, at their own places in a checkout."""

from __future__ import annotations

from pathlib import Path

__all__ = ["checkout", "shipped"]

_PACKAGE = Path(__file__).resolve().parent
# part -> its place in a checkout
_PARTS = {"rego": "rego", "tools": "tools", "regal.yaml": ".regal/config.yaml"}


def checkout() -> Path:
    """Return the root of the project, if the package is in a checkout."""
    return _PACKAGE.parent.parent


def shipped(part: str) -> Path:
    """Return the path of a part: `rego`, `tools` (the go.mod files of the programs) or `regal.yaml`."""
    packaged = _PACKAGE / "_bundle" / part
    return packaged if packaged.exists() else checkout() / _PARTS[part]
