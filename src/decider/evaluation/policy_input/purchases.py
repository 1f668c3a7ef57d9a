"""The requested lots and plan as the policy sees them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from operator import attrgetter

from decider.evaluation.facts.account import Account, Taken
from decider.evaluation.facts.model import Lot, Payment, Plan, amount_of
from decider.evaluation.facts.selection import Order, currency_of, lot_was_charged, was_charged
from decider.evaluation.policy_input.purchase_document import (
    ConsentInput,
    LotCredits,
    LotInput,
    PlanInput,
    RepaidLotInput,
)
from decider.evaluation.policy_input.refunds import Returned, returned, taken_but_awaited
from decider.evaluation.policy_input.usage_attribution import Use, attribute, total_used
from decider.evaluation.times import SECOND
from decider.v1 import facts_pb2

__all__ = ["lot_inputs", "plan_bought_at", "plan_inputs", "repaid_lots", "uses_now"]

_NOTHING = Taken()
_CATEGORIES: Mapping[int, str] = {
    facts_pb2.LOT_CATEGORY_PAID: "PAID",
    facts_pb2.LOT_CATEGORY_PROMOTIONAL: "PROMOTIONAL",
    facts_pb2.LOT_CATEGORY_SERVICE: "SERVICE",
}


def uses_now(account: Account) -> Mapping[str, Use]:
    """Return what was used of each lot, by lot id, as refunds stand."""
    order = account.facts.ledger.consumption_order
    return attribute(account.lots, account.taken_live, total_used(account), order)


def lot_inputs(account: Account, now: Mapping[str, Use], order: Order, currency: str) -> list[LotInput]:
    """Return the requested lots by id; `currency` is that of a lot whose own is not told, `now` as of uses_now."""
    taken = taken_but_awaited(account, order.lots)
    uses = _uses(account, now, taken)
    inputs = []
    for lot, back in zip(order.lots, returned(account, order.lots), strict=True):
        order_price = account.order_prices[lot.order_ref] if lot.order_ref else amount_of(lot.base_price)
        own_currency = currency_of(account, lot) or currency
        became = _credits_of(account, lot, uses[lot.id], taken)
        inputs.append(_lot_input(account, lot, became, back, own_currency, order_price))
    return inputs


def repaid_lots(
    account: Account, now: Mapping[str, Use], order: Order, payments: Sequence[Payment]
) -> list[RepaidLotInput]:
    """Return, by id, the lots whose own charge came back whole although credits of them are left (ruling 34).

    They are those of the groups of `payments`, requested or not; a payment that no other repeats has none.
    """
    groups = {account.originals[payment.id] for payment in payments}
    lots = [
        lot
        for original in groups
        if len(account.groups[original]) > 1
        for payment in account.groups[original]
        if _came_back_whole(payment)
        for lot in account.lots_of(payment)
    ]
    if not lots:
        return []
    taken = taken_but_awaited(account, order.lots)
    uses = _uses(account, now, taken)
    became = {lot.id: _credits_of(account, lot, uses[lot.id], taken) for lot in lots}
    return [
        {
            "id": lot.id,
            "group": account.originals[lot.payment_id],
            "left": became[lot.id]["left"],
            "bonus_left": became[lot.id]["bonus_left"],
        }
        for lot in sorted(lots, key=attrgetter("id"))
        if became[lot.id]["left"] or became[lot.id]["bonus_left"]
    ]


def _came_back_whole(payment: Payment) -> bool:
    refunded = sum(amount_of(refund.amount) for refund in payment.refunds if refund.is_paid_out)
    return 0 < amount_of(payment.captured) <= refunded + payment.lost


def _uses(account: Account, now: Mapping[str, Use], taken: Mapping[str, Taken]) -> Mapping[str, Use]:
    """Return what was used of each lot, had refunds taken back `taken`; whether it is told is told by what they did.

    A duplicate is paid while the rest of the request is held, so that its lots are told as the facts are.
    """
    if taken == account.taken_live:
        return now
    judged = attribute(account.lots, taken, total_used(account), account.facts.ledger.consumption_order)
    return {
        lot_id: now[lot_id]
        if _is_free_duplicate(account.payment_of(lot))
        else replace(judged[lot_id], is_told=judged[lot_id].is_told or now[lot_id].is_told)
        for lot_id, lot in account.lots_by_id.items()
    }


def _is_free_duplicate(payment: Payment | None) -> bool:
    return payment is not None and bool(payment.duplicate_of) and not payment.refund_pending


def plan_bought_at(account: Account, plan: Plan) -> int:
    """Return when the contract was concluded: else when charged, else the earlier of period start and request."""
    return min(plan.period_start, account.requested_at) if plan.bought_at is None else plan.bought_at


def plan_inputs(account: Account, order: Order, currency: str) -> list[PlanInput]:
    """Return the requested plan, if one is; `currency` as for lots."""
    plan = order.plan
    if plan is None:
        return []
    back = returned(account, [plan])[0]
    # A period of less than a second would be one of none, and share nothing out.
    period_s = max(1, (plan.period_end - plan.period_start) // SECOND)
    elapsed_s = max(0, account.requested_at - plan.period_start) // SECOND
    return [
        {
            "order_ref": plan.order_ref,
            "payment_id": plan.payment_id if plan.charged_at is not None else "",
            "currency": currency_of(account, plan) or currency,
            "amount": amount_of(plan.amount),
            "charged": was_charged(account, plan),
            "first_period": plan.message.first_period,
            "purchased_at": plan_bought_at(account, plan),
            "started": account.requested_at >= plan.period_start,
            "period_start": plan.period_start,
            "period_end": plan.period_end,
            "elapsed_s": min(elapsed_s, period_s),
            "period_s": period_s,
            "charged_after_cancellation": _was_charged_late(plan),
            "refunded_unused": back.unused,
            "refunded_all": back.all_kinds,
            "lost": back.lost,
            "refund_pending": back.is_pending,
            "consent": _consent(plan.message.consent),
        }
    ]


def _credits_of(account: Account, lot: Lot, use: Use, taken_back: Mapping[str, Taken]) -> LotCredits:
    """Return what became of a lot's credits; `taken_back` is what the draw order was told of refunds."""
    taken = account.taken.get(lot.id, _NOTHING)
    # Reserved credits are held of the base, then of the bonus (ruling 23).
    base_reserved = min(lot.reserved, lot.base - taken_back.get(lot.id, _NOTHING).base - use.base)
    bonus_reserved = lot.reserved - base_reserved
    unused = lot.base - use.base - base_reserved
    return {
        "usage_told": use.is_told,
        "usage_split_told": use.is_split_told,
        "base_used": use.base,
        "bonus_used": use.bonus,
        "base_reserved": base_reserved,
        "bonus_reserved": bonus_reserved,
        "base_taken": taken.base,
        "bonus_taken": taken.bonus,
        "unused": unused,
        "left": unused - taken.base,
        "bonus_left": lot.bonus - use.bonus - bonus_reserved - taken.bonus,
        "used": use.base + use.bonus + lot.reserved,
    }


def _lot_input(
    account: Account, lot: Lot, became: LotCredits, back: Returned, currency: str, order_base_price: int
) -> LotInput:
    payment = account.payment_of(lot)
    return {
        "id": lot.id,
        "order_ref": lot.order_ref,
        "category": _CATEGORIES[lot.category],
        "sold_elsewhere": bool(lot.message.sold_by),
        "purchased_at": lot.purchased_at,
        "age_ns": account.requested_at - lot.purchased_at,
        "payment_id": lot.payment_id if payment is not None else "",
        "charged": lot_was_charged(account, lot),
        "currency": currency,
        "base_price": amount_of(lot.base_price),
        "fee": amount_of(lot.fee),
        "fee_kept_by_third_party": lot.fee_kept_by_third_party,
        "tax": amount_of(lot.tax),
        "total": lot.total,
        "order_base_price": order_base_price,
        "base": lot.base,
        "bonus": lot.bonus,
        **became,
        "refunded_unused": back.unused,
        "refunded_all": back.all_kinds,
        "goodwill": back.goodwill,
        "lost": back.lost,
        "refund_pending": back.is_pending,
        "consent": _consent(lot.message.consent),
    }


def _was_charged_late(plan: Plan) -> bool:
    """Whether the period was charged after cancellation (ruling 12)."""
    if plan.charged_at is None or plan.cancelled_at is None:
        return False
    return plan.charged_at > plan.cancelled_at and plan.period_start >= plan.cancelled_at


def _consent(consent: facts_pb2.WithdrawalConsent) -> ConsentInput:
    return {
        "express_request": consent.HasField("express_request_at"),
        "loss_acknowledged": consent.HasField("loss_acknowledged_at"),
        "confirmation_sent": consent.HasField("confirmation_sent_at"),
        "information_given": consent.withdrawal_information_given,
    }
