"""The pages on the disk: written, or compared with what they should be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from decider.authoring.reference.pages import pages
from decider.authoring.reference.rendering import MARK
from decider.workspace import Workspace

__all__ = ["Stale", "stale", "write"]


@dataclass(frozen=True)
class Stale:
    """A page that is not as it should be: its first line that differs (0 where the file is), and what is wrong."""

    file: Path
    line: int
    message: str


def write(workspace: Workspace, opa: Path) -> Sequence[Path]:
    """Write every page, remove those of policies that are no more, and return the files that changed.

    Raises BundleInvalid and DocumentInvalid.
    """
    made = pages(workspace, opa)
    workspace.docs.mkdir(parents=True, exist_ok=True)
    changed = [fault.file for fault in _compared(workspace.docs, made)]
    for file in changed:
        if file.name in made:
            file.write_text(made[file.name], encoding="utf-8")
        else:
            file.unlink()
    return changed


def stale(workspace: Workspace, opa: Path) -> Sequence[Stale]:
    """Return every page that is missing, differs, or belongs to no policy. Raises BundleInvalid and DocumentInvalid."""
    return list(_compared(workspace.docs, pages(workspace, opa)))


def _compared(docs: Path, made: Mapping[str, str]) -> Iterator[Stale]:
    for name, text in sorted(made.items()):
        file = docs / name
        if not file.is_file():
            yield Stale(file, 0, "the page is missing")
            continue
        line = _first_difference(text, file.read_text(encoding="utf-8"))
        if line:
            yield Stale(file, line, "the page is not what the policies say")
    for file in sorted(docs.glob("*.md")):
        if file.name not in made and file.read_text(encoding="utf-8").startswith(MARK):
            yield Stale(file, 1, "the page is about no policy that there is")


def _first_difference(one: str, other: str) -> int:
    """Return the number of the first line in which two texts differ, 0 where they are the same."""
    pairs = zip_longest(one.split("\n"), other.split("\n"))
    return next((number for number, (a, b) in enumerate(pairs, 1) if a != b), 0)
