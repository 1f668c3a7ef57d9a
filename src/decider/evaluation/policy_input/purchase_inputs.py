"""The requested lots and the requested plan as the policy sees them, and the repaid lots."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from decider.evaluation.facts import Facts
from decider.evaluation.facts.model import Consent, Lot, Payment, Plan, amount_of
from decider.evaluation.facts.selection import Order
from decider.evaluation.policy_input.credits_left import CreditsLeft
from decider.evaluation.policy_input.purchase_types import (
    ConsentInput,
    LotCredits,
    LotInput,
    PlanInput,
    PurchaseInputs,
    RepaidLotInput,
)
from decider.evaluation.policy_input.refunds import Returned, returned
from decider.evaluation.times import SECOND

__all__ = ["plan_bought_at", "purchase_inputs"]


def plan_bought_at(facts: Facts, plan: Plan) -> int:
    """Return when a plan was bought: its conclusion, else its charge, else the earlier of its start and the request."""
    return min(plan.period_start, facts.request.requested_at) if plan.bought_at is None else plan.bought_at


def purchase_inputs(facts: Facts, order: Order, payments: Iterable[Payment], currency: str) -> PurchaseInputs:
    """Return the requested lots and plan, and the repaid lots of the groups of `payments`, the payments concerned.

    `currency` is that of a lot or plan whose own currency is not known.
    """
    plan, credits_left = order.plan, CreditsLeft(facts, order.lots)
    order_prices: dict[str | None, int] = {
        order_ref: sum(amount_of(lot.base_price) for lot in facts.lots_by_order[order_ref])
        for order_ref in {lot.order_ref for lot in order.lots if lot.order_ref is not None}
    }
    back = returned(facts, order.bought)
    return {
        "lots": [
            _lot_input(facts, lot, credits_left.of(lot), back[lot.id], currency, order_prices) for lot in order.lots
        ],
        "plans": [] if plan is None else [_plan_input(facts, plan, back[""], currency)],
        "repaid_lots": _repaid_lots(facts, credits_left, payments),
    }


def _repaid_lots(facts: Facts, credits_left: CreditsLeft, payments: Iterable[Payment]) -> list[RepaidLotInput]:
    """Return, by id, the lots whose own charge came back whole although credits of them are left (ruling 34).

    They are the lots of the groups of `payments`, requested or not. A group of one payment has none.
    """
    groups = {facts.originals[payment.id] for payment in payments}
    lots = [
        (lot, original)
        for original in groups
        if len(facts.groups[original]) > 1
        for payment in facts.groups[original]
        if 0 < amount_of(payment.captured) <= payment.refunded + payment.lost
        for lot in facts.lots_of(payment)
    ]
    repaid: list[RepaidLotInput] = []
    for lot, group in sorted(lots, key=lambda each: each[0].id):
        credits_of = credits_left.of(lot)
        left, bonus_left = credits_of["left"], credits_of["bonus_left"]
        if left or bonus_left:
            repaid.append({"id": lot.id, "group": group, "left": left, "bonus_left": bonus_left})
    return repaid


def _lot_input(
    facts: Facts,
    lot: Lot,
    lot_credits: LotCredits,
    back: Returned,
    currency: str,
    order_prices: Mapping[str | None, int],
) -> LotInput:
    return {
        "id": lot.id,
        "order_ref": lot.order_ref,
        "category": lot.category,
        "sold_elsewhere": lot.is_sold_elsewhere,
        "purchased_at": lot.purchased_at,
        "age_ns": facts.request.requested_at - lot.purchased_at,
        "payment_id": lot.payment_id if facts.payment_of(lot) is not None else None,
        "charged": facts.was_charged(lot),
        "currency": facts.currency_of(lot) or currency,
        "base_price": amount_of(lot.base_price),
        "fee": amount_of(lot.fee),
        "fee_kept_by_third_party": lot.fee_kept_by_third_party,
        "tax": amount_of(lot.tax),
        "total": lot.total,
        "order_base_price": order_prices.get(lot.order_ref, amount_of(lot.base_price)),
        "base": lot.base,
        "bonus": lot.bonus,
        **lot_credits,
        "refunded_unused": back.unused,
        "refunded_all": back.all_kinds,
        "goodwill": back.goodwill,
        "lost": back.lost,
        "refund_pending": back.is_pending,
        "consent": _consent_input(lot.consent),
    }


def _plan_input(facts: Facts, plan: Plan, back: Returned, currency: str) -> PlanInput:
    requested_at = facts.request.requested_at
    # A period of less than a second counts as one second, so that nothing is divided by 0.
    period_s = max(1, (plan.period_end - plan.period_start) // SECOND)
    elapsed_s = max(0, requested_at - plan.period_start) // SECOND
    return {
        "order_ref": plan.order_ref,
        "payment_id": plan.payment_id if plan.charged_at is not None else None,
        "currency": facts.currency_of(plan) or currency,
        "amount": amount_of(plan.amount),
        "charged": facts.was_charged(plan),
        "first_period": plan.is_first_period,
        "purchased_at": plan_bought_at(facts, plan),
        "started": requested_at >= plan.period_start,
        "period_start": plan.period_start,
        "period_end": plan.period_end,
        "elapsed_s": min(elapsed_s, period_s),
        "period_s": period_s,
        "charged_after_cancellation": plan.is_charged_after_cancellation,
        "refunded_unused": back.unused,
        "refunded_all": back.all_kinds,
        "lost": back.lost,
        "refund_pending": back.is_pending,
        "consent": _consent_input(plan.consent),
    }


def _consent_input(consent: Consent) -> ConsentInput:
    return {
        "express_request": consent.express_request,
        "loss_acknowledged": consent.loss_acknowledged,
        "confirmation_sent": consent.confirmation_sent,
        "information_given": consent.information_given,
    }
