"""What a change is compared with: an earlier revision of the repository, laid out beside it."""

from __future__ import annotations

import subprocess
import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from decider.workspace import Workspace

__all__ = ["Base", "NoBase", "open_base"]


class NoBase(ValueError):
    """There is nothing to compare with; the text says why."""


@dataclass(frozen=True)
class Base:
    """An earlier revision: `why` says how it was found, `workspace` where its files lie."""

    revision: str
    why: str
    workspace: Workspace
