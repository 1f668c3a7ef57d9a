"""The payments concerned, as the policy sees them, and the disputes over all payments."""

from __future__ import annotations

from decider.context.account import Account
from decider.context.order import Order
from decider.context.overcharged import difference_returned
from decider.context.policy_input import DisputesInput
from decider.context.purchase_input import PaymentInput
from decider.context.records import Lot, Payment, Plan, amount_of
from decider.v1 import facts_pb2

__all__ = ["concerned", "disputes_input", "payment_inputs"]

_SETTLED = (facts_pb2.DISPUTE_STATUS_WON, facts_pb2.DISPUTE_STATUS_LOST)
_DISPUTE = len("DISPUTE_STATUS_")


def concerned(account: Account, order: Order) -> list[Payment]:
    """Return, by id, the payments of what is requested, and the duplicates of these that granted nothing themselves.

    What was given away, or sold by somebody else, pays nothing back: nothing waits for what becomes of its payment.
    What was charged for a gift by mistake, too much or twice, is another matter.
    """
    own = [lot for lot in order.lots if lot.payment_id and not lot.message.sold_by]
    paid = {lot.payment_id for lot in own if lot.is_paid or _was_charged_by_mistake(account, lot)}
    repeated = {lot.payment_id for lot in own}
    if order.plan is not None and order.plan.charged_at is not None:
        paid.add(order.plan.payment_id)
        repeated.add(order.plan.payment_id)
    return [
        payment
        for payment in account.payments_by_id.values()
        if payment.id in paid or (payment.duplicate_of in repeated and account.granted_nothing(payment))
    ]


def payment_inputs(account: Account, order: Order, payments: list[Payment], currency: str) -> list[PaymentInput]:
    """Return the payments concerned; `currency` is that of one of which nothing was captured."""
    paid_for: dict[str, list[str]] = {}
    for lot in order.lots:
        paid_for.setdefault(lot.payment_id, []).append(lot.id)
    return [
        _payment_input(account, payment, paid_for.get(payment.id, []), order.plan, currency) for payment in payments
    ]


def disputes_input(account: Account, payments: list[Payment]) -> DisputesInput:
    """Return what is disputed over all payments; `payments` are those concerned."""
    ids = {payment.id for payment in payments}
    return {
        "any_open": any(payment.is_disputed for payment in account.payments),
        "open_elsewhere": any(payment.is_disputed and payment.id not in ids for payment in account.payments),
        "any_settled": any(payment.dispute_status in _SETTLED for payment in account.payments),
    }


def _payment_input(
    account: Account, payment: Payment, paid_for: list[str], plan: Plan | None, currency: str
) -> PaymentInput:
    # What was charged too much and went back is as if it had never been charged.
    settled = difference_returned(account, payment).total
    captured = amount_of(payment.captured) - settled
    own, third_party = _fees(account, payment)
    refunded = sum(amount_of(one.amount) for one in payment.refunds if one.is_paid_out) - settled
    return {
        "id": payment.id,
        "method": payment.message.method.strip().lower(),
        "currency": payment.captured.currency if payment.captured is not None else currency,
        "captured": captured,
        "judged": payment.judged,
        "overcharged": payment.overcharged - settled,
        "fee_own": own,
        "fee_third_party": third_party,
        "refunded": refunded,
        "goodwill": sum(
            amount_of(one.amount)
            for one in payment.refunds
            if one.is_paid_out and one.kind == facts_pb2.REFUND_KIND_GOODWILL
        ),
        "pending": sum(amount_of(one.amount) for one in payment.refunds if one.is_pending),
        "refund_pending": payment.refund_pending,
        "lost": payment.lost,
        "kept": max(0, captured - refunded - payment.lost),
        "dispute": "NONE"
        if payment.dispute_status is None
        else facts_pb2.DisputeStatus.Name(payment.message.dispute.status)[_DISPUTE:],
        "dispute_open": payment.is_disputed,
        "dispute_unauthorized": payment.message.dispute.unauthorized,
        "duplicate": _duplicate(payment),
        "paid_for": paid_for,
        "paid_for_plan": plan is not None and account.plan_of(payment) is plan,
        "paid_for_more": len(account.lots_of(payment)) > len(paid_for) or account.plan_of(payment) not in (None, plan),
    }


def _was_charged_by_mistake(account: Account, lot: Lot) -> bool:
    payment = account.payment_of(lot)
    return payment is not None and payment.is_mistake


def _duplicate(payment: Payment) -> str:
    if not payment.duplicate_of:
        return "NO"
    return "VERIFIED" if payment.message.duplicate_verified else "UNVERIFIED"


def _fees(account: Account, payment: Payment) -> tuple[int, int]:
    """Return the fees inside what is judged that the seller received, and those that a third party kept.

    A fee that a third party kept may have gone through this payment, or not, or in part: the sum tells.
    """
    lots, plan = account.lots_of(payment), account.plan_of(payment)
    kept = sum(amount_of(lot.fee) for lot in lots if lot.fee_kept_by_third_party)
    own = sum(amount_of(lot.fee) for lot in lots) - kept
    due = sum(lot.total for lot in lots) + (amount_of(plan.amount) if plan is not None else 0)
    return own, min(kept, max(0, payment.judged - (due - kept)))
