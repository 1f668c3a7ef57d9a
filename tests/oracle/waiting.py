"""The facts as they may come to stand: what is awaited over, and each order that may be meant (rulings 10 and 39)."""

from __future__ import annotations

import copy

from oracle.order import Order
from oracle.times import instant
from oracle.world import World, is_open


def after(world: World) -> World:
    """Return the world in which what is awaited ended for the customer (ruling 10)."""
    document = copy.deepcopy(world.document)
    facts = document["facts"]
    ledger = facts.get("ledger") or {}
    if ledger.get("used_micros") is None and ledger.get("balance_micros") is not None:
        granted = sum(one.base + one.bonus - one.base_taken - one.bonus_taken for one in world.credits.values())
        ledger["used_micros"] = granted - ledger["balance_micros"]
    for payment in facts.get("payments", []):
        for refund in payment.get("refunds", []):
            if refund["status"] == "PENDING":
                refund["status"] = "FAILED"
        dispute = payment.get("dispute")
        if is_open(dispute):
            dispute["status"] = "WON"
    if facts["account"].get("status_reason") == "UNDER_INVESTIGATION":
        facts["account"]["status"] = "ACTIVE"
    return World(document, world.overrides)


def same_order(world: World, order: Order) -> Order:
    """Return the same order in another world."""
    ids = {lot["id"] for lot in order.lots}
    return Order([lot for lot in world.lots if lot["id"] in ids], world.plan if order.plan else None, order.known)


def in_one_currency(world: World, orders: list[Order]) -> list[Order]:
    """Return the orders in the currency of the answer, that of the first payment (ruling 33): no other compares."""
    code = next(
        (one["captured"]["currency_code"] for _, one in sorted(world.payments.items()) if "captured" in one), ""
    )
    return [order for order in orders if all(world.currency(item) in (code, "") for item in order.items)]


def orders_meant(world: World) -> list[Order]:
    """Return the orders that a request without one may mean."""
    request = world.request
    before = [lot for lot in world.lots if (instant(lot["purchased_at"]) or 0) <= world.asked]
    refs = sorted({lot["order_ref"] for lot in before if lot.get("order_ref")})
    found = [Order([lot for lot in world.lots if lot.get("order_ref") == ref]) for ref in refs]
    found += [Order([lot]) for lot in before if not lot.get("order_ref")]
    plan = world.plan
    bought = instant(plan.get("concluded_at") or plan.get("charged_at") or plan.get("period_start")) if plan else None
    if plan and bought is not None and bought <= world.asked:
        found.append(Order(plan=plan))
    if world.part is not None:
        found = [one for one in found if not one.plan and sum(lot["category"] == "PAID" for lot in one.lots) == 1]
    amount = request.get("requested_amount")
    if amount:
        code = amount["currency_code"]
        found = [one for one in found if all(world.currency(item) == code for item in one.items)]
    return found
