"""`decider gate`: run the checks of a policy repository, and report the findings."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path

from rich.console import Console

from decider.authoring.gate.baseline import Base, NoBase, open_base
from decider.authoring.gate.checks import CHECKS
from decider.authoring.gate.report import CheckResult, Report, Status
from decider.authoring.gate.report_formats import FORMATS
from decider.authoring.gate.report_formats.as_text import MARKS, ending, lines_of
from decider.authoring.gate.runner import Check, Context, run_checks
from decider.cli.failures import ALLOWED, FAILED, USAGE, Failure, of_start
from decider.cli.output import (
    console_of_stderr,
    console_of_stdout,
    print_failure,
    print_lines,
    print_unwrapped,
    styled,
)
from decider.engine import OPA_VERSION, find_opa
from decider.errors import EngineUnavailable
from decider.logs import configure_logs
from decider.revisions import RevisionFault
from decider.workspace import NoPolicies, Workspace

__all__ = ["run_gate"]

_STYLES = {Status.PASSED: "green", Status.FAILED: "bold red", Status.NOT_APPLICABLE: "dim"}


def run_gate(
    folder: Path,
    *,
    form: str,
    only: Sequence[str],
    base: str | None,
    as_of: str | None,
    full: bool,
    details: bool,
    opa: Path | None,
) -> int:
    """Run the checks, print the report, and return the exit code. Raises Failure if the checks cannot run."""
    if form not in FORMATS:
        raise Failure(f"--format {form}: not one of {', '.join(FORMATS)}", USAGE)
    checks, today = _chosen(only), _day(as_of)
    configure_logs("error")  # the report says what the engines of the checks do
    try:
        workspace = Workspace.find(folder)
    except NoPolicies as fault:
        raise Failure(str(fault), USAGE) from None
    program = _opa(opa)
    with ExitStack() as stack:
        found, absent, unreadable = _base(workspace, base, stack)
        context = Context(workspace, program, found, absent, today, full, unreadable)
        progress = _Progress(console_of_stdout() if form == "text" else console_of_stderr(), details=details)
        report = run_checks(checks, context, progress.told, progress.starting)
    progress.ended(report)
    if form != "text":
        print_lines(*FORMATS[form](report).removesuffix("\n").split("\n"))
    return ALLOWED if report.passed else FAILED


def _chosen(only: Sequence[str]) -> Sequence[Check]:
    names = [name.strip() for part in only for name in part.split(",") if name.strip()]
    known = [check.name for check in CHECKS]
    if unknown := [name for name in names if name not in known]:
        raise Failure(f"--only {', '.join(unknown)}: no such check; the checks are {', '.join(known)}", USAGE)
    if only and not names:
        raise Failure(f"--only names no check; the checks are {', '.join(known)}", USAGE)
    return [check for check in CHECKS if not names or check.name in names]


def _day(as_of: str | None) -> date:
    if as_of is None:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(as_of)
    except ValueError:
        raise Failure(f"--as-of {as_of}: not a day such as 2026-06-01", USAGE) from None


def _opa(configured: Path | None) -> Path:
    """Return OPA; if it is missing, return a path that does not exist, so that each check that needs OPA reports it."""
    try:
        return find_opa(configured)
    except EngineUnavailable as missing:
        print_failure(of_start(missing))
        return Path(f"opa {OPA_VERSION}")


def _base(workspace: Workspace, asked: str | None, stack: ExitStack) -> tuple[Base | None, str, RevisionFault | None]:
    """Return the base, or why there is no base, or why it cannot be read; checks that need the base report why."""
    try:
        return stack.enter_context(open_base(workspace, asked)), "", None
    except NoBase as reason:
        return None, str(reason), None
    except RevisionFault as fault:
        if asked:
            raise Failure(str(fault), USAGE, details=[fault.hint]) from None
        return None, "", fault


class _Progress:
    """Prints each check when it ends, and on a terminal the check that is running."""

    def __init__(self, console: Console, *, details: bool) -> None:
        self._console = console
        self._details = details
        # The status goes to stderr, so that a piped report contains the report only.
        self._status = console_of_stderr().status("")

    def starting(self, check: Check) -> None:
        self._status.update(styled(f"{check.name}: {check.title}"))
        self._status.start()

    def told(self, result: CheckResult) -> None:
        self._status.stop()
        first, *below = lines_of(result, more=self._details)
        mark = MARKS[result.status]
        print_unwrapped(self._console, styled((mark, _STYLES[result.status]), first.removeprefix(mark)))
        print_unwrapped(self._console, *map(styled, below))
        self._console.file.flush()

    def ended(self, report: Report) -> None:
        *above, last = ending(report)
        print_unwrapped(self._console, *map(styled, above))
        print_unwrapped(self._console, styled((last, _STYLES[Status.PASSED if report.passed else Status.FAILED])))
