"""The golden cases as policy inputs: what the policies are asked, and whether the answer is what a case expects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from decider.authoring.cases import Case, DocumentInvalid, decision_differences, error_differences, grouped
from decider.authoring.mutate.policy_files import Policies, Setting, Versions
from decider.bundle.catalog import JSON, Catalog
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
    """Cases that are asked at once, under a setting; `versions` are those of their policy if the setting has its own.

    `cases` are those of the cases `due` whose request a policy answers. `faulty` are those whose request is refused
    before any policy is asked, though they expect a decision.
    """

    setting: Setting
    due: Sequence[Case]
    catalog: Catalog
    versions: Versions | None
    cases: Sequence[WorkedCase]
    faulty: Sequence[str]

    @property
    def name(self) -> str:
        """Name it by its first and last case."""
        return f"cases {self.due[0].name} to {self.due[-1].name}"

    def under(self, policies: Policies, changes: Mapping[tuple[str, ...], JSON]) -> CaseBatch:
        """Return the batch with its policy inputs built anew from changed data. Raises MutationFault."""
        return _batch(policies, self.due, replace(self.setting, changes=changes))


def case_batches(policies: Policies, cases: Sequence[Case]) -> Iterator[CaseBatch]:
    """Yield the cases that a policy decides, batch by batch. Raises MutationFault."""
    due = [case for case in cases if case.rpc == "EvaluateRefund"]
    for policy_id in dict.fromkeys(case.policy_id for case in due):
        for group in grouped([case for case in due if case.policy_id == policy_id]):
            setting = Setting(policy_id, group.parameters, group.versions)
            for start in range(0, len(group.cases), _BATCH):
                yield _batch(policies, group.cases[start : start + _BATCH], setting)


def _batch(policies: Policies, due: Sequence[Case], setting: Setting) -> CaseBatch:
    catalog, versions = policies.under(setting)
    worked, faulty = list[WorkedCase](), list[str]()
    for case in due:
        try:
            worked.append(WorkedCase(case, evaluated(case, catalog)))
        except (DeciderError, DocumentInvalid):
            faulty += [] if "error" in case.expect else [case.name]
    return CaseBatch(setting, due, catalog, versions if setting.has_own_versions else None, worked, faulty)


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
