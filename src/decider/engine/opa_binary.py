"""Finds the OPA program, of exactly the version that the policies were tried on."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from decider.errors import EngineUnavailable

__all__ = ["OPA_VERSION", "find_opa"]

# 1.20.0, 1.21.0 and 1.22.0 each brought a compiler or indexer regression; 1.22 does integer arithmetic exactly.
OPA_VERSION = "1.22.2"
_VERSION_TIMEOUT_S = 30


def find_opa(configured: Path | None = None) -> Path:
    """Return the path of OPA: `configured` (DECIDER_OPA), else the checkout's .tools/bin/opa, else `opa` on PATH.

    Raises EngineUnavailable, saying what to run, where there is none or it is of another version.
    """
    built = _checkout() / ".tools" / "bin" / "opa"
    on_path = shutil.which("opa")
    found = configured or (built if built.is_file() else None) or (Path(on_path) if on_path else None)
    if found is None:
        raise EngineUnavailable(
            f"no OPA: run `make setup`, or put OPA {OPA_VERSION} on PATH or its path in DECIDER_OPA"
        )
    version = _version(found)
    if version != OPA_VERSION:
        raise EngineUnavailable(
            f"{found} is {f'OPA {version}' if version else 'no OPA'}, but OPA {OPA_VERSION} is needed: "
            "run `make setup`, or put the path of that version in DECIDER_OPA"
        )
    return found.resolve()


def _checkout() -> Path:
    """The project's root, if this file lies in a checkout: src/decider/engine/opa_binary.py."""
    return Path(__file__).resolve().parents[3]


def _version(opa: Path) -> str:
    try:
        done = subprocess.run([opa, "version"], capture_output=True, text=True, timeout=_VERSION_TIMEOUT_S, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    lines = (line.partition("Version: ") for line in done.stdout.splitlines())
    return next((version for before, found, version in lines if found and not before), "")
