"""What is paid back whatever the merits are: duplicates, overcharges and late charges (P4, rulings 11, 12 and 34)."""

from __future__ import annotations

from oracle.bars import payment_held
from oracle.contract import Gross, earlier, entitlement
from oracle.law import lot_claim
from oracle.order import Order
from oracle.times import instant
from oracle.world import Doc, World, minor, shared
from oracle.worth import Part, earned


def concerned(world: World, order: Order) -> list[Doc]:
    """Return the payments of what is asked for, and those of their groups that granted nothing."""
    own = {item.get("payment_id") for item in order.items if item is not order.plan or item.get("charged_at")}
    granted = {item.get("payment_id") for item in [*world.lots, *([world.plan] if world.plan else [])]}
    groups = {world.original(name) for name in own if name in world.payments}
    return [
        payment
        for name, payment in world.payments.items()
        if name in own or (payment.get("duplicate_of") and name not in granted and world.original(name) in groups)
    ]


def duplicates(world: World, order: Order, *, verified: bool) -> list[Doc]:
    """Return the duplicates that are paid back without a person, or those that a person has to look at."""
    auto = world.p["duplicate_mode"] == "auto"
    return [
        payment
        for payment in concerned(world, order)
        if payment.get("duplicate_of") and (auto and bool(payment.get("duplicate_verified"))) == verified
    ]


def is_held(world: World, duplicate: Doc) -> bool:
    """Tell whether a verified duplicate waits: for itself, or for a dispute of any payment of its group."""
    group = world.original(duplicate["id"])
    return payment_held(duplicate) or any(
        payment_held({"dispute": payment.get("dispute")})
        for name, payment in world.payments.items()
        if world.original(name) == group
    )


def duplicate_parts(world: World, order: Order, duplicate: Doc, *, won: bool = False) -> list[Part]:
    """Return what a duplicate pays back (ruling 11); `won` with all legal calls won."""
    name = str(duplicate["id"])
    payment = world.payments[name]
    left = world.left(name)
    lots = [lot for lot in order.lots if lot.get("payment_id") == name and lot["category"] == "PAID"]
    granted = [item for item in [*world.lots, world.plan] if item and item.get("payment_id") == name]
    have = {lot["id"]: world.credits[lot["id"]] for lot in lots}
    asked = {
        lot_id: one.unused if world.part is None else min(one.unused, one.base_taken + world.part)
        for lot_id, one in have.items()
    }
    partly = any(one.consumed or asked[lot_id] < one.unused for lot_id, one in have.items())
    wholly = all(item in order.items or (item is world.plan and not item.get("charged_at")) for item in granted)
    if not left:
        return []
    over = world.overcharge(name)
    if not partly and wholly:
        if lots:
            wholes = [_whole(lot) for lot in lots]
            return _parts(name, lots, wholes, [*(one.total for one in wholes), over], left)
        gross = _split([lot for lot in granted if lot is not world.plan] or _of_original(world, payment), over)
        return [Part(name, left, gross=gross, worth=left, due=left, plan=order.plan in granted)]
    sums, lawful, bases = [], [], []
    for lot in lots:
        back, lost = earlier(world, lot, every=True), world.lost_share(lot)
        whole = entitlement(world, lot, asked[lot["id"]], whole=True)
        claim = lot_claim(world, lot, have[lot["id"]], world.part)
        law = (claim.most if won or claim.low == claim.most else claim.sure) - back - lost
        # What came back beyond the worth of a lot was for the rest of the payment (5, lines 10 and 24).
        sums.append(max(whole.total - (back - goodwill(world.refunds_of(lot))) - lost, law))
        lawful.append(max(0, law))
        bases.append(whole)
    rest = over
    if order.plan and order.plan.get("payment_id") == name:
        rest += minor(order.plan["amount"]) - world.lost_share(order.plan)
    amount = min(left, max(0, sum(sums) + rest, sum(lawful)))
    weights = [*(base.total for base in bases), max(0, rest)]
    return _parts(name, lots, bases, weights, amount, plan=order.plan in granted)


def _parts(
    name: str, lots: list[Doc], bases: list[Gross], weights: list[int], amount: int, *, plan: bool = False
) -> list[Part]:
    """Split an amount over lots, and over what was paid beside them."""
    if not amount:
        return []
    *amounts, other = shared(weights, amount) if sum(weights) else [amount, *(0 for _ in lots)]
    parts = [
        Part(name, part, str(lot["id"]), base, part, part, double=True)
        for lot, base, part in zip(lots, bases, amounts, strict=True)
    ]
    return [*parts, Part(name, other, worth=other, due=other, plan=plan)] if other else parts


def _whole(lot: Doc) -> Gross:
    """Return what was paid for a lot, without the fee of a third party."""
    kept = lot.get("fee_kept_by_third_party")
    fee, tax = 0 if kept else minor(lot.get("fee")), minor(lot.get("tax"))
    return Gross(minor(lot.get("base_price")) + fee + tax, fee, tax)


def _of_original(world: World, payment: Doc) -> list[Doc]:
    """Return the lots that the original of a duplicate paid for."""
    return [lot for lot in world.lots if lot.get("payment_id") == world.original(payment["id"])]


def _split(lots: list[Doc], over: int) -> Gross:
    splits = [_whole(lot) for lot in lots]
    return Gross(
        sum(one.total for one in splits) + over, sum(one.fee for one in splits), sum(one.tax for one in splits)
    )


def goodwill(refunds: list[Doc]) -> int:
    """Return how much of some refunds was goodwill."""
    return sum(minor(one["amount"]) for one in refunds if one.get("kind") == "GOODWILL")


def overcharge(world: World, order: Order, payment: str) -> int:
    """Return what is due of an overcharge (ruling 12): what went back beyond the order's worth was of it."""
    if world.payments[payment].get("duplicate_of"):
        return 0
    bought = [item for item in order.items if item.get("payment_id") == payment]
    refunds = world.refunds(payment) if order.plan in bought else [r for lot in bought for r in world.refunds_of(lot)]
    gone = sum(minor(one["amount"]) for one in refunds) - goodwill(refunds)
    gone += sum(world.lost_share(item) for item in bought)
    worth = sum(earned(world, order, item) for item in bought)
    return min(world.left(payment), max(0, world.overcharge(payment) - max(0, gone - worth)))


def wrong_charges(world: World, order: Order, settled: frozenset[str]) -> tuple[list[Part], frozenset[str]]:
    """Return what was charged wrongly, and the payments of which all is paid back."""
    plan = order.plan
    if plan and after_cancellation(plan) and plan.get("payment_id") not in settled:
        name = str(plan.get("payment_id"))
        left = world.left(name)
        return [Part(name, left, worth=left, due=left, plan=True)] if left else [], frozenset({name})
    parts = []
    for payment in concerned(world, order):
        name = str(payment["id"])
        due = 0 if name in settled else overcharge(world, order, name)
        if due:
            parts.append(Part(name, due, worth=due, due=due))
    return parts, frozenset()


def after_cancellation(plan: Doc | None) -> bool:
    """Tell whether a plan was charged after it was cancelled (ruling 12)."""
    if not plan or not plan.get("cancelled_at") or not plan.get("charged_at"):
        return False
    ended = instant(plan["cancelled_at"]) or 0
    return (instant(plan["charged_at"]) or 0) > ended and (instant(plan["period_start"]) or 0) >= ended


def verified_all(world: World, order: Order) -> World:
    """Return the world in which a person verified every duplicate of the groups that the order concerns."""
    groups = {world.original(payment["id"]) for payment in concerned(world, order)}
    facts = world.document["facts"]
    payments = [
        {**payment, "duplicate_verified": True}
        if payment.get("duplicate_of") and world.original(payment["id"]) in groups
        else payment
        for payment in facts["payments"]
    ]
    document = {**world.document, "facts": {**facts, "payments": payments}}
    return World(document, {**world.overrides, "duplicate_mode": "auto"})


def total(parts: list[Part]) -> int:
    """Return the sum of some parts."""
    return sum(part.amount for part in parts)
