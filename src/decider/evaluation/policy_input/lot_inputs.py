"""The requested lots as the policy sees them, and the repaid lots of the same groups."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter

from decider.evaluation.facts import Facts
from decider.evaluation.facts.model import Lot, Payment, amount_of
from decider.evaluation.facts.selection import Order, lot_was_charged
from decider.evaluation.policy_input.consents import consent_input
from decider.evaluation.policy_input.credits_left import CreditsLeft
from decider.evaluation.policy_input.purchase_types import LotInput, RepaidLotInput
from decider.evaluation.policy_input.refunds import Returned, returned

__all__ = ["lot_inputs", "repaid_lots"]


def lot_inputs(facts: Facts, order: Order, credits_left: CreditsLeft, currency: str) -> list[LotInput]:
    """Return the requested lots by id. `currency` is that of a lot whose own currency is not known."""
    order_prices = {
        order_ref: sum(amount_of(lot.base_price) for lot in facts.lots_by_order[order_ref])
        for order_ref in {lot.order_ref for lot in order.lots if lot.order_ref}
    }
    return [
        _lot_input(
            facts,
            lot,
            credits_left,
            back,
            facts.currency_of(lot) or currency,
            order_prices.get(lot.order_ref, amount_of(lot.base_price)),
        )
        for lot, back in zip(order.lots, returned(facts, order.lots), strict=True)
    ]


def repaid_lots(facts: Facts, credits_left: CreditsLeft, payments: Iterable[Payment]) -> list[RepaidLotInput]:
    """Return, by id, the lots whose own charge came back whole although credits of them are left (ruling 34).

    They are the lots of the groups of `payments`, requested or not. A group of one payment has none.
    """
    groups = {facts.originals[payment.id] for payment in payments}
    lots = [
        lot
        for original in groups
        if len(facts.groups[original]) > 1
        for payment in facts.groups[original]
        if 0 < amount_of(payment.captured) <= payment.refunded + payment.lost
        for lot in facts.lots_of(payment)
    ]
    repaid = []
    for lot in sorted(lots, key=attrgetter("id")):
        credits_of = credits_left.of(lot)
        left, bonus_left = credits_of["left"], credits_of["bonus_left"]
        if left or bonus_left:
            group = facts.originals[lot.payment_id]
            repaid.append(RepaidLotInput(id=lot.id, group=group, left=left, bonus_left=bonus_left))
    return repaid


def _lot_input(
    facts: Facts, lot: Lot, credits_left: CreditsLeft, back: Returned, currency: str, order_base_price: int
) -> LotInput:
    payment = facts.payment_of(lot)
    return {
        "id": lot.id,
        "order_ref": lot.order_ref,
        "category": lot.category,
        "sold_elsewhere": lot.is_sold_elsewhere,
        "purchased_at": lot.purchased_at,
        "age_ns": facts.request.requested_at - lot.purchased_at,
        "payment_id": lot.payment_id if payment is not None else "",
        "charged": lot_was_charged(facts, lot),
        "currency": currency,
        "base_price": amount_of(lot.base_price),
        "fee": amount_of(lot.fee),
        "fee_kept_by_third_party": lot.fee_kept_by_third_party,
        "tax": amount_of(lot.tax),
        "total": lot.total,
        "order_base_price": order_base_price,
        "base": lot.base,
        "bonus": lot.bonus,
        **credits_left.of(lot),
        "refunded_unused": back.unused,
        "refunded_all": back.all_kinds,
        "goodwill": back.goodwill,
        "lost": back.lost,
        "refund_pending": back.is_pending,
        "consent": consent_input(lot.consent),
    }
