"""The report as lines for a terminal: one a check, with what failed, where, and what to do below it."""

from __future__ import annotations

from collections.abc import Iterator

from decider.authoring.gate.report import CheckResult, Report, Status

__all__ = ["MARKS", "ending", "lines_of", "render"]

MARKS = {Status.PASSED: "ok", Status.FAILED: "FAILED", Status.NOT_APPLICABLE: "n/a"}


def render(report: Report) -> str:
    """Return the whole report."""
    lines = [line for result in report.results for line in lines_of(result)]
    return "\n".join([*lines, *ending(report), ""])


def lines_of(result: CheckResult, *, more: bool = False) -> Iterator[str]:
    """Return the lines of one check; with `more`, also those that are shown on request."""
    count = len(result.findings)
    what = f"{count} {'finding' if count == 1 else 'findings'}" if count else result.summary
    if result.status is Status.NOT_APPLICABLE:
        what = f"not applicable: {result.summary}"
    yield f"{MARKS[result.status]:<7} {result.name:<13} {result.seconds:6.1f} s  {what}".rstrip()
    for finding in result.findings:
        yield f"        {finding.place}: {finding.message}" if finding.place else f"        {finding.message}"
        if finding.hint:
            yield f"          -> {finding.hint}"
    for line in [*result.details, *(result.more if more else ())]:
        yield f"        {line}"


def ending(report: Report) -> Iterator[str]:
    """Return what comes last: what was compared with, and the count."""
    counts = [(sum(result.status is status for result in report.results), status) for status in Status]
    told = ", ".join(f"{count} {status}" for count, status in counts if count)
    seconds = sum(result.seconds for result in report.results)
    yield ""
    yield report.base
    yield f"gate {'passed' if report.passed else 'FAILED'}: {told} ({seconds:.1f} s)"
