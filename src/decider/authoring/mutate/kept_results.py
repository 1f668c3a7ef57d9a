"""What became of mutants, kept in a file as it is found, so that a run that is stopped goes on where it was.

A file holds what is true of one state of rules, tests and cases: its name is their digest. What caught a mutant under
an earlier state is a hint of what to ask first.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

import orjson

from decider.authoring.mutate.policy_files import MutationFault

__all__ = ["Fate", "Result", "Results", "default_folder"]

# States whose results are kept, and how many of them give hints.
_KEPT = 12
_HINTS = 4


class Fate(StrEnum):
    """What became of a mutant."""

    KILLED = "killed"
    SURVIVED = "survived"
    INVALID = "invalid"


@dataclass(frozen=True)
class Result:
    """What became of the mutant `key`.

    `by` says what caught it, or why it does not compile; `probe` names what was asked. `case` is the smallest input
    that tells a survivor from the original, as YAML: "" where none was found, None where none was looked for.
    """

    key: str
    fate: Fate
    by: str = ""
    probe: str = ""
    case: str | None = None


def default_folder() -> Path:
    """Return where results are kept: the user's folder for what can be made again, never the policies' own."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "decider" / "mutation"


class Results:
    """The results under one state; every one added is written at once."""

    def __init__(self, folder: Path, state: str) -> None:
        self._file = folder / f"{state}.jsonl"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file.touch()
        except OSError as failure:
            raise MutationFault(f"{folder}: no results can be kept there ({failure.strerror}): see --results") from None
        others = sorted(folder.glob("*.jsonl"), key=lambda file: file.stat().st_mtime, reverse=True)
        others = [file for file in others if file != self._file]
        self.found: dict[str, Result] = {result.key: result for result in _read(self._file)}
        self.hints: Mapping[str, str] = {
            result.key: result.probe for file in reversed(others[:_HINTS]) for result in _read(file) if result.probe
        }
        for file in others[_KEPT:]:
            with contextlib.suppress(OSError):
                file.unlink()

    def add(self, result: Result) -> None:
        """Keep a result."""
        self.found[result.key] = result
        with self._file.open("ab") as out:
            out.write(orjson.dumps(asdict(result)) + b"\n")


def _read(file: Path) -> Iterator[Result]:
    """Read a file of results; a line cut off by the end of a run is none."""
    if not file.is_file():
        return
    for line in file.read_bytes().splitlines():
        try:
            document = orjson.loads(line)
            yield Result(**{**document, "fate": Fate(document["fate"])})
        except (orjson.JSONDecodeError, TypeError, KeyError, ValueError):
            continue
