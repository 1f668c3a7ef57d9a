"""The golden cases, each decided on the real engine under the parameters and versions that it names."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from decider.authoring.cases import (
    Case,
    DocumentInvalid,
    Group,
    decision_differences,
    error_differences,
    grouped,
)
from decider.authoring.gate.bulk_evaluation import Decided, decide_each
from decider.authoring.gate.bundle_findings import faults_of
from decider.authoring.gate.golden_cases import Golden, questions_of, read_golden
from decider.authoring.gate.report import Finding, Outcome
from decider.authoring.gate.runner import Context
from decider.errors import DeciderError
from decider.v1 import decision_service_pb2

__all__ = ["run"]

_WRONG = "correct the rule; or, where the text of the policy says otherwise, the case"
_UNREADABLE = "correct the case: its file says in its header what the keys mean"


@dataclass(frozen=True)
class _Asked:
    """A case and what it asks."""

    case: Case
    request: decision_service_pb2.EvaluateRefundRequest


def run(context: Context) -> Outcome:
    """Decide every case and hold the decision against what the case expects."""
    golden = read_golden(context.workspace)
    findings = list(golden.faults)
    with tempfile.TemporaryDirectory(prefix="decider-cases-") as folder:
        asked, questions = [], []
        for index, group in enumerate(grouped(golden.due)):
            readable, unreadable = _read(group, golden)
            findings += unreadable
            if readable:
                asked.append(readable)
                requests = [one.request for one in readable]
                questions.append(questions_of(context.workspace, group, requests, Path(folder, str(index))))
        for cases, decided in zip(asked, decide_each(questions, context.opa), strict=True):
            findings += _of_group(golden, cases, decided)
    summary = f"{len(golden.due)} cases decided"
    if golden.not_due:
        summary += f"; {len(golden.not_due)} of other rpcs not due: {', '.join(one.name for one in golden.not_due)}"
    return Outcome(findings, summary)


def _read(group: Group, golden: Golden) -> tuple[list[_Asked], list[Finding]]:
    readable, unreadable = [], []
    for case in group.cases:
        try:
            readable.append(_Asked(case, case.message))
        except DocumentInvalid as fault:
            unreadable.append(golden.finding(case, fault.message, _UNREADABLE))
    return readable, unreadable


def _of_group(golden: Golden, asked: list[_Asked], decided: list[Decided] | DeciderError) -> Iterator[Finding]:
    if isinstance(decided, DeciderError):
        yield from faults_of(decided, golden.workspace, golden.finding(asked[0].case, "it cannot be decided", ""))
        return
    for one, outcome in zip(asked, decided, strict=True):
        if differences := _differences(one.case, outcome):
            yield golden.finding(one.case, "; ".join(differences), _WRONG)


def _differences(case: Case, outcome: Decided) -> list[str]:
    if not isinstance(outcome, DeciderError):
        return decision_differences(outcome, case.expect)
    if "error" in case.expect or outcome.code != "INTERNAL":
        fields = [one.field for one in outcome.violations] or [outcome.metadata.get("field", "")]
        return error_differences(outcome.code, [one for one in fields if one], case.expect)
    return [f"no decision, but the error {outcome.reason}: {outcome.message}"]
