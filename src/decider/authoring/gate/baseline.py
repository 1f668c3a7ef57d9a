"""What a change is compared with: an earlier revision of the repository, laid out beside it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from decider.revisions import NoRevision, export_tree, find_base
from decider.workspace import NoPolicies, Workspace

__all__ = ["Base", "NoBase", "open_base"]


class NoBase(ValueError):
    """There is nothing to compare with; the text says why."""


@dataclass(frozen=True)
class Base:
    """An earlier revision: `why` says how it was found, `workspace` where its files lie."""

    revision: str
    why: str
    workspace: Workspace


@contextmanager
def open_base(workspace: Workspace, asked: str | None = None) -> Iterator[Base]:
    """Lay out the revision that `workspace` is compared with: the one `asked` for, else as `find_base` says.

    Raises NoBase where there is none, RevisionFault where there should be one.
    """
    with tempfile.TemporaryDirectory(prefix="decider-base-") as folder:
        try:
            revision = find_base(workspace.root, asked)
        except NoRevision as reason:
            raise NoBase(str(reason)) from None
        try:
            export_tree(workspace.root, revision.commit, Path(folder))
            base = Base(revision.commit, revision.why, Workspace.find(Path(folder)))
        except NoRevision as reason:
            raise NoBase(str(reason)) from None
        except NoPolicies:
            raise NoBase(f"there were no policies yet ({revision.why})") from None
        yield base
