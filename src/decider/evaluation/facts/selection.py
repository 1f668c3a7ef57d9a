"""What a request asks for: the lots or the plan (ruling 3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from operator import attrgetter

from decider.evaluation.facts.account import Account
from decider.evaluation.facts.model import Lot, Plan, amount_of
from decider.v1 import request_pb2

__all__ = ["Order", "currency_of", "find_order", "lot_was_charged", "orders_meant", "was_charged", "was_sold"]


@dataclass(frozen=True, slots=True)
class Order:
    """The requested lots, by id, or the requested plan; `inferred` where the request named neither, and one fits."""

    lots: tuple[Lot, ...] = ()
    plan: Plan | None = None
    named: bool = False
    inferred: bool = False

    @property
    def bought(self) -> tuple[Lot | Plan, ...]:
        """Lots and plan together."""
        return self.lots if self.plan is None else (*self.lots, self.plan)


def find_order(account: Account) -> Order:
    """Return what is asked for; nothing where that cannot be told.

    Any facts are taken: ids that name nothing are passed over, and are faults of their own.
    """
    request = account.request
    named = bool(request.lot_ids or request.order_ref)
    if request.remedy == request_pb2.REMEDY_CANCEL_SUBSCRIPTION:
        only = not named and _candidates(account) == [Order(plan=account.plan)]
        return Order(plan=account.plan, named=named, inferred=only)
    if request.lot_ids:
        wanted = set(request.lot_ids)
        return Order(lots=_sorted(lot for lot in account.lots_by_id.values() if lot.id in wanted), named=True)
    if request.order_ref:
        return Order(lots=_with_reference(account, request.order_ref), plan=_plan_of(account), named=True)
    candidates = _candidates(account)
    if len(candidates) != 1 or not _fits(account, candidates[0]):
        return Order()
    return Order(lots=candidates[0].lots, plan=candidates[0].plan, inferred=True)


def orders_meant(account: Account) -> list[Order]:
    """Return the orders that a request which names none may be about, each as if it was named."""
    return [replace(order, named=True) for order in _candidates(account) if _fits(account, order)]


def currency_of(account: Account, bought: Lot | Plan) -> str:
    """Return the currency a lot or plan was paid in: of what was captured, else of its price; empty where not told."""
    payment = account.payment_of(bought)
    price = bought.base_price if isinstance(bought, Lot) else bought.amount
    told = payment.captured if payment is not None and payment.captured is not None else price
    return "" if told is None else told.currency


def _with_reference(account: Account, order_ref: str) -> tuple[Lot, ...]:
    return _sorted(lot for lot in account.lots_by_id.values() if lot.order_ref == order_ref)


def _plan_of(account: Account) -> Plan | None:
    plan = account.plan
    return plan if plan is not None and plan.order_ref == account.request.order_ref else None


def _candidates(account: Account) -> list[Order]:
    """Return the purchases up to the request: orders of a lot that was sold here, and the plan if it was charged."""
    until = account.requested_at
    paid = [lot for lot in account.lots_by_id.values() if was_sold(account, lot) and lot.purchased_at <= until]
    result = [Order(lots=(lot,)) for lot in paid if not lot.order_ref]
    for order_ref in dict.fromkeys(lot.order_ref for lot in paid if lot.order_ref):
        lots = _with_reference(account, order_ref)
        result.append(Order(lots=tuple(lot for lot in lots if lot.purchased_at <= until)))
    plan = account.plan
    if plan is not None and was_charged(account, plan) and (plan.bought_at or 0) <= until:
        result.append(Order(plan=plan))
    return result


def was_sold(account: Account, lot: Lot) -> bool:
    """Whether the platform itself sold the lot for money: a gift, or a reseller's, is not meant by an unnamed order."""
    payment = account.payment_of(lot)
    return lot.is_paid and not lot.message.sold_by and payment is not None and amount_of(payment.captured) > 0


def was_charged(account: Account, plan: Plan) -> bool:
    """Whether the plan was captured: charged_at is told and its payment, or a duplicate of that, took money."""
    payment = account.payment_of(plan)
    if plan.charged_at is None or payment is None:
        return False
    return amount_of(payment.captured) > 0 or payment.id in account.paid_again


def lot_was_charged(account: Account, lot: Lot) -> bool:
    """Whether money was taken for the lot: it has a price, or its payment is a second one, has one or took too much."""
    payment = account.payment_of(lot)
    if payment is None:
        return False
    if amount_of(payment.captured) == 0:
        return payment.id in account.paid_again
    return lot.total > 0 or payment.is_mistake


def _fits(account: Account, order: Order) -> bool:
    """Whether what is asked for can be meant of this order: a guess must never make a request faulty."""
    request = account.request
    if request.HasField("requested_credits_micros") and (
        order.plan is not None or sum(lot.is_paid for lot in order.lots) > 1
    ):
        return False
    if not request.HasField("requested_amount"):
        return True
    return all(currency_of(account, one) in ("", request.requested_amount.currency_code) for one in order.bought)


def _sorted(lots: Iterable[Lot]) -> tuple[Lot, ...]:
    return tuple(sorted(lots, key=attrgetter("id")))
