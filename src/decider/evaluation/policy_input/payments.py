"""The payments concerned, as the policy sees them, and the disputes over all payments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter

from decider.evaluation.facts.account import Account
from decider.evaluation.facts.model import Lot, Payment, Plan, amount_of
from decider.evaluation.facts.selection import Order
from decider.evaluation.policy_input.document import DisputesInput
from decider.evaluation.policy_input.overcharge import difference_returned
from decider.evaluation.policy_input.purchase_document import PaymentInput, PriceInput, RefundSourceInput
from decider.v1 import facts_pb2

__all__ = ["concerned", "disputes_input", "payment_inputs", "refund_sources"]

_SETTLED = (facts_pb2.DISPUTE_STATUS_WON, facts_pb2.DISPUTE_STATUS_LOST)
_DISPUTE = len("DISPUTE_STATUS_")


def concerned(account: Account, order: Order) -> list[Payment]:
    """Return, by id, the payments of what is requested, and the duplicates of these that granted nothing themselves.

    What was given away, or sold by somebody else, pays nothing back: nothing waits for what becomes of its payment.
    What was charged for a gift by mistake, too much or twice, is another matter.
    """
    own = [lot for lot in order.lots if lot.payment_id in account.payments_by_id and not lot.message.sold_by]
    paid = {lot.payment_id for lot in own if lot.is_paid or _was_charged_by_mistake(account, lot)}
    repeated = {lot.payment_id for lot in own}
    if order.plan is not None and order.plan.charged_at is not None:
        paid.add(order.plan.payment_id)
        repeated.add(order.plan.payment_id)
    again = (
        payment.id
        for original in {account.originals[payment_id] for payment_id in repeated}
        for payment in account.groups[original]
        if payment.duplicate_of and account.granted_nothing(payment)
    )
    return [account.payments_by_id[payment_id] for payment_id in sorted(paid.union(again))]


def payment_inputs(
    account: Account, sent: Account, order: Order, payments: list[Payment], currency: str
) -> list[PaymentInput]:
    """Return the payments concerned; `currency` is that of one of which nothing was captured, `sent` as below."""
    paid_for: dict[str, list[str]] = {}
    for lot in order.lots:
        paid_for.setdefault(lot.payment_id, []).append(lot.id)
    groups = {original: account.groups[original] for original in {account.originals[one.id] for one in payments}}
    missing = {
        payment_id: amount
        for original, group in groups.items()
        for payment_id, amount in _missing(group, sent.groups[original]).items()
    }
    disputed = {original for original, group in groups.items() if any(one.is_disputed for one in group)}
    inputs = []
    for payment in payments:
        plain = _payment_input(account, payment, paid_for.get(payment.id, []), order.plan, currency)
        # An open dispute of any payment of a group holds its verified duplicates (ruling 34).
        is_held = payment.is_verified and account.originals[payment.id] in disputed
        kept = max(0, plain["kept"] - missing[payment.id])
        inputs.append(plain | {"kept": kept, "dispute_open": plain["dispute_open"] or is_held})
    return inputs


def refund_sources(sent: Account, payments: list[Payment]) -> list[RefundSourceInput]:
    """Return what can give money back, by captured_at, then id: the groups of the payments concerned (ruling 35).

    `sent` is the account before any figure was moved: it says what is really left of each payment.
    """
    members = [member for original in {sent.originals[one.id] for one in payments} for member in sent.groups[original]]
    return [
        {
            "payment_id": payment.id,
            "group": sent.originals[payment.id],
            "method": _method(payment),
            "left": max(0, payment.held),
        }
        for payment in sorted(members, key=attrgetter("captured_at", "id"))
    ]


def disputes_input(account: Account, concerned_payments: Iterable[PaymentInput]) -> DisputesInput:
    """Return what is disputed over all payments."""
    ids = {payment["id"] for payment in concerned_payments}
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
        "method": _method(payment),
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
        "price": _price(account, payment),
        "paid_for_more": len(account.lots_of(payment)) > len(paid_for) or account.plan_of(payment) not in (None, plan),
    }


def _was_charged_by_mistake(account: Account, lot: Lot) -> bool:
    payment = account.payment_of(lot)
    return payment is not None and payment.is_mistake


def _method(payment: Payment) -> str:
    return payment.message.method.strip().lower()


def _missing(group: Sequence[Payment], sent: Sequence[Payment]) -> dict[str, int]:
    """Return what payments of a group gave for others beyond what those took, shared over those that answer for it.

    A refund of a lot is of that lot's payment, whichever payment gave it: what is more than that payment took is
    missing from the others, by captured_at, then id. What went back of a payment beyond its own is missing from none.
    """
    beyond = max(0, _overdrawn(group) - _overdrawn(sent))
    missing = {}
    for payment in group:
        missing[payment.id] = min(beyond, max(0, payment.held))
        beyond -= missing[payment.id]
    return missing


def _overdrawn(payments: Iterable[Payment]) -> int:
    return sum(max(0, -payment.held) for payment in payments)


def _price(account: Account, payment: Payment) -> PriceInput:
    """Return what the order of a payment cost: of a duplicate that granted nothing, its original's (ruling 35)."""
    of = payment if not account.granted_nothing(payment) else account.payments_by_id[account.originals[payment.id]]
    lots, plan = account.lots_of(of), account.plan_of(of)
    fee = sum(amount_of(lot.fee) for lot in lots if not lot.fee_kept_by_third_party)
    tax = sum(amount_of(lot.tax) for lot in lots)
    rest = sum(amount_of(lot.base_price) for lot in lots) + (amount_of(plan.amount) if plan is not None else 0)
    return {"total": rest + fee + tax, "fee": fee, "tax": tax}


def _duplicate(payment: Payment) -> str:
    if not payment.duplicate_of:
        return "NO"
    return "VERIFIED" if payment.is_verified else "UNVERIFIED"


def _fees(account: Account, payment: Payment) -> tuple[int, int]:
    """Return the fees inside what is judged that the seller received, and those that a third party kept.

    A fee that a third party kept may have gone through this payment, or not, or in part: the sum tells.
    """
    lots, plan = account.lots_of(payment), account.plan_of(payment)
    kept = sum(amount_of(lot.fee) for lot in lots if lot.fee_kept_by_third_party)
    own = sum(amount_of(lot.fee) for lot in lots) - kept
    due = sum(lot.total for lot in lots) + (amount_of(plan.amount) if plan is not None else 0)
    return own, min(kept, max(0, payment.judged - (due - kept)))
