"""Keep the results of mutants in a file at once, so that a stopped run continues where it stopped.

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

# The number of states whose results are kept, and of those that give hints.
_KEPT = 12
_HINTS = 4


class Fate(StrEnum):
    """The fate of a mutant."""

    KILLED = "killed"
    SURVIVED = "survived"
    INVALID = "invalid"


@dataclass(frozen=True)
class Result:
    """The result of the mutant `key`.

    `by` says what caught it, or why it does not compile; `probe` names what was asked. `case` is the smallest input
    that tells a survivor from the original, as YAML: "" where none was found, None where none was looked for.
    """

    key: str
    fate: Fate
    by: str = ""
    probe: str = ""
    case: str | None = None


def default_folder() -> Path:
    """Return the folder of results: in the user's cache, never in the folder of the policies."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "decider" / "mutation"


class Results:
    """The results of one state; each added result is written at once."""

    def __init__(self, folder: Path, state: str) -> None:
        self._file = folder / f"{state}.jsonl"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file.touch()
        except OSError as failure:
            raise MutationFault(f"{folder}: results cannot be kept there ({failure.strerror}): see --results") from None
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
    """Read a file of results; an incomplete last line is ignored."""
    if not file.is_file():
        return
    for line in file.read_bytes().splitlines():
        try:
            document = orjson.loads(line)
            yield Result(**{**document, "fate": Fate(document["fate"])})
        except (orjson.JSONDecodeError, TypeError, KeyError, ValueError):
            continue
