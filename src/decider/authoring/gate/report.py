"""The findings of checks, each with its place and a hint, in one report."""

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
    """One fault: its place (`file` below the workspace, `line` from 1, or 0), a message and a hint."""

    file: str
    line: int
    message: str
    hint: str = ""

    @property
    def place(self) -> str:
        """`file:line`, or `file` if the line is not known."""
        return f"{self.file}:{self.line}" if self.file and self.line else self.file


@dataclass(frozen=True)
class Outcome:
    """The result of a check, which failed if it has findings. `summary` is a phrase about what was checked.

    `details` are lines that are shown even if the check passed, such as changed decisions; `more` are lines that are
    shown on request.
    """

    findings: Sequence[Finding] = ()
    summary: str = ""
    details: Sequence[str] = ()
    more: Sequence[str] = ()


class NotApplicable(Exception):
    """The input of a check is absent; the text names it and says why this is not a failure."""


class CannotCheck(Exception):
    """A check cannot run, because a program or file that it needs is missing or broken. The check failed."""

    def __init__(self, message: str, *, file: str = "", line: int = 0, hint: str = "") -> None:
        super().__init__(message)
        self.finding = Finding(file, line, message, hint)


@dataclass(frozen=True)
class CheckResult:
    """The result of one check, with its duration."""

    name: str
    title: str
    status: Status
    seconds: float
    summary: str = ""
    findings: Sequence[Finding] = ()
    details: Sequence[str] = ()
    more: Sequence[str] = ()


@dataclass(frozen=True)
class Report:
    """The checks of one run, in their order; `base` names the base of the comparison, or why there is none."""

    results: Sequence[CheckResult] = field(default_factory=tuple)
    base: str = ""

    @property
    def passed(self) -> bool:
        """Whether no check failed."""
        return all(result.status is not Status.FAILED for result in self.results)
