"""The invariants of money and credits: they compare the answer with the policy input and with itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from decider.evaluation.decision.policy_result import Answer, Disposition
from decider.evaluation.policy_input import PolicyInput
from decider.evaluation.policy_input.purchase_types import PaymentInput

__all__ = ["MONEY_INVARIANTS"]

GRANTING: frozenset[Disposition] = frozenset({"CASH_REFUND", "RESTORE_CREDITS", "SERVICE_CREDIT", "CANCELLATION"})
# The dispositions after which more may follow: no decision yet, or a payment with a rest under review (rulings 39, 47).
OPEN: frozenset[Disposition] = frozenset({"MANUAL_REVIEW", "HOLD", "NEEDS_INFORMATION", "CASH_REFUND"})


def amount_is_within_the_payments(answer: Answer, policy_input: PolicyInput) -> bool:
    """The amount is at most what was captured, less refunds and lost disputes."""
    return 0 <= answer.amount <= _payable(policy_input["payments"])


def amount_is_within_the_request(answer: Answer, policy_input: PolicyInput) -> bool:
    """The amount is at most the requested one."""
    requested = policy_input["request"]["amount"]
    return requested is None or answer.amount <= requested


def amount_goes_with_cash_refund(answer: Answer, _: PolicyInput) -> bool:
    """A CASH_REFUND pays something, and nothing else does."""
    return (answer.amount > 0) == (answer.disposition == "CASH_REFUND")


def currency_is_the_orders(answer: Answer, policy_input: PolicyInput) -> bool:
    """The decision is in the currency of the order."""
    return answer.currency == policy_input["request"]["currency"]


def breakdown_sums_to_the_amount(answer: Answer, _: PolicyInput) -> bool:
    """The lines sum to the amount. The lines of the bounds sum to the upper bound."""
    bounds = answer.bounds
    sums_to_most = bounds is None or not bounds.breakdown or sum(line.amount for line in bounds.breakdown) == bounds.max
    return sums_to_most and sum(line.amount for line in answer.breakdown) == answer.amount


def deny_moves_nothing(answer: Answer, _: PolicyInput) -> bool:
    """A DENY has the amount 0 and no effect."""
    return answer.verdict != "DENY" or (answer.amount == 0 and not answer.effects)


def allow_grants_something(answer: Answer, _: PolicyInput) -> bool:
    """An ALLOW has an amount or an effect."""
    return answer.verdict != "ALLOW" or answer.amount > 0 or bool(answer.effects)


def verdict_fits_the_disposition(answer: Answer, _: PolicyInput) -> bool:
    """Each disposition has its verdict."""
    return (answer.verdict == "ALLOW") == (answer.disposition in GRANTING)


def bounds_are_within_the_payments(answer: Answer, policy_input: PolicyInput) -> bool:
    """Only an open disposition has bounds, and the upper bound plus the amount is at most what payments still hold."""
    bounds = answer.bounds
    if bounds is None:
        return True
    if policy_input["payments"] or not policy_input["possible_orders"]:
        most = _payable(policy_input["payments"])
    else:
        most = max(_payable(order["payments"]) for order in policy_input["possible_orders"])
    return answer.disposition in OPEN and 0 <= bounds.min <= bounds.max <= most - answer.amount


def refunds_are_within_the_payments(answer: Answer, policy_input: PolicyInput) -> bool:
    """Each payment has at most one refund, above 0 and within what is left of it; the refunds sum to the amount."""
    given = {refund.payment: refund.amount for refund in answer.refunds}
    if len(given) < len(answer.refunds) or sum(given.values()) != answer.amount:
        return False
    left = {source["payment_id"]: source["left"] for source in policy_input["refund_sources"]}
    return all(0 < amount <= left.get(payment, 0) for payment, amount in given.items())


def fee_and_tax_are_in_the_amount(answer: Answer, _: PolicyInput) -> bool:
    """Fee and tax are parts of the amount."""
    return answer.fee >= 0 and answer.tax >= 0 and answer.fee + answer.tax <= answer.amount


def bounds_of_credits_are_within_the_facts(answer: Answer, policy_input: PolicyInput) -> bool:
    """A reviewer can give at most the credits that were deducted or that the SLA grants."""
    most = sum(_restorable(policy_input).values()) + _grantable(policy_input)
    return answer.bounds is None or 0 <= answer.bounds.max_credits <= most


def effects_count_no_less_than_nothing(answer: Answer, _: PolicyInput) -> bool:
    """No effect has negative credits."""
    return all(effect.credits >= 0 for effect in answer.effects)


def removed_credits_are_left(answer: Answer, policy_input: PolicyInput) -> bool:
    """At most the base credits that are left are removed from a lot."""
    lots = (*policy_input["repaid_lots"], *policy_input["lots"])
    return _within(_credits(answer, "REMOVE_CREDITS"), {lot["id"]: lot["left"] for lot in lots})


def removed_bonus_is_left(answer: Answer, policy_input: PolicyInput) -> bool:
    """At most the bonus credits that are left are removed from a lot."""
    lots = (*policy_input["repaid_lots"], *policy_input["lots"])
    return _within(_credits(answer, "REMOVE_BONUS"), {lot["id"]: lot["bonus_left"] for lot in lots})


def restored_credits_were_deducted(answer: Answer, policy_input: PolicyInput) -> bool:
    """The credits of a contested API request are restored once, and no more of them than were deducted."""
    restored = [effect for effect in answer.effects if effect.type == "RESTORE_CREDITS"]
    deducted = _restorable(policy_input)
    once = len({effect.event for effect in restored}) == len(restored)
    return once and all(effect.credits <= deducted.get(effect.event, -1) for effect in restored)


def granted_credit_is_the_slas(answer: Answer, policy_input: PolicyInput) -> bool:
    """At most the service credit of the incidents is granted."""
    granted = sum(effect.credits for effect in answer.effects if effect.type == "GRANT_SERVICE_CREDIT")
    return granted <= _grantable(policy_input)


MONEY_INVARIANTS = (
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
    bounds_of_credits_are_within_the_facts,
    effects_count_no_less_than_nothing,
    removed_credits_are_left,
    removed_bonus_is_left,
    restored_credits_were_deducted,
    granted_credit_is_the_slas,
)


def _payable(payments: Iterable[PaymentInput]) -> int:
    """Return the money that payments still hold: for each, captured less refunded and lost, at least 0."""
    return sum(max(0, payment["captured"] - payment["refunded"] - payment["lost"]) for payment in payments)


def _restorable(policy_input: PolicyInput) -> dict[str, int]:
    """Return the deducted credits that were not restored, by the id of the API request."""
    return {event["id"]: event["deducted"] for event in policy_input["usage_events"] if not event["already_restored"]}


def _grantable(policy_input: PolicyInput) -> int:
    """Return the service credit that was not granted yet."""
    return sum(each["sla_credit"] for each in policy_input["incidents"] if not each["already_granted"])


def _credits(answer: Answer, effect_type: str) -> Counter[str]:
    """Sum the credits of one type of effect by lot."""
    total: Counter[str] = Counter()
    for effect in answer.effects:
        if effect.type == effect_type:
            total[effect.lot] += effect.credits
    return total


def _within(taken: Counter[str], left: dict[str, int]) -> bool:
    return all(credit <= left.get(lot, -1) for lot, credit in taken.items())
