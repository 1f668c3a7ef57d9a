"""What a request is worth: the contract and the statute, item by item, under the caps of the payments (P5 to P10)."""

from __future__ import annotations

from dataclasses import dataclass

from oracle.contract import earlier, entitlement, is_refused, kept_fee, lot_due, lot_gross, plan_due
from oracle.law import Claim, lot_claim, plan_claim
from oracle.order import Order
from oracle.times import instant
from oracle.world import Doc, World, minor


@dataclass(frozen=True)
class Worth:
    """Sums over what is asked for, capped.

    `sure` is what the statute gives without a judgement, `paid` the better of it and the contract, `most` with all
    legal calls won. `least` is `paid` without what a parameter leaves to a person, but with the claims of which only
    the record of the information is in doubt. `seen` tells that a part of `paid` is left to a person.
    """

    sure: int = 0
    paid: int = 0
    most: int = 0
    least: int = 0
    seen: bool = False

    def within(self, limit: int | None) -> Worth:
        """Return as much of it as was asked for."""
        if limit is None:
            return self
        sure, paid, most, least = (min(limit, one) for one in (self.sure, self.paid, self.most, self.least))
        return Worth(sure, paid, most, least, self.seen)


@dataclass(frozen=True)
class Item:
    """One lot or plan: what the contract pays, what the law gives, what went back, and whether a person must look."""

    due: int
    claim: Claim
    back: int
    seen: bool = False

    @property
    def sure(self) -> int:
        return max(0, self.claim.sure - self.back)

    @property
    def most(self) -> int:
        return max(self.sure, self.claim.most - self.back)

    @property
    def late(self) -> int:
        return self.most if self.claim.extended and self.claim.unused else self.sure

    @property
    def calm(self) -> int:
        return 0 if self.seen else self.due


def worth(
    world: World,
    order: Order,
    *,
    without: frozenset[str] = frozenset(),
    barred: bool = False,
    free: bool = False,
    timeless: bool = False,
) -> Worth:
    """Return what is due for an order.

    `without` are payments that are settled otherwise; `barred` leaves the statute alone; `free` lifts every bar of the
    contract (ruling 13), `timeless` its window alone.
    """
    groups: dict[str, list[Item]] = {}
    for item in order.items:
        payment = item.get("payment_id") or ""
        if payment in world.payments and payment not in without:
            groups.setdefault(payment, []).append(
                _item(world, order, item, barred=barred, free=free, timeless=timeless)
            )
    settled = {
        name: _settled(world, groups, contract, law)
        for name, contract, law in (
            ("sure", "", "sure"),
            ("paid", "due", "sure"),
            ("most", "due", "most"),
            ("least", "calm", "late"),
        )
    }
    paid = settled.pop("paid")
    return Worth(paid=paid[0], seen=paid[1], **{name: amount for name, (amount, _) in settled.items()})


def _settled(world: World, groups: dict[str, list[Item]], contract: str, law: str) -> tuple[int, bool]:
    """Sum up the better of contract and statute, each within its cap; below the least amount the statute alone.

    And tell whether the contract adds something that a person has to look at.
    """
    total = lawful = 0
    seen = False
    for payment, items in groups.items():
        cap = max(0, world.left(payment) - world.overcharge(payment))
        narrow = max(0, cap - kept_fee(world, payment))
        # A lost dispute comes off what the payment's items are worth together, and off its cap (ruling 24).
        lost = world.lost(payment)
        dues = [getattr(item, contract) if contract else 0 for item in items]
        if sum(dues) > narrow + lost:
            dues = _shared(dues, narrow + lost)
        rights = [getattr(item, law) for item in items]
        total += min(cap, max(0, sum(max(pair) for pair in zip(dues, rights, strict=True)) - lost))
        lawful += min(cap, max(0, sum(rights) - lost))
        seen |= any(one.seen and due > right for one, due, right in zip(items, dues, rights, strict=True))
    least = world.p["min_refund_minor"]
    wanted = world.request.get("requested_amount")
    asked = total if wanted is None else min(total, minor(wanted))
    return (total, seen and total > 0) if asked >= least else (lawful, False)


def _shared(parts: list[int], total: int) -> list[int]:
    """Split `total` in proportion, the rest by largest remainder, ties by id (4.4); the parts stand in that order."""
    whole = sum(parts)
    floors = [part * total // whole for part in parts]
    order = sorted(range(len(parts)), key=lambda one: (-(parts[one] * total % whole), one))
    for one in order[: total - sum(floors)]:
        floors[one] += 1
    return floors


def _item(world: World, order: Order, item: Doc, *, barred: bool, free: bool, timeless: bool) -> Item:
    """Return what contract and law say of one lot or plan."""
    if order.plan is item:
        back = sum(minor(r["amount"]) for r in world.refunds(item.get("payment_id")))
        if agreement_of(world, item) == "NOT_REFUNDABLE":
            barred = True
        due = 0 if barred or free else max(0, plan_due(world, item))
        return Item(due, plan_claim(world, item), back)
    have = world.credits[item["id"]]
    part = world.part
    timeless = timeless or free or agreement_of(world, item) == "REFUNDABLE"
    due, look = lot_due(world, item, have, part, timeless=timeless, bars=not free)
    if barred or agreement_of(world, item) == "NOT_REFUNDABLE":
        due = 0
    back = earlier(world, item, every=True)
    return Item(due, lot_claim(world, item, have, part), back, look)


def is_due(world: World, order: Order, item: Doc) -> bool:
    """Tell whether something is due on a lot or plan itself."""
    one = _item(world, order, item, barred=False, free=False, timeless=False)
    return item.get("payment_id") in world.payments and max(one.due, one.sure) > 0 < world.left(item["payment_id"])


def agreement_of(world: World, lot: Doc) -> str:
    """Return the terms of an agreement that covers a lot (ruling 16), else nothing."""
    agreement = world.facts.get("agreement")
    if not agreement or not world.router or lot.get("category", "PAID") != "PAID" or lot.get("sold_by"):
        return ""
    terms = agreement.get("terms") or "NOT_MODELLED"
    if lot.get("order_ref") in agreement.get("order_refs", []):
        return str(terms)
    if lot is world.plan or (agreement.get("order_refs") and not agreement.get("minimum")):
        return ""
    least = minor(agreement["minimum"]) if agreement.get("minimum") else world.p["agreement.threshold_usd_minor"]
    same = [one for one in world.lots if lot.get("order_ref") and one.get("order_ref") == lot["order_ref"]]
    size = sum(minor(one.get("base_price")) for one in same or [lot])
    return terms if size >= least else ""


def duplicate_worth(world: World, order: Order, payment: Doc, *, doubted: bool = False) -> int:
    """Return what a duplicate pays back (ruling 11); `doubted` with all legal calls won."""
    payment = world.payments[payment["id"]]
    lots = [lot for lot in order.lots if lot.get("payment_id") == payment["id"] and lot["category"] == "PAID"]
    left = world.left(payment["id"])
    asked = {lot["id"]: _asked_of(world, lot) for lot in lots}
    granted = [one for one in [*world.lots, world.plan] if one and one.get("payment_id") == payment["id"]]
    have = {lot["id"]: world.credits[lot["id"]] for lot in lots}
    partly = any(one.consumed or asked[lot_id] < one.unused for lot_id, one in have.items())
    if not partly and all(one in order.items or (one is world.plan and not one.get("charged_at")) for one in granted):
        return left
    total, lawful = world.overcharge(payment["id"]), 0
    for lot in lots:
        back = earlier(world, lot, every=True)
        whole = entitlement(world, lot, asked[lot["id"]], whole=True)
        claim = lot_claim(world, lot, have[lot["id"]], world.part)
        law = max(claim.sure, claim.most) if doubted else claim.sure
        # What went back beyond a lot's worth was of the rest of the payment (5, lines 10 and 24).
        total += max(whole - (back - _goodwill(world.refunds_of(lot))), law - back)
        lawful += max(0, law - back)
    if order.plan and order.plan.get("payment_id") == payment["id"]:
        total += minor(order.plan["amount"])
    return min(left, max(0, max(total, lawful) - world.lost(payment["id"])))


def _asked_of(world: World, lot: Doc) -> int:
    have = world.credits[lot["id"]]
    return have.unused if world.part is None else min(have.unused, have.base_taken + world.part)


def _goodwill(refunds: list[Doc]) -> int:
    return sum(minor(one["amount"]) for one in refunds if one.get("kind") == "GOODWILL")


def overcharge_worth(world: World, order: Order, payment: str) -> int:
    """Return what is due of an overcharge (ruling 12): what went back beyond the order's worth was of it."""
    if world.payments[payment].get("duplicate_of"):
        return 0
    bought = [item for item in order.items if item.get("payment_id") == payment]
    refunds = world.refunds(payment) if order.plan in bought else [r for lot in bought for r in world.refunds_of(lot)]
    gone = sum(minor(one["amount"]) for one in refunds) - _goodwill(refunds) + world.lost(payment)
    earned = sum(_earned(world, order, item) for item in order.items if item.get("payment_id") == payment)
    return min(world.left(payment), max(0, world.overcharge(payment) - max(0, gone - earned)))


def _earned(world: World, order: Order, item: Doc) -> int:
    if item is order.plan:
        amount, unused = minor(item["amount"]), ("UNUSED_CREDITS", "")
        gone = sum(minor(r["amount"]) for r in world.refunds(item.get("payment_id")) if (r.get("kind") or "") in unused)
        due = world.asked < (instant(item["period_start"]) or 0) or gone == amount
        return max(amount if due else 0, _top(plan_claim(world, item)))
    if item["category"] != "PAID":
        return 0
    have = world.credits[item["id"]]
    policy, taken = lot_gross(world, item, have, world.part)
    timeless = agreement_of(world, item) == "REFUNDABLE"
    refused = is_refused(world, item, have, timeless=timeless)
    return max(0 if refused else policy, taken, _top(lot_claim(world, item, have, world.part)))


def _top(claim: Claim) -> int:
    return max(claim.sure, claim.most)


def after_cancellation(plan: Doc | None) -> bool:
    """Tell whether a plan was charged after it was cancelled (ruling 12)."""
    if not plan or not plan.get("cancelled_at") or not plan.get("charged_at"):
        return False
    ended = instant(plan["cancelled_at"]) or 0
    return (instant(plan["charged_at"]) or 0) > ended and (instant(plan["period_start"]) or 0) >= ended
