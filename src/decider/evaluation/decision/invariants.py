"""What holds whatever a policy said: money, credits, deadlines, citations.

Each guard is a function of its own that says whether the answer keeps it; its name is what is reported. A guard knows
no policy: it compares the answer with the facts, with itself and with the catalog.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from decider.bundle.catalog import Catalog, PolicyVersion
from decider.evaluation.decision.facts import Facts
from decider.evaluation.decision.policy_result import Answer, AnswerLine, Disposition

__all__ = ["GUARDS", "READINGS_OF_FACTS", "broken", "codes_without_texts", "version_of"]

Guard = Callable[[Answer, Facts, Catalog], bool]

GRANTING: frozenset[Disposition] = frozenset({"CASH_REFUND", "RESTORE_CREDITS", "SERVICE_CREDIT", "CANCELLATION"})
# What may be followed by more: not yet decided, or paid at once with a rest under review (rulings 39, 47).
OPEN: frozenset[Disposition] = frozenset({"MANUAL_REVIEW", "HOLD", "NEEDS_INFORMATION", "CASH_REFUND"})

# Readings that are no parameter of a policy but a fact that was not told (ruling 23), and what they are.
READINGS_OF_FACTS = {
    "consumption_order": "In which order the platform draws credits, where neither the lots nor the ledger tell it.",
}


def broken(answer: Answer, facts: Facts, catalog: Catalog) -> list[str]:
    """Return the names of the guards that an answer breaks; empty where it keeps them all."""
    return [guard.__name__ for guard in GUARDS if not guard(answer, facts, catalog)]


def version_of(answer: Answer, facts: Facts, catalog: Catalog) -> PolicyVersion | None:
    """Return the policy version that an answer names, or None where it is not loaded."""
    policy = catalog.policies.get(facts.policy_id)
    versions = policy.versions if policy is not None else ()
    return next((one for one in versions if one.version == answer.policy.version), None)


def codes_without_texts(answer: Answer, facts: Facts, catalog: Catalog) -> list[str]:
    """Return the codes of an answer that cannot be put in words, each with the clause of the rule that names it."""
    texts = catalog.texts_of(facts.policy_id)
    kinds = (
        ("warning", answer.warnings, texts.warnings),
        ("question", answer.questions, texts.questions),
        ("missing", answer.missing, texts.missing),
        ("line", _lines(answer), texts.lines),
    )
    return [
        f"{kind} {one.code!r} of {one.clause}" for kind, named, known in kinds for one in named if one.code not in known
    ]


def amount_is_within_the_payments(answer: Answer, facts: Facts, _: Catalog) -> bool:
    """0 <= amount <= what was captured, less refunds and lost disputes."""
    return 0 <= answer.amount <= facts.payable


def amount_is_within_the_request(answer: Answer, facts: Facts, _: Catalog) -> bool:
    """No more is paid than was asked for."""
    return facts.request.asked != "AMOUNT" or answer.amount <= facts.request.amount


def amount_goes_with_cash_refund(answer: Answer, _: Facts, __: Catalog) -> bool:
    """A CASH_REFUND pays something, and nothing else does."""
    return (answer.amount > 0) == (answer.disposition == "CASH_REFUND")


def currency_is_the_orders(answer: Answer, facts: Facts, _: Catalog) -> bool:
    """The decision is in the currency of the order."""
    return answer.currency == facts.request.currency


def breakdown_sums_to_the_amount(answer: Answer, _: Facts, __: Catalog) -> bool:
    """The lines sum exactly to the amount, to 0 where that is 0; those of the upper bound sum to that."""
    bounds = answer.bounds
    sums_to_most = bounds is None or not bounds.breakdown or sum(line.amount for line in bounds.breakdown) == bounds.max
    return sums_to_most and sum(line.amount for line in answer.breakdown) == answer.amount


def deny_moves_nothing(answer: Answer, _: Facts, __: Catalog) -> bool:
    """A DENY has amount 0 and no effect."""
    return answer.verdict != "DENY" or (answer.amount == 0 and not answer.effects)


def allow_grants_something(answer: Answer, _: Facts, __: Catalog) -> bool:
    """An ALLOW has an amount or an effect."""
    return answer.verdict != "ALLOW" or answer.amount > 0 or bool(answer.effects)


def verdict_fits_the_disposition(answer: Answer, _: Facts, __: Catalog) -> bool:
    """Each disposition has its verdict."""
    return (answer.verdict == "ALLOW") == (answer.disposition in GRANTING)


def bounds_are_within_the_payments(answer: Answer, facts: Facts, _: Catalog) -> bool:
    """Bounds go with what is open only; 0 <= min <= max, and amount and max are within what the payments still hold."""
    bounds = answer.bounds
    if bounds is None:
        return True
    most = facts.payable if facts.payments or not facts.possible_orders else facts.possibly_payable
    return answer.disposition in OPEN and 0 <= bounds.min <= bounds.max <= most - answer.amount


def refunds_are_within_the_payments(answer: Answer, facts: Facts, _: Catalog) -> bool:
    """Each payment gives back more than 0 and at most what is really left of it, once, and all sum to the amount."""
    given = {one.payment: one.amount for one in answer.refunds}
    if len(given) < len(answer.refunds) or sum(given.values()) != answer.amount:
        return False
    left = {one.payment_id: one.left for one in facts.refund_sources}
    return all(0 < amount <= left.get(payment, 0) for payment, amount in given.items())


def fee_and_tax_are_in_the_amount(answer: Answer, _: Facts, __: Catalog) -> bool:
    """Fee and tax are parts of the amount."""
    return answer.fee >= 0 and answer.tax >= 0 and answer.fee + answer.tax <= answer.amount


def questions_go_with_a_review(answer: Answer, _: Facts, __: Catalog) -> bool:
    """A review asks something, a rest under review too, and nothing else does."""
    is_reviewed = answer.disposition == "MANUAL_REVIEW" or (
        answer.disposition == "CASH_REFUND" and answer.bounds is not None
    )
    return bool(answer.questions) == is_reviewed


def bounds_of_credits_are_within_the_facts(answer: Answer, facts: Facts, _: Catalog) -> bool:
    """A reviewer may give no more credits than were deducted or are granted by the SLA."""
    return answer.bounds is None or 0 <= answer.bounds.max_credits <= facts.restorable + facts.grantable


def effects_count_no_less_than_nothing(answer: Answer, _: Facts, __: Catalog) -> bool:
    """No effect moves credits backwards."""
    return all(effect.credits >= 0 for effect in answer.effects)


def removed_credits_are_left(answer: Answer, facts: Facts, _: Catalog) -> bool:
    """No more base credits are taken off a lot than are left of it."""
    return _within(_credits(answer, "REMOVE_CREDITS"), {lot.id: lot.left for lot in (*facts.repaid_lots, *facts.lots)})


def removed_bonus_is_left(answer: Answer, facts: Facts, _: Catalog) -> bool:
    """No more bonus credits are taken off a lot than are left of it."""
    left = {lot.id: lot.bonus_left for lot in (*facts.repaid_lots, *facts.lots)}
    return _within(_credits(answer, "REMOVE_BONUS"), left)


def restored_credits_were_deducted(answer: Answer, facts: Facts, _: Catalog) -> bool:
    """A contested request gets back what was deducted at most, once, and not again."""
    restored = [effect for effect in answer.effects if effect.type == "RESTORE_CREDITS"]
    deducted = {one.id: one.deducted for one in facts.usage_events if not one.already_restored}
    once = len({effect.event for effect in restored}) == len(restored)
    return once and all(effect.credits <= deducted.get(effect.event, -1) for effect in restored)


def granted_credit_is_the_slas(answer: Answer, facts: Facts, _: Catalog) -> bool:
    """No more service credit is granted than the incidents of the facts earn."""
    granted = sum(effect.credits for effect in answer.effects if effect.type == "GRANT_SERVICE_CREDIT")
    return granted <= facts.grantable


def information_is_missing_where_it_is_needed(answer: Answer, _: Facts, __: Catalog) -> bool:
    """NEEDS_INFORMATION says what is missing, and nothing else does."""
    return bool(answer.missing) == (answer.disposition == "NEEDS_INFORMATION")


def promise_keeps_the_statutory_limit(answer: Answer, _: Facts, __: Catalog) -> bool:
    """PAY_BY is not later than REFUND_BY."""
    promised = [one.due_at for one in answer.obligations if one.type == "PAY_BY"]
    statutory = [one.due_at for one in answer.obligations if one.type == "REFUND_BY"]
    return not promised or not statutory or max(promised) <= min(statutory)


def something_is_cited(answer: Answer, _: Facts, __: Catalog) -> bool:
    """Every answer rests on a clause."""
    return bool(answer.citations)


def clauses_are_known(answer: Answer, _: Facts, catalog: Catalog) -> bool:
    """Every clause named anywhere is one of the catalog."""
    return all(clause in catalog.clauses for clause in _clauses(answer))


def codes_have_their_texts(answer: Answer, facts: Facts, catalog: Catalog) -> bool:
    """Every warning, question, missing item and line of the breakdown can be put in words."""
    return not codes_without_texts(answer, facts, catalog)


def version_is_loaded(answer: Answer, facts: Facts, catalog: Catalog) -> bool:
    """The version that decided is one of the policy that was asked for."""
    return version_of(answer, facts, catalog) is not None


def readings_are_parameters(answer: Answer, facts: Facts, catalog: Catalog) -> bool:
    """Every reading is a parameter of the version that decided, or of a fact that was not told."""
    version = version_of(answer, facts, catalog)
    known = version.parameters if version is not None else {}
    return all(one.parameter in known or one.parameter in READINGS_OF_FACTS for one in answer.interpretations)


GUARDS: tuple[Guard, ...] = (
    amount_is_within_the_payments,
    amount_is_within_the_request,
    amount_goes_with_cash_refund,
    currency_is_the_orders,
    breakdown_sums_to_the_amount,
    deny_moves_nothing,
    allow_grants_something,
    verdict_fits_the_disposition,
    bounds_are_within_the_payments,
    refunds_are_within_the_payments,
    fee_and_tax_are_in_the_amount,
    questions_go_with_a_review,
    bounds_of_credits_are_within_the_facts,
    effects_count_no_less_than_nothing,
    removed_credits_are_left,
    removed_bonus_is_left,
    restored_credits_were_deducted,
    granted_credit_is_the_slas,
    information_is_missing_where_it_is_needed,
    promise_keeps_the_statutory_limit,
    something_is_cited,
    clauses_are_known,
    codes_have_their_texts,
    version_is_loaded,
    readings_are_parameters,
)


def _credits(answer: Answer, effect_type: str) -> Counter[str]:
    """Sum the credits of one type of effect by lot."""
    total: Counter[str] = Counter()
    for effect in answer.effects:
        if effect.type == effect_type:
            total[effect.lot] += effect.credits
    return total


def _within(taken: Counter[str], left: dict[str, int]) -> bool:
    return all(credit <= left.get(lot, -1) for lot, credit in taken.items())


def _lines(answer: Answer) -> tuple[AnswerLine, ...]:
    return answer.breakdown if answer.bounds is None else (*answer.breakdown, *answer.bounds.breakdown)


def _clauses(answer: Answer) -> Iterator[str]:
    for line in _lines(answer):
        yield line.clause
    for effect in answer.effects:
        yield effect.clause
    for obligation in answer.obligations:
        yield obligation.clause
    for citation in answer.citations:
        yield citation.clause
    for reading in answer.interpretations:
        yield reading.clause
    for note in (*answer.warnings, *answer.questions, *answer.missing):
        yield note.clause
