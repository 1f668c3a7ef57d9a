"""A check, what it is given, and how checks are run: every one of them, whatever becomes of the others."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from decider.authoring.gate.baseline import Base
from decider.authoring.gate.report import CannotCheck, CheckResult, Finding, NotApplicable, Outcome, Report, Status
from decider.authoring.opa import ProgramFailed
from decider.revisions import RevisionFault
from decider.workspace import Workspace

__all__ = ["Check", "Context", "run_checks"]

Value = TypeVar("Value")


@dataclass(frozen=True)
class Context:
    """What a check is given.

    `base` is what the change is compared with; `base_absent` says why there is none, `base_fault` why the one that
    should be there cannot be read. `as_of` is the day from which notice is counted; `full` asks for the mutation of
    everything rather than of what changed.
    """

    workspace: Workspace
    opa: Path
    base: Base | None
    base_absent: str
    as_of: date
    full: bool
    base_fault: RevisionFault | None = None
    _made: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def needs_base(self) -> Base:
        """Return the base. Raises NotApplicable where there is none, RevisionFault where it cannot be read."""
        if self.base_fault:
            raise self.base_fault
        if self.base is None:
            raise NotApplicable(self.base_absent)
        return self.base

    def once(self, name: str, make: Callable[[], Value]) -> Value:
        """Return what `make` gives, made once for all checks of a run. Raises again what it raised."""
        if name not in self._made:
            try:
                self._made[name] = (make(), None)
            except Exception as failure:  # noqa: BLE001 (raised below, here and in every check that asks)
                self._made[name] = (None, failure)
        value, failed = self._made[name]
        if failed is not None:
            raise failed
        made: Value = value
        return made


@dataclass(frozen=True)
class Check:
    """One check: `name` is what `--only` takes, `title` what the report shows."""

    name: str
    title: str
    run: Callable[[Context], Outcome]


def run_checks(
    checks: Sequence[Check],
    context: Context,
    told: Callable[[CheckResult], None],
    starting: Callable[[Check], None] = lambda check: None,  # noqa: ARG005 (nobody waits)
) -> Report:
    """Run every check, tell which one starts, and tell each result as it comes. A check that crashes has failed."""
    results = []
    for check in checks:
        starting(check)
        result = _run(check, context)
        told(result)
        results.append(result)
    base = context.base
    compared = f"compared with {base.revision[:12]} ({base.why})" if base else ""
    return Report(results, compared or f"compared with nothing: {context.base_fault or context.base_absent}")


def _run(check: Check, context: Context) -> CheckResult:
    start = time.monotonic()

    def ended(status: Status, outcome: Outcome) -> CheckResult:
        seconds = time.monotonic() - start
        return CheckResult(
            check.name,
            check.title,
            status,
            seconds,
            outcome.summary,
            sorted(set(outcome.findings)),
            outcome.details,
            outcome.more,
        )

    try:
        outcome = check.run(context)
    except NotApplicable as reason:
        return ended(Status.NOT_APPLICABLE, Outcome(summary=str(reason)))
    except CannotCheck as reason:
        return ended(Status.FAILED, Outcome([reason.finding]))
    except ProgramFailed as failure:
        file = context.workspace.name(context.workspace.rego / failure.file) if failure.file else ""
        return ended(Status.FAILED, Outcome([Finding(file, failure.line, failure.message, failure.hint)]))
    except RevisionFault as reason:
        return ended(Status.FAILED, Outcome([Finding("", 0, str(reason), reason.hint)]))
    except Exception as crash:  # noqa: BLE001 (a crashed check is a failure with its own line, never a pass)
        told = f"the check could not be made: {type(crash).__name__}: {crash}"
        return ended(Status.FAILED, Outcome([Finding("", 0, told)]))
    return ended(Status.FAILED if outcome.findings else Status.PASSED, outcome)
