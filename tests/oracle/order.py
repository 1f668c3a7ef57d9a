"""What a request asks for (rulings 3 and 6): the lots or the plan, and whether that was guessed."""

from __future__ import annotations

from dataclasses import dataclass, field

from oracle.law import lot_claim, plan_claim
from oracle.times import instant
from oracle.world import Doc, World


@dataclass
class Order:
    """The requested lots or plan; `known` is false where the request names neither and none may be inferred."""

    lots: list[Doc] = field(default_factory=list)
    plan: Doc | None = None
    known: bool = True

    @property
    def items(self) -> list[Doc]:
        return [*self.lots, *([self.plan] if self.plan else [])]


def order_of(world: World) -> Order:
    """Return what is asked for."""
    request = world.request
    if world.remedy == "CANCEL_SUBSCRIPTION":
        return Order(plan=world.plan)
    if request.get("lot_ids"):
        return Order(lots=[lot for lot in world.lots if lot["id"] in request["lot_ids"]])
    ref = request.get("order_ref")
    if ref:
        plan = world.plan if world.plan and world.plan.get("order_ref") == ref else None
        return Order(lots=[lot for lot in world.lots if lot.get("order_ref") == ref], plan=plan)
    found = the_only(world)
    if found and (world.p["infer_order_ref"] or has_claim(world, found)):
        return found
    return Order(known=False)


def has_claim(world: World, order: Order) -> bool:
    """Tell whether the law gives something for what is asked, before earlier refunds are taken off."""
    claims = [lot_claim(world, lot, world.credits[lot["id"]], world.part) for lot in order.lots]
    if order.plan:
        claims.append(plan_claim(world, order.plan))
    return any(claim.most > 0 or claim.sure > 0 for claim in claims)


def the_only(world: World) -> Order | None:
    """Return the one purchase that was made before the request and that it can mean."""
    before = [lot for lot in world.lots if (instant(lot["purchased_at"]) or 0) <= world.asked]
    paid = [
        lot
        for lot in before
        if lot["category"] == "PAID" and not lot.get("sold_by") and world.captured(lot.get("payment_id")) > 0
    ]
    found = [Order(lots=[lot]) for lot in paid if not lot.get("order_ref")]
    refs = {lot["order_ref"] for lot in paid if lot.get("order_ref")}
    found += [Order(lots=[lot for lot in before if lot.get("order_ref") == ref]) for ref in refs]
    plan = world.plan
    if plan and plan.get("charged_at") and world.captured(plan.get("payment_id")) > 0:
        bought = instant(plan.get("concluded_at")) or instant(plan["charged_at"]) or 0
        found += [Order(plan=plan)] if bought <= world.asked else []
    if len(found) != 1:
        return None
    one, request = found[0], world.request
    single = not one.plan and sum(lot["category"] == "PAID" for lot in one.lots) <= 1
    if world.part is not None and not single:
        return None
    amount = request.get("requested_amount")
    if amount and any(amount["currency_code"] != world.currency(item) for item in one.items):
        return None
    return one
