"""The golden cases as policy inputs: what the policies are asked, and whether the answer is what a case expects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from decider.authoring.cases import Case, DocumentInvalid, decision_differences, error_differences, grouped
from decider.authoring.mutate.policy_files import Policies, Setting, Versions
from decider.bundle.catalog import Catalog
from decider.errors import DeciderError
from decider.evaluation.decision import to_decision
from decider.evaluation.policy_input import PolicyInput, policy_input_of
from decider.evaluation.validation import valid_facts

__all__ = ["CaseBatch", "WorkedCase", "case_batches", "differences", "evaluated"]

# So many cases are asked at once: the first batch that notices a mutant is the last one asked.
_BATCH = 16


@dataclass(frozen=True)
class WorkedCase:
    """A case, and what the policies are asked for it."""

    case: Case
    policy_input: PolicyInput


@dataclass(frozen=True)
class CaseBatch:
    """Cases that are asked at once; `versions` are those of their policy where they are not as shipped.

    `faulty` are cases whose request is refused before any policy is asked, though they expect a decision.
    """

    policy_id: str
    catalog: Catalog
    versions: Versions | None
    cases: Sequence[WorkedCase]
    faulty: Sequence[str] = ()

    @property
    def name(self) -> str:
        """Name it by its first and last case."""
        return f"cases {self.cases[0].case.name} to {self.cases[-1].case.name}"


def case_batches(
    policies: Policies, cases: Sequence[Case], one: tuple[str, str, str, Any] | None = None
) -> Iterator[CaseBatch]:
    """Yield the cases that a policy decides, batch by batch, with one parameter otherwise. Raises MutationFault."""
    due = [case for case in cases if case.rpc == "EvaluateRefund"]
    for policy_id in dict.fromkeys(case.policy_id for case in due):
        for group in grouped([case for case in due if case.policy_id == policy_id]):
            setting = Setting(policy_id, group.parameters, group.versions, one)
            catalog, versions = policies.under(setting)
            worked = [_worked(case, catalog) for case in group.cases]
            faulty = [case.name for case, done in zip(group.cases, worked, strict=True) if done == "faulty"]
            asked = [done for done in worked if isinstance(done, WorkedCase)]
            told = versions if setting.changes else None
            for start in range(0, len(asked), _BATCH):
                batch = CaseBatch(policy_id, catalog, told, asked[start : start + _BATCH])
                yield replace(batch, faulty=faulty) if start == 0 else batch


def _worked(case: Case, catalog: Catalog) -> WorkedCase | str:
    """Build the input of a case, or tell that none is due (`refused`) or that one should be (`faulty`)."""
    try:
        policy_input = evaluated(case, catalog)
    except (DeciderError, DocumentInvalid):
        return "refused" if "error" in case.expect else "faulty"
    return WorkedCase(case, policy_input)


def evaluated(case: Case, catalog: Catalog) -> PolicyInput:
    """Return the policy input of a case. Raises DeciderError and DocumentInvalid."""
    return policy_input_of(valid_facts(case.message, 0, catalog.country_aliases), catalog)


def differences(worked: WorkedCase, result: object, catalog: Catalog) -> Sequence[str]:
    """List what of an answer is not as the case expects."""
    answer = result if isinstance(result, dict) else {}
    try:
        decision = to_decision(answer, worked.policy_input, catalog, input_digest="")
    except DeciderError as error:
        fields = [one.field for one in error.violations]
        fields += [error.metadata["field"]] if "field" in error.metadata else []
        return error_differences(error.code, fields, worked.case.expect)
    return decision_differences(decision, worked.case.expect)
