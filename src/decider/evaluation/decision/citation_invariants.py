"""The invariants of citations and texts: they compare the answer with the catalog and with itself."""

from __future__ import annotations

from collections.abc import Iterator

from decider.bundle.catalog import Catalog, PolicyVersion
from decider.evaluation.decision.policy_result import Answer, AnswerLine

__all__ = ["CITATION_INVARIANTS", "READINGS_OF_FACTS", "codes_without_texts", "version_of"]

# The interpretations that report no parameter of a policy but a fact that is absent (ruling 23), with their notes.
READINGS_OF_FACTS = {
    "consumption_order": "In which order the platform draws credits, where neither the lots nor the ledger tell it.",
}


def version_of(answer: Answer, policy_id: str, catalog: Catalog) -> PolicyVersion | None:
    """Return the policy version that an answer names, None if it is not loaded."""
    policy = catalog.policies.get(policy_id)
    versions = policy.versions if policy is not None else ()
    return next((version for version in versions if version.version == answer.policy.version), None)


def codes_without_texts(answer: Answer, policy_id: str, catalog: Catalog) -> list[str]:
    """Return the codes of an answer that have no text, each with the clause of the rule that names it."""
    texts = catalog.texts_of(policy_id)
    kinds = (
        ("warning", answer.warnings, texts.warnings),
        ("question", answer.questions, texts.questions),
        ("missing", answer.missing, texts.missing),
        ("line", _lines(answer), texts.lines),
    )
    return [
        f"{kind} {note.code!r} of {note.clause}"
        for kind, notes, known in kinds
        for note in notes
        if note.code not in known
    ]


def questions_go_with_a_review(answer: Answer, _: str, __: Catalog) -> bool:
    """A decision has questions if, and only if, it is a review or leaves a rest under review."""
    is_reviewed = answer.disposition == "MANUAL_REVIEW" or (
        answer.disposition == "CASH_REFUND" and answer.bounds is not None
    )
    return bool(answer.questions) == is_reviewed


def information_is_missing_where_it_is_needed(answer: Answer, _: str, __: Catalog) -> bool:
    """A decision names missing items if, and only if, it is NEEDS_INFORMATION."""
    return bool(answer.missing) == (answer.disposition == "NEEDS_INFORMATION")


def promise_keeps_the_statutory_limit(answer: Answer, _: str, __: Catalog) -> bool:
    """PAY_BY is not later than REFUND_BY."""
    promised = [duty.due_at for duty in answer.obligations if duty.type == "PAY_BY"]
    statutory = [duty.due_at for duty in answer.obligations if duty.type == "REFUND_BY"]
    return not promised or not statutory or max(promised) <= min(statutory)


def something_is_cited(answer: Answer, _: str, __: Catalog) -> bool:
    """Every answer rests on a clause."""
    return bool(answer.citations)


def clauses_are_known(answer: Answer, _: str, catalog: Catalog) -> bool:
    """Every clause is one of the catalog."""
    return all(clause in catalog.clauses for clause in _clauses(answer))


def codes_have_their_texts(answer: Answer, policy_id: str, catalog: Catalog) -> bool:
    """Every warning, question, missing item and line of the breakdown has a text."""
    return not codes_without_texts(answer, policy_id, catalog)


def version_is_loaded(answer: Answer, policy_id: str, catalog: Catalog) -> bool:
    """The version that decided belongs to the requested policy."""
    return version_of(answer, policy_id, catalog) is not None


def readings_are_parameters(answer: Answer, policy_id: str, catalog: Catalog) -> bool:
    """Every interpretation reports a parameter of the version that decided, or an absent fact."""
    version = version_of(answer, policy_id, catalog)
    known = version.parameters if version is not None else {}
    return all(each.parameter in known or each.parameter in READINGS_OF_FACTS for each in answer.interpretations)


CITATION_INVARIANTS = (
    questions_go_with_a_review,
    information_is_missing_where_it_is_needed,
    promise_keeps_the_statutory_limit,
    something_is_cited,
    clauses_are_known,
    codes_have_their_texts,
    version_is_loaded,
    readings_are_parameters,
)


def _lines(answer: Answer) -> tuple[AnswerLine, ...]:
    return answer.breakdown if answer.bounds is None else (*answer.breakdown, *answer.bounds.breakdown)


def _clauses(answer: Answer) -> Iterator[str]:
    noted = (answer.warnings, answer.questions, answer.missing)
    cited = (_lines(answer), answer.effects, answer.obligations, answer.citations, answer.interpretations, *noted)
    return (each.clause for parts in cited for each in parts)
