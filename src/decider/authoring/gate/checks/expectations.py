"""A change takes no expectation out of the tests and cases that still holds, unless the list gives the reason."""

from __future__ import annotations

from decider.authoring.gate.lost_cases import lost_cases
from decider.authoring.gate.lost_expectations import unexplained
from decider.authoring.gate.lost_tests import lost_tests
from decider.authoring.gate.report import Outcome
from decider.authoring.gate.runner import Context

__all__ = ["run"]


def run(context: Context) -> Outcome:
    """Compare tests and cases with those of the base."""
    base = context.needs_base()
    lost = [*lost_cases(context), *lost_tests(context)]
    findings = list(unexplained(lost, context.workspace, base.workspace))
    told = f"{len(lost)} tests and cases expect less" if lost else "no test and no case expects less"
    return Outcome(findings, f"{told}, against {base.why}")
