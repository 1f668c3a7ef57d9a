"""What checks say: findings, each with its place and what to do about it, gathered into one report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

__all__ = ["CannotCheck", "CheckResult", "Finding", "NotApplicable", "Outcome", "Report", "Status"]


class Status(StrEnum):
    """How a check ended."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that is wrong: where (`file` below the workspace, `line` from 1, 0 for none), what, what to do."""

    file: str
    line: int
    message: str
    hint: str = ""

    @property
    def place(self) -> str:
        """`file:line`, as far as it is known."""
        return f"{self.file}:{self.line}" if self.file and self.line else self.file


@dataclass(frozen=True)
class Outcome:
    """What a check returns: it failed if it found anything. `summary` says in a phrase what was looked at.

    `details` are lines that a reader wants beside a pass, too, such as decisions that changed.
    """

    findings: Sequence[Finding] = ()
    summary: str = ""
    details: Sequence[str] = ()


class NotApplicable(Exception):
    """The subject of a check is not there; the text says which, and why that is no failure."""


class CannotCheck(Exception):
    """A check cannot be made: a program or a file that it needs is missing or broken. It has failed."""

    def __init__(self, message: str, *, file: str = "", line: int = 0, hint: str = "") -> None:
        super().__init__(message)
        self.finding = Finding(file, line, message, hint)


@dataclass(frozen=True)
class CheckResult:
    """How one check ended, after how many seconds."""

    name: str
    title: str
    status: Status
    seconds: float
    summary: str = ""
    findings: Sequence[Finding] = ()
    details: Sequence[str] = ()


@dataclass(frozen=True)
class Report:
    """The checks of one run, in their order; `base` says what they were compared with, or why with nothing."""

    results: Sequence[CheckResult] = field(default_factory=tuple)
    base: str = ""

    @property
    def passed(self) -> bool:
        """Whether no check failed."""
        return all(result.status is not Status.FAILED for result in self.results)
