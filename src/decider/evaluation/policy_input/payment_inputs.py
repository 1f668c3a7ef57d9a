"""The payments concerned as the policy sees them, and the disputes of all payments."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from operator import attrgetter

from decider.evaluation.facts import Facts
from decider.evaluation.facts.model import Payment, Plan, amount_of
from decider.evaluation.facts.selection import Order
from decider.evaluation.policy_input.input_types import DisputesInput
from decider.evaluation.policy_input.purchase_types import PaymentInput, PriceInput, RefundSourceInput

__all__ = ["disputes_input", "payment_inputs", "refund_sources"]


def payment_inputs(
    facts: Facts, stated: Facts, order: Order, payments: Sequence[Payment], currency: str
) -> list[PaymentInput]:
    """Return the payments concerned. `stated` are the facts before any figure was moved.

    `currency` is that of a payment which captured nothing.
    """
    paid_for: dict[str | None, list[str]] = {}
    for lot in order.lots:
        paid_for.setdefault(lot.payment_id, []).append(lot.id)
    groups = {original: facts.groups[original] for original in {facts.originals[payment.id] for payment in payments}}
    missing = {
        payment_id: amount
        for original, group in groups.items()
        for payment_id, amount in _missing(group, stated.groups[original]).items()
    }
    disputed = {original for original, group in groups.items() if any(member.dispute.is_open for member in group)}
    return [
        _payment_input(
            facts,
            payment,
            paid_for.get(payment.id, []),
            order.plan,
            currency,
            missing[payment.id],
            # An open dispute of any payment of a group holds the verified duplicates of the group (ruling 34).
            is_held=payment.is_verified and facts.originals[payment.id] in disputed,
        )
        for payment in payments
    ]


def refund_sources(stated: Facts, payment_ids: Iterable[str]) -> list[RefundSourceInput]:
    """Return the payments that can give money back, by captured_at, then id (ruling 35).

    They are the groups of the payments concerned. `stated` are the facts before any figure was moved, so that the
    amounts are those that the payments really have left.
    """
    originals = {stated.originals[payment_id] for payment_id in payment_ids}
    members = [member for original in originals for member in stated.groups[original]]
    return [
        {
            "payment_id": payment.id,
            "group": stated.originals[payment.id],
            "method": payment.method,
            "left": max(0, payment.held),
        }
        for payment in sorted(members, key=attrgetter("age_key"))
    ]


def disputes_input(facts: Facts, payment_ids: Collection[str]) -> DisputesInput:
    """Return the disputes of all payments; `payment_ids` are the payments concerned."""
    disputed = {payment.id for payment in facts.payments if payment.dispute.is_open}
    return {
        "any_open": bool(disputed),
        "open_elsewhere": bool(disputed.difference(payment_ids)),
        "any_settled": any(payment.dispute.is_settled for payment in facts.payments),
    }


def _payment_input(
    facts: Facts,
    payment: Payment,
    paid_for: list[str],
    plan: Plan | None,
    currency: str,
    missing: int,
    *,
    is_held: bool,
) -> PaymentInput:
    # The part of an overcharge that was refunded counts as never charged.
    settled = facts.overcharges_returned[payment.id].total
    captured, refunded = amount_of(payment.captured) - settled, payment.refunded - settled
    price, fee_own, fee_third_party = _price(facts, payment), *_fees(facts, payment)
    paid_for_more = len(facts.lots_of(payment)) > len(paid_for) or facts.plan_of(payment) not in (None, plan)
    return {
        "id": payment.id,
        "method": payment.method,
        "currency": payment.captured.currency if payment.captured is not None else currency,
        "captured": captured,
        "judged": payment.judged,
        "overcharged": payment.overcharged - settled,
        "fee_own": fee_own,
        "fee_third_party": fee_third_party,
        "refunded": refunded,
        "goodwill": sum(
            amount_of(refund.amount) for refund in payment.refunds if refund.is_paid_out and refund.kind == "GOODWILL"
        ),
        "pending": payment.pending,
        "refund_pending": payment.refund_pending,
        "lost": payment.lost,
        "kept": max(0, captured - refunded - payment.lost - missing),
        "dispute": payment.dispute.status,
        "dispute_open": payment.dispute.is_open or is_held,
        "dispute_unauthorized": payment.dispute.is_unauthorized,
        "duplicate": "NO" if payment.duplicate_of is None else "VERIFIED" if payment.is_verified else "UNVERIFIED",
        "paid_for": paid_for,
        "paid_for_plan": plan is not None and facts.plan_of(payment) is plan,
        "price": price,
        "paid_for_more": paid_for_more,
    }


def _missing(group: Sequence[Payment], stated: Sequence[Payment]) -> dict[str, int]:
    """Return what the payments of a group refunded for others beyond what those had captured, by id.

    A refund of a lot counts for the payment of that lot, whichever payment refunded it. What exceeds the amount of that
    payment is missing from the others, by captured_at, then id. What a payment refunded beyond its own amount is
    missing from none.
    """
    beyond = max(0, _overdrawn(group) - _overdrawn(stated))
    missing = {}
    for payment in group:
        missing[payment.id] = min(beyond, max(0, payment.held))
        beyond -= missing[payment.id]
    return missing


def _overdrawn(payments: Iterable[Payment]) -> int:
    return sum(max(0, -payment.held) for payment in payments)


def _price(facts: Facts, payment: Payment) -> PriceInput:
    """Return the price of the payment's order; a duplicate that granted nothing has its original's (ruling 35)."""
    paying = facts.payments_by_id[facts.originals[payment.id]] if facts.granted_nothing(payment) else payment
    lots, plan = facts.lots_of(paying), facts.plan_of(paying)
    fee = sum(amount_of(lot.fee) for lot in lots if not lot.fee_kept_by_third_party)
    tax = sum(amount_of(lot.tax) for lot in lots)
    rest = sum(amount_of(lot.base_price) for lot in lots) + (amount_of(plan.amount) if plan is not None else 0)
    return {"total": rest + fee + tax, "fee": fee, "tax": tax}


def _fees(facts: Facts, payment: Payment) -> tuple[int, int]:
    """Return the fees inside the judged amount that the seller received, and those that a third party kept.

    The payment may hold all, a part or none of the fees that a third party kept. The sum shows how much.
    """
    lots, plan = facts.lots_of(payment), facts.plan_of(payment)
    kept = sum(amount_of(lot.fee) for lot in lots if lot.fee_kept_by_third_party)
    own = sum(amount_of(lot.fee) for lot in lots) - kept
    due = sum(lot.total for lot in lots) + (amount_of(plan.amount) if plan is not None else 0)
    return own, min(kept, max(0, payment.judged - (due - kept)))
