"""What a request is worth: the contract and the statute, item by item, under the caps of the payments (P5 to P10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from oracle.contract import NOTHING, Gross, earlier, is_refused, kept_fee, looks, lot_due, lot_gross, plan_due
from oracle.credit import Credits
from oracle.law import Claim, lot_claim, lot_gross_of_law, plan_claim
from oracle.order import Order
from oracle.times import instant
from oracle.world import Doc, World, minor, shared


@dataclass(frozen=True)
class Part:
    """Money of one payment for one purchase, or for a charge that was wrong.

    `lot` is empty where no lot is paid for. `gross` is what was due before anything came off, `worth` what is due
    before caps and before a request for a part, `due` what is due before a request for a part.
    """

    payment: str
    amount: int
    lot: str = ""
    gross: Gross = NOTHING
    worth: int = 0
    due: int = 0
    plan: bool = False
    double: bool = False


@dataclass(frozen=True)
class Item:
    """One lot or plan: what the contract pays and what the law gives, net of what came back."""

    thing: Doc
    due: int
    claim: Claim
    back: int
    seen: frozenset[str] = frozenset()
    gross: Gross = NOTHING
    lawful: Gross = NOTHING

    @property
    def payment(self) -> str:
        return str(self.thing.get("payment_id") or "")

    @property
    def nothing(self) -> int:
        return 0

    @property
    def sure(self) -> int:
        return max(0, self.claim.sure - self.back)

    @property
    def low(self) -> int:
        """What the law gives where every open question is answered against the customer."""
        return max(self.sure, self.claim.low - self.back)

    @property
    def most(self) -> int:
        return max(self.low, self.claim.most - self.back)

    @property
    def late(self) -> int:
        """The claims without a judgement, and those of which only the record of the information is in doubt."""
        return self.most if self.claim.extended and self.claim.unused else self.sure

    @property
    def calm(self) -> int:
        """What the contract pays without what a parameter leaves to a person."""
        return 0 if self.seen else self.due

    @property
    def open(self) -> frozenset[str]:
        """What is doubtful about a claim that would pay more than the contract."""
        return self.claim.doubts if self.most > max(self.due, self.low) else frozenset()


@dataclass(frozen=True)
class View:
    """One reading of the items: which figures of contract and law hold."""

    contract: str
    law: str


SURE = View("nothing", "sure")
LOW = View("calm", "low")
PAID = View("due", "low")
MOST = View("due", "most")
LEAST = View("calm", "late")
LAW_LOW = View("nothing", "low")
LAW_MOST = View("nothing", "most")


@dataclass(frozen=True)
class Worth:
    """The items of an order, and the limit that the request sets."""

    world: World
    items: Sequence[Item]
    limit: int | None

    def total(self, view: View) -> int:
        return sum(part.amount for part in self.parts(view))

    def parts(self, view: View) -> list[Part]:
        """Return the better of contract and statute, each within its cap; below the least amount the statute alone."""
        best = self._capped(view)
        least = self.world.p["min_refund_minor"]
        wanted = self.world.request.get("requested_amount")
        total = sum(part.amount for part in best)
        if (total if wanted is None else min(total, minor(wanted))) < least:
            best = self._capped(View("nothing", view.law))
        return within(best, self.limit)

    def _capped(self, view: View) -> list[Part]:
        groups: dict[str, list[Item]] = {}
        for item in self.items:
            groups.setdefault(item.payment, []).append(item)
        return [part for payment, items in groups.items() for part in self._of_payment(payment, items, view)]

    def _of_payment(self, payment: str, items: list[Item], view: View) -> list[Part]:
        cap = max(0, self.world.left(payment) - self.world.overcharge(payment))
        narrow = max(0, cap - kept_fee(self.world, payment))
        dues = [getattr(item, view.contract) for item in items]
        rights = [getattr(item, view.law) for item in items]
        worths = [max(pair) for pair in zip(dues, rights, strict=True)]
        capped = _at_most(dues, narrow)
        bests = [max(pair) for pair in zip(capped, rights, strict=True)]
        found = zip(items, capped, rights, worths, _at_most(bests, cap), strict=True)
        return [
            Part(
                payment=payment,
                amount=amount,
                lot=item.thing["id"] if item.thing is not self.world.plan else "",
                gross=item.gross if due >= right else item.lawful,
                worth=worth,
                due=amount,
                plan=item.thing is self.world.plan,
            )
            for item, due, right, worth, amount in found
        ]

    def doubts(self) -> frozenset[str]:
        """Return the codes of the records that are missing and that matter."""
        return frozenset(code for item in self.items for code in item.open)

    def looks(self) -> frozenset[str]:
        """Return the parameters that leave something to a person."""
        return frozenset(code for item in self.items if item.due > item.low for code in item.seen)


def _at_most(parts: list[int], cap: int) -> list[int]:
    return shared(parts, cap) if sum(parts) > cap else parts


def within(parts: Sequence[Part], limit: int | None) -> list[Part]:
    """Return the parts, in proportion no more than `limit` in all; wrong charges go by payment, purchases by lot."""
    by_payment = any(part.double or not part.lot for part in parts)
    ordered = sorted(parts, key=lambda part: (part.payment, part.lot) if by_payment else (part.lot, part.payment))
    if limit is None:
        return ordered
    amounts = _at_most([part.amount for part in ordered], limit)
    return [replace(part, amount=amount) for part, amount in zip(ordered, amounts, strict=True)]


def worth(
    world: World,
    order: Order,
    *,
    without: frozenset[str] = frozenset(),
    limit: int | None = None,
    free: bool = False,
    timeless: bool = False,
) -> Worth:
    """Return what is due for an order.

    `without` are payments that are settled another way; `free` lifts every bar of the contract (ruling 13), `timeless`
    its window alone.
    """
    items = [
        _item(world, order, item, free=free, timeless=timeless)
        for item in order.items
        if (item.get("payment_id") or "") in world.payments and item["payment_id"] not in without
    ]
    return Worth(world, items, limit)


def _item(world: World, order: Order, item: Doc, *, free: bool = False, timeless: bool = False) -> Item:
    """Return what contract and law say of one lot or plan."""
    terms, lost = agreement_of(world, item), world.lost_share(item)
    if order.plan is item:
        back = sum(minor(r["amount"]) for r in world.refunds(item.get("payment_id")))
        due = 0 if free or terms == "NOT_REFUNDABLE" else plan_due(world, item)
        return Item(item, due, plan_claim(world, item), back + lost)
    have, part = world.credits[item["id"]], world.part
    timeless = timeless or free or terms == "REFUNDABLE"
    due = 0 if terms == "NOT_REFUNDABLE" else lot_due(world, item, have, part, timeless=timeless, bars=not free)
    return Item(
        item,
        due,
        lot_claim(world, item, have, part),
        earlier(world, item, every=True) + lost,
        looks(world, have) if due else frozenset(),
        lot_gross(world, item, have, part)[0],
        lot_gross_of_law(world, item),
    )


def is_due(world: World, order: Order, item: Doc) -> bool:
    """Tell whether something is due on a lot or plan itself."""
    one = _item(world, order, item)
    return item.get("payment_id") in world.payments and max(one.due, one.low) > 0 < world.left(item["payment_id"])


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


def earned(world: World, order: Order, item: Doc) -> int:
    """Return what of the money that came back for a lot or plan its own worth explains."""
    if item is order.plan:
        amount, unused = minor(item["amount"]), ("UNUSED_CREDITS", "")
        gone = sum(minor(r["amount"]) for r in world.refunds(item.get("payment_id")) if (r.get("kind") or "") in unused)
        due = world.asked < (instant(item["period_start"]) or 0) or gone == amount
        return max(amount if due else 0, plan_claim(world, item).most)
    have: Credits = world.credits[item["id"]]
    policy, taken = lot_gross(world, item, have, world.part)
    refused = is_refused(world, item, have, timeless=agreement_of(world, item) == "REFUNDABLE")
    return max(0 if refused else policy.total, taken.total, lot_claim(world, item, have, world.part).most)
