"""Selects the order that a request is about: lots or the plan (ruling 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from decider.evaluation.facts.linked_facts import LinkedFacts
from decider.evaluation.facts.model import Lot, Plan

__all__ = ["Order", "concerned_payments", "find_order", "possible_orders"]


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
    if request.order_ref is not None:
        return Order(lots=facts.lots_by_order.get(request.order_ref, ()), plan=_plan_of_order(facts), named=True)
    candidates = _candidates(facts)
    if len(candidates) != 1 or not _fits(facts, candidates[0]):
        return Order()
    return replace(candidates[0], inferred=True)


def possible_orders(facts: LinkedFacts) -> list[Order]:
    """Return the orders that a request which names none may be about, each as if the request named it."""
    return [replace(order, named=True) for order in _candidates(facts) if _fits(facts, order)]


def concerned_payments(facts: LinkedFacts, order: Order) -> list[str]:
    """Return the ids of the payments of an order, and of their duplicates that granted nothing themselves, ascending.

    The payment of a gift, or of a lot from another seller, is left out, because nothing is paid back for it. It is
    included if a gift was charged by mistake: too much or twice.
    """
    own = [(lot, payment) for lot in order.lots if (payment := facts.payment_of(lot)) and not lot.is_sold_elsewhere]
    paid = {payment.id for lot, payment in own if lot.is_paid or payment.is_mistake}
    repeated = {payment.id for _, payment in own}
    plan = order.plan
    if plan is not None and plan.charged_at is not None and plan.payment_id is not None:
        paid.add(plan.payment_id)
        repeated.add(plan.payment_id)
    again = (
        payment.id
        for original in {facts.originals[payment_id] for payment_id in repeated}
        for payment in facts.groups[original]
        if payment.duplicate_of is not None and facts.granted_nothing(payment)
    )
    return sorted(paid.union(again))


def _plan_of_order(facts: LinkedFacts) -> Plan | None:
    plan = facts.plan
    return plan if plan is not None and plan.order_ref == facts.request.order_ref else None


def _candidates(facts: LinkedFacts) -> list[Order]:
    """Return the purchases before the request: orders with a lot that the platform sold, and the plan if charged."""
    until = facts.request.requested_at
    sold = [lot for lot in facts.lots_by_id.values() if facts.was_sold(lot) and lot.purchased_at <= until]
    result = [Order(lots=(lot,)) for lot in sold if lot.order_ref is None]
    for order_ref in dict.fromkeys(lot.order_ref for lot in sold if lot.order_ref is not None):
        lots = facts.lots_by_order[order_ref]
        result.append(Order(lots=tuple(lot for lot in lots if lot.purchased_at <= until)))
    plan = facts.plan
    if plan is not None and facts.was_charged(plan) and (plan.bought_at is None or plan.bought_at <= until):
        result.append(Order(plan=plan))
    return result


def _fits(facts: LinkedFacts, order: Order) -> bool:
    """Whether the request can be about this order: an inference must never make a request invalid."""
    request = facts.request
    if request.credits is not None and (order.plan is not None or sum(lot.is_paid for lot in order.lots) > 1):
        return False
    if request.amount is None:
        return True
    return all(facts.currency_of(bought) in (None, request.amount.currency) for bought in order.bought)
