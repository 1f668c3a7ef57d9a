"""Selects the order that a request is about: lots or the plan (ruling 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from decider.evaluation.facts.linked_facts import LinkedFacts
from decider.evaluation.facts.model import Lot, Plan, amount_of

__all__ = ["Order", "find_order", "lot_was_charged", "possible_orders", "was_charged", "was_sold"]


@dataclass(frozen=True, slots=True)
class Order:
    """The requested lots, by id, or the requested plan.

    `named` says that the request names the order, and `inferred` that it names none but only one order fits it.
    """

    lots: Sequence[Lot] = ()
    plan: Plan | None = None
    named: bool = False
    inferred: bool = False

    @property
    def bought(self) -> Sequence[Lot | Plan]:
        """The lots and the plan."""
        return self.lots if self.plan is None else (*self.lots, self.plan)


def find_order(facts: LinkedFacts) -> Order:
    """Return the order that is requested; it is empty if the request leaves it open.

    Ids that name nothing are ignored here; validation refuses them.
    """
    request = facts.request
    named = request.names_an_order
    if request.remedy == "CANCEL_SUBSCRIPTION":
        only = not named and _candidates(facts) == [Order(plan=facts.plan)]
        return Order(plan=facts.plan, named=named, inferred=only)
    if request.lot_ids:
        wanted = set(request.lot_ids)
        return Order(lots=tuple(lot for lot in facts.lots_by_id.values() if lot.id in wanted), named=True)
    if request.order_ref:
        return Order(lots=facts.lots_by_order.get(request.order_ref, ()), plan=_plan_of_order(facts), named=True)
    candidates = _candidates(facts)
    if len(candidates) != 1 or not _fits(facts, candidates[0]):
        return Order()
    return replace(candidates[0], inferred=True)


def possible_orders(facts: LinkedFacts) -> list[Order]:
    """Return the orders that a request which names none may be about, each as if the request named it."""
    return [replace(order, named=True) for order in _candidates(facts) if _fits(facts, order)]


def was_sold(facts: LinkedFacts, lot: Lot) -> bool:
    """Whether the platform itself sold the lot for money. An order without a name is never a gift or a reseller's."""
    payment = facts.payment_of(lot)
    return lot.is_paid and not lot.is_sold_elsewhere and payment is not None and amount_of(payment.captured) > 0


def was_charged(facts: LinkedFacts, plan: Plan) -> bool:
    """Whether the plan was charged: charged_at is stated, and its payment or a duplicate of that took money."""
    payment = facts.payment_of(plan)
    if plan.charged_at is None or payment is None:
        return False
    return amount_of(payment.captured) > 0 or payment.id in facts.paid_again


def lot_was_charged(facts: LinkedFacts, lot: Lot) -> bool:
    """Whether money was taken for the lot: for its price, by mistake, or by a duplicate of its payment."""
    payment = facts.payment_of(lot)
    if payment is None:
        return False
    if amount_of(payment.captured) == 0:
        return payment.id in facts.paid_again
    return lot.total > 0 or payment.is_mistake


def _plan_of_order(facts: LinkedFacts) -> Plan | None:
    plan = facts.plan
    return plan if plan is not None and plan.order_ref == facts.request.order_ref else None


def _candidates(facts: LinkedFacts) -> list[Order]:
    """Return the purchases before the request: orders with a lot that the platform sold, and the plan if charged."""
    until = facts.request.requested_at
    sold = [lot for lot in facts.lots_by_id.values() if was_sold(facts, lot) and lot.purchased_at <= until]
    result = [Order(lots=(lot,)) for lot in sold if not lot.order_ref]
    for order_ref in dict.fromkeys(lot.order_ref for lot in sold if lot.order_ref):
        lots = facts.lots_by_order[order_ref]
        result.append(Order(lots=tuple(lot for lot in lots if lot.purchased_at <= until)))
    plan = facts.plan
    if plan is not None and was_charged(facts, plan) and (plan.bought_at or 0) <= until:
        result.append(Order(plan=plan))
    return result


def _fits(facts: LinkedFacts, order: Order) -> bool:
    """Whether the request can be about this order: an inference must never make a request invalid."""
    request = facts.request
    if request.credits is not None and (order.plan is not None or sum(lot.is_paid for lot in order.lots) > 1):
        return False
    if request.amount is None:
        return True
    return all(facts.currency_of(bought) in ("", request.amount.currency) for bought in order.bought)
