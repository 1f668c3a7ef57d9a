"""The check `mutation`: the tests and cases notice mistakes in the rules and parameters that changed."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import shorten

from decider.authoring.gate.report import CannotCheck, Finding, Outcome
from decider.authoring.gate.runner import Context
from decider.authoring.gate.source_locations import Places
from decider.authoring.mutate import (
    THRESHOLD,
    WAIVERS,
    Mutation,
    MutationFault,
    MutationReport,
    Score,
    cores,
    read_waivers,
)
from decider.workspace import Workspace

__all__ = ["run"]

_WIDTH = 100


def run(context: Context) -> Outcome:
    """Try the mutants of what changed since the base, with `full` of everything; the score must reach the threshold.

    Raises NotApplicable where there is no base, CannotCheck where the policies cannot be mutated.
    """
    revision = None if context.full else context.needs_base().revision
    try:
        trying = Mutation(context.workspace, context.opa, revision=revision)
        if not trying.mutants:
            return Outcome(summary="no rule and no parameter changed" if revision else "nothing to mutate")
        report = trying.run(lambda _, __: None, jobs=cores(), inputs=False)
    except MutationFault as fault:
        raise CannotCheck(str(fault)) from None
    return Outcome(
        list(_findings(report, context.workspace)),
        _summary(report),
        [_told(area, score) for area, score in sorted(report.areas.items())],
    )


def _findings(report: MutationReport, workspace: Workspace) -> Iterator[Finding]:
    file = workspace.rego / WAIVERS
    for waiver, why in report.stale:
        what = f"a waiver holds no more, {why}: {waiver.file}, {waiver.rule}: {waiver.mutation or 'left out'}"
        line = Places(file).line(read_waivers(workspace.rego).index(waiver))
        yield Finding(workspace.name(file), line, what, "remove it, or mend it")
    for survivor in report.survivors:
        mutant = survivor.mutant
        score = report.areas[mutant.area]
        if not score.enough:
            yield Finding(
                workspace.name(workspace.rego / mutant.file),
                mutant.row,
                f"{mutant.rule}: no test would notice {shorten(mutant.after, _WIDTH) or 'that it is left out'!r} "
                f"({score.percent:.1f} % of the mistakes in {mutant.area} are noticed, {THRESHOLD} % must be)",
                f"add a test or a case that fails then (decider mutate --only {mutant.file} shows an input), "
                f"or waive it in {workspace.name(workspace.rego / WAIVERS)} if it decides the same",
            )


def _summary(report: MutationReport) -> str:
    total = report.total
    return f"{total.killed} of {total.killed + total.survived} mistakes noticed"


def _told(area: str, score: Score) -> str:
    return f"{area}: {score.percent:.1f} % ({score.survived} unnoticed, {score.waived} waived, {score.invalid} invalid)"
