"""The report as Markdown: a table of the checks, then what failed; for a comment or a summary page of CI."""

from __future__ import annotations

from collections.abc import Iterator

from decider.authoring.gate.report import CheckResult, Report, Status

__all__ = ["render"]


def render(report: Report) -> str:
    """Return the whole report."""
    lines = [
        f"## Gate {'passed' if report.passed else 'failed'}",
        "",
        f"{len(report.results)} checks, {_plain(report.base)}.",
        "",
        "| check | result | seconds | |",
        "|---|---|---:|---|",
    ]
    for result in report.results:
        status = f"**{result.status}**" if result.status is Status.FAILED else str(result.status)
        lines.append(f"| {result.name} | {status} | {result.seconds:.1f} | {_plain(result.summary)} |")
    lines += [line for result in report.results for line in _told(result)]
    return "\n".join(lines) + "\n"


def _told(result: CheckResult) -> Iterator[str]:
    if not result.findings and not result.details:
        return
    yield ""
    yield f"### {result.name}: {result.title}"
    yield ""
    for finding in result.findings:
        where = f"`{finding.place}`: " if finding.place else ""
        hint = f" ({_plain(finding.hint)})" if finding.hint else ""
        yield f"- {where}{_plain(finding.message)}{hint}"
    if result.details:
        yield ""
        yield "```text"
        yield from result.details
        yield "```"


def _plain(text: str) -> str:
    """Return a text in one line in which no character is Markdown."""
    return "".join(f"\\{one}" if one in "\\`*_[]<>|#" else one for one in " ".join(text.split()))
