"""`decider mutate`: check whether the tests and cases would catch a mistake in rules and parameters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from decider.authoring.mutate import (
    THRESHOLD,
    WAIVERS,
    Fate,
    Mutant,
    Mutation,
    MutationFault,
    MutationReport,
    Result,
    Score,
    Survivor,
    cores,
)
from decider.authoring.opa import ProgramFailed
from decider.cli.failures import ALLOWED, FAILED, UNAVAILABLE, USAGE, Failure
from decider.cli.output import (
    Line,
    console_of_stderr,
    console_of_stdout,
    print_json,
    print_parts,
    print_unwrapped,
    styled,
)
from decider.engine import find_opa
from decider.errors import EngineUnavailable
from decider.revisions import RevisionFault
from decider.workspace import NoPolicies, Workspace

__all__ = ["mutate_policies"]


def mutate_policies(
    folder: Path,
    *,
    opa: Path | None,
    changed: str | None,
    only: Sequence[str],
    jobs: int | None,
    cases: bool,
    results: Path | None,
    as_json: bool,
) -> int:
    """Try the mutants of a policy repository and print the results. Raises Failure."""
    try:
        workspace = Workspace.find(folder)
        program = find_opa(opa)
        mutation = Mutation(workspace, program, revision=changed, only=only, results=results)
        with _progress(len(mutation.mutants), len(mutation.pending(inputs=cases))) as told:
            report = mutation.run(told, jobs=jobs or cores(), inputs=cases)
    except (NoPolicies, MutationFault, ProgramFailed) as fault:
        raise Failure(str(fault), USAGE) from None
    except RevisionFault as fault:
        raise Failure(str(fault), USAGE, details=[fault.hint]) from None
    except EngineUnavailable as fault:
        raise Failure(fault.message, UNAVAILABLE) from None
    except KeyboardInterrupt:
        raise Failure("stopped; the results are kept, and the same command continues from here", FAILED) from None
    console = console_of_stdout()
    if as_json:
        print_json(_document(report, workspace))
    else:
        _print(console, report, workspace, whole=changed is None)
    return ALLOWED if report.passed else FAILED


@contextmanager
def _progress(total: int, pending: int) -> Iterator[_Counter]:
    """Show a progress bar on stderr, if stderr is a terminal."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    console = console_of_stderr()
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        yield _Counter(bar, total, pending)


class _Counter:
    """Advances the progress bar with every mutant, and counts the survivors."""

    def __init__(self, bar: Progress, total: int, pending: int) -> None:
        self._bar = bar
        self._survived = 0
        self._task = bar.add_task(self._text(), total=total, completed=total - pending)

    def _text(self) -> str:
        return f"mutants, {self._survived} unnoticed"

    def __call__(self, _: Mutant, result: Result) -> None:
        """Count the result of a mutant."""
        self._survived += result.fate is Fate.SURVIVED
        self._bar.update(self._task, advance=1, description=self._text())


def _print(console: Console, report: MutationReport, workspace: Workspace, *, whole: bool) -> None:
    for survivor in report.survivors:
        print_unwrapped(console, *_survivor(survivor, workspace), styled())
    for waiver, why in report.stale:
        place = workspace.name(workspace.rego / WAIVERS)
        text = f"{place}: a waiver is out of date, {why}: {waiver.file}, {waiver.rule}: {waiver.mutation or 'left out'}"
        print_unwrapped(console, styled(text), styled())
    if not report.areas:
        print_unwrapped(console, styled("nothing to mutate" if whole else "no rule or parameter has changed"))
        return
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    table.add_column("")
    for heading in ("score", "killed", "survived", "waived", "invalid"):
        table.add_column(heading, justify="right")
    rows = [*sorted(report.areas.items()), *([("total", report.total)] if len(report.areas) > 1 else [])]
    for area, score in rows:
        table.add_row(*(styled(cell) for cell in (area, *_figures(score))))
    low = [area for area, score in sorted(report.areas.items()) if not score.enough]
    verdict = f"{', '.join(low)} below {THRESHOLD} %" if low else f"every score is at least {THRESHOLD} %"
    print_parts(console, table, styled(), styled(f"{verdict}, in {report.seconds:.0f} s"))


def _figures(score: Score) -> tuple[str, ...]:
    counts = (score.killed, score.survived, score.waived, score.invalid)
    return (f"{score.percent:.1f} %", *(str(count) for count in counts))


def _survivor(survivor: Survivor, workspace: Workspace) -> Iterator[Line]:
    mutant = survivor.mutant
    place = f"{workspace.name(workspace.rego / mutant.file)}:{mutant.row}"
    yield styled((f"{place}: {mutant.rule}: {mutant.operator}", "bold"))
    for line in mutant.diff:
        yield styled((f"  {line.expandtabs(4)}", "red" if line.startswith("-") else "green"))
    if survivor.case:
        yield styled("  This case would notice the mistake. Check its decision before you add it:")
        for line in survivor.case.split("\n"):
            yield styled(f"    {line}".rstrip())


def _document(report: MutationReport, workspace: Workspace) -> dict[str, object]:
    def counted(score: Score) -> dict[str, object]:
        return {
            "percent": round(score.percent, 2),
            "killed": score.killed,
            "survived": score.survived,
            "waived": score.waived,
            "invalid": score.invalid,
        }

    return {
        "passed": report.passed,
        "threshold": THRESHOLD,
        "seconds": round(report.seconds, 1),
        "total": counted(report.total),
        "areas": {area: counted(score) for area, score in sorted(report.areas.items())},
        "survivors": [
            {
                "file": workspace.name(workspace.rego / one.mutant.file),
                "line": one.mutant.row,
                "rule": one.mutant.rule,
                "operator": one.mutant.operator,
                "diff": list(one.mutant.diff),
                "case": one.case,
            }
            for one in report.survivors
        ],
        "stale_waivers": [
            {"file": one.file, "rule": one.rule, "line": one.line, "mutation": one.mutation, "why": why}
            for one, why in report.stale
        ],
    }
