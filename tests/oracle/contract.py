"""What the policy itself pays for a lot or a plan: window, consumption, amount (P8 to P10)."""

from __future__ import annotations

from dataclasses import dataclass

from oracle.credit import Credits
from oracle.times import instant, within_contract
from oracle.world import Doc, World, minor


def share(amount: int, part: int, whole: int, rounding: str) -> int:
    """Return amount * part / whole, rounded as the policy says."""
    if not whole:
        return 0
    low, rest = divmod(amount * part, whole)
    if rounding == "up":
        return low + (rest > 0)
    if rounding == "half_even":
        return low + (2 * rest > whole or (2 * rest == whole and low % 2 == 1))
    return low


@dataclass(frozen=True)
class Gross:
    """What was due before anything came off, and how much of it is fee and tax (ruling 35)."""

    total: int = 0
    fee: int = 0
    tax: int = 0

    def of(self, amount: int) -> tuple[int, int]:
        """Return how much of an amount is fee and tax."""
        return (amount * self.fee // self.total, amount * self.tax // self.total) if self.total else (0, 0)


NOTHING = Gross()


def entitlement(world: World, lot: Doc, unused: int, *, whole: bool = False) -> Gross:
    """Return 4.3 for so many unused base credits; `whole` pays fee and tax whatever the parameters say."""
    base, mode = lot.get("base_micros", 0), "floor" if whole else world.p["rounding"]
    price = share(minor(lot.get("base_price")), unused, base, mode)
    fee = tax = 0
    if (whole or world.p["refund_fee"]) and not lot.get("fee_kept_by_third_party"):
        fee = share(minor(lot.get("fee")), unused, base, mode)
    if whole or world.p["refund_tax"]:
        tax = share(minor(lot.get("tax")), unused, base, mode)
    return Gross(price + fee + tax, fee, tax)


def in_window(world: World, start: int) -> bool:
    """Tell whether the request is in time."""
    return within_contract(start, world.asked, world.p["window.days"], world.p["window.mode"], world.p["window.tz"])


def earlier(world: World, lot: Doc, *, every: bool = False) -> int:
    """Return what was refunded of a lot: unused credits only, or `every` kind."""
    kinds = ("UNUSED_CREDITS", "")
    return sum(minor(one["amount"]) for one in world.refunds_of(lot) if every or (one.get("kind") or "") in kinds)


def is_refused(world: World, lot: Doc, have: Credits, *, timeless: bool, bars: bool = True) -> bool:
    """Tell whether the contract pays nothing for a lot, whatever is left of it (P8, P9)."""
    if lot["category"] != "PAID" or lot.get("sold_by") or lot.get("payment_id") not in world.payments:
        return True
    if not timeless and not in_window(world, instant(lot["purchased_at"]) or 0):
        return True
    return bars and have.unused < have.base and world.p["partial_use"] == "strict"


def lot_gross(world: World, lot: Doc, have: Credits, part: int | None) -> tuple[Gross, Gross]:
    """Return what the credits asked for, those taken back included, are worth, and what those taken back are."""
    unused = have.unused
    if world.p.get("deduct_consumed_bonus"):
        unused = max(0, unused - have.bonus_used)
    portion = have.unused if part is None else min(have.unused, have.base_taken + part)
    gross = entitlement(world, lot, min(unused, portion))
    return gross, entitlement(world, lot, min(have.base_taken, portion))


def lot_due(world: World, lot: Doc, have: Credits, part: int | None, *, timeless: bool, bars: bool) -> int:
    """Return what the contract pays for a lot, net of its earlier refunds and of its share of a lost dispute."""
    if is_refused(world, lot, have, timeless=timeless, bars=bars):
        return 0
    return max(0, lot_gross(world, lot, have, part)[0].total - earlier(world, lot) - world.lost_share(lot))


def looks(world: World, have: Credits) -> frozenset[str]:
    """Return the parameters that leave what the contract pays for a lot to a person."""
    found = {"unused_mode"} if world.p["unused_mode"] == "review" else set()
    if have.unused < have.base and world.p["partial_use"] == "review":
        found.add("partial_use")
    return frozenset(found)


def plan_due(world: World, plan: Doc) -> int:
    """Return what the contract pays for a plan: everything before its period starts, nothing after."""
    if not plan.get("charged_at") or world.asked >= (instant(plan["period_start"]) or 0):
        return 0
    kinds = ("UNUSED_CREDITS", "")
    gone = sum(minor(r["amount"]) for r in world.refunds(plan.get("payment_id")) if (r.get("kind") or "") in kinds)
    return max(0, minor(plan["amount"]) - gone - world.lost_share(plan))


def kept_fee(world: World, payment: str | None) -> int:
    """Return the part of what was captured that the contract never gives back."""
    lots = [lot for lot in world.lots if lot.get("payment_id") == payment and lot["category"] == "PAID"]
    sums = [minor(lot.get("base_price")) + minor(lot.get("tax")) for lot in lots]
    own = sum(minor(lot.get("fee")) for lot in lots if not lot.get("fee_kept_by_third_party"))
    third = sum(minor(lot.get("fee")) for lot in lots if lot.get("fee_kept_by_third_party"))
    one = world.payments.get(payment or "", {})
    took = min(minor(one.get("captured")), minor(one.get("expected") or one.get("captured")))
    kept = 0 if world.p["refund_fee"] else own
    return kept + min(third, max(0, took - sum(sums) - own))
