"""The shared files of a new repository. decider's own tests cover them, so the repository has no tests of them.

`gate/shipped.sha256` lists these files with their digests, in the form of `sha256sum`. If a file differs from its line,
the gate asks for tests and cases of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

__all__ = ["LIST", "as_list", "as_shipped"]

LIST = "gate/shipped.sha256"


def as_list(files: Mapping[str, bytes]) -> str:
    """Return the content of the list, for files by their names below `rego`."""
    return "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))


def as_shipped(rego: Path) -> AbstractSet[str]:
    """Return the names of the listed files that are unchanged; there are none if the folder has no list."""
    file = rego / LIST
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    listed = [line.partition("  ") for line in lines]
    return {name for digest, _, name in listed if _digest(rego / name) == digest}


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""
