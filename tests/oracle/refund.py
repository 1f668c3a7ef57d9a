"""A refund, in the order of precedence of docs/readings.md: from what stands in the way to the amount."""

from __future__ import annotations

from dataclasses import replace

from oracle.answer import NO, Answer, cash, is_withdrawn, review, wait
from oracle.bars import channel, held, identity, stale, standing
from oracle.law import lot_claim
from oracle.order import Order, has_claim, the_only
from oracle.reversal import (
    concerned,
    duplicate_parts,
    duplicates,
    is_held,
    total,
    verified_all,
    wrong_charges,
)
from oracle.times import instant
from oracle.waiting import after, in_one_currency, orders_meant, same_order
from oracle.world import FIRST, Doc, World, minor
from oracle.worth import (
    LAW_LOW,
    LAW_MOST,
    LEAST,
    LOW,
    MOST,
    PAID,
    SURE,
    Part,
    Worth,
    agreement_of,
    is_due,
    within,
    worth,
)


def paid_lots(world: World, order: Order) -> list[Doc]:
    """Return the PAID lots that are asked for, or that can only be meant."""
    known = order if order.known else the_only(world) or order
    return [lot for lot in known.lots if lot["category"] == "PAID" and not lot.get("sold_by")]


def missing_of(world: World, order: Order) -> set[str]:
    """Return what is missing of a request for a refund."""
    missing = identity(world) | stale(world, paid_lots(world, order))
    missing |= set() if order.known and has_claim(world, order) else channel(world)
    return missing | (set() if order.known else {"order_ref"})


def refund(world: World, order: Order, *, asks: bool = True) -> Answer:
    """Decide on a refund; with `asks` false as if nothing were missing."""
    meant = the_only(world)
    if world.router and not order.known and meant and _proven(world, meant):
        order = replace(meant, known=False)
    # P1
    in_scope = [lot for lot in order.lots if not lot.get("sold_by") and (world.router or lot["category"] == "PAID")]
    if order.lots and not in_scope:
        return NO
    order = Order(in_scope, order.plan, order.known)
    payments = concerned(world, order)
    sold = bool(order.plan) or any(lot["category"] == "PAID" for lot in order.lots)
    if order.known and sold and not sum(minor(payment.get("captured")) for payment in payments):
        return NO
    # P2
    missing = missing_of(world, order) if asks else set()
    proven = _proven(world, order)
    if missing and not (world.router and proven):
        return _incomplete(world, order, missing)
    # P3
    ready = [payment for payment in proven if not is_held(world, payment)]
    if _waits(world, order, payments):
        return _reversed(world, order, ready) if ready else wait("HOLD", _once_over(world, order))
    if missing:
        return _reversed(world, order, ready)
    return _merits(world, order, ready)


def _waits(world: World, order: Order, payments: list[Doc]) -> bool:
    """Tell whether the request waits for something; of a verified duplicate alone, whether that does (ruling 10)."""
    verified = duplicates(world, order, verified=True)
    if any(is_held(world, payment) for payment in verified):
        return True
    rest = [payment for payment in payments if payment not in verified]
    lots = paid_lots(world, order)
    if not any(payment.get("duplicate_of") for payment in rest):
        done = {payment["id"] for payment in verified}
        lots = [lot for lot in lots if lot.get("payment_id") not in done]
    own = bool(lots) or order.plan is not None or not verified
    return own and held(world, lots, order.plan, rest)


def _once_over(world: World, order: Order) -> list[Answer]:
    """Return what may come of a request once what is awaited and what is missing is there (ruling 39)."""
    later = after(world)
    orders = [same_order(later, order)] if order.known else orders_meant(later)
    return [_after_wait(later, one) for one in orders] or [NO]


def _after_wait(world: World, order: Order) -> Answer:
    """Return what P4 to P10 pay, without the exception that is asked after them (rulings 10 and 13)."""
    in_scope = [lot for lot in order.lots if not lot.get("sold_by") and (world.router or lot["category"] == "PAID")]
    order = Order(in_scope, order.plan)
    return _merits(world, order, _proven(world, order), outage=False)


def _incomplete(world: World, order: Order, missing: set[str]) -> Answer:
    """Ask for what is missing, and say what may come of it (ruling 39)."""
    answers = []
    for then in (world, after(world)):
        orders = [same_order(then, order)] if order.known else in_one_currency(then, orders_meant(then))
        answers += [refund(then, one, asks=False) for one in orders]
    return wait("NEEDS_INFORMATION", answers or [NO], missing)


def _limit(world: World) -> int | None:
    asked_for = world.request.get("requested_amount")
    return minor(asked_for) if asked_for else None


def _proven(world: World, order: Order) -> list[Doc]:
    """Return the verified duplicates of which something is left to pay back, be it once a wait is over."""
    found = duplicates(world, order, verified=True)
    paying = [one for one in found if total(duplicate_parts(world, order, one, won=True))]
    waiting = [one for one in found if one not in paying and is_held(world, one)]
    if not waiting:
        return paying
    later = after(world)
    own = same_order(later, order)
    return [*paying, *(one for one in waiting if total(duplicate_parts(later, own, one, won=True)))]


def _doubts_of(world: World, order: Order, paid: list[Doc]) -> frozenset[str]:
    """Return the codes of the records that a claim on a duplicate misses."""
    names = {payment["id"] for payment in paid}
    lots = [lot for lot in order.lots if lot.get("payment_id") in names and lot["category"] == "PAID"]
    claims = [lot_claim(world, lot, world.credits[lot["id"]], world.part) for lot in lots]
    return frozenset(code for claim in claims for code in claim.doubts)


def _reversed(world: World, order: Order, paid: list[Doc]) -> Answer:
    """Pay duplicates and nothing beside them; a reviewer decides where the law may give back more."""
    limit = _limit(world)
    parts = within([part for one in paid for part in duplicate_parts(world, order, one)], limit)
    most = sum(total(duplicate_parts(world, order, one, won=True)) for one in paid)
    more = (most if limit is None else min(most, limit)) - total(parts)
    return cash(parts, more, _doubts_of(world, order, paid))


def _merits(world: World, order: Order, ready: list[Doc], *, outage: bool = True) -> Answer:
    """P4 to P10: what P4 pays for certain, and beside it the rest, or what a reviewer may add (ruling 47)."""
    limit = _limit(world)
    settled = frozenset(str(payment["id"]) for payment in duplicates(world, order, verified=True))
    certain = [part for one in ready for part in duplicate_parts(world, order, one)]
    won = sum(total(duplicate_parts(world, order, one, won=True)) for one in ready) - total(certain)
    wrong, late = wrong_charges(world, order, settled)
    if world.router:
        certain, settled, wrong = [*certain, *wrong], settled | late, []
    certain = within(certain, limit)
    room = None if limit is None else limit - total(certain)
    judged = _judged(world, order, settled, room, outage=outage and not certain)
    doubts = _doubts_of(world, order, ready) if won else frozenset()
    plain = _beside(certain, won, doubts, judged, room)
    codes, most = _in_doubt(world, order, total(wrong))
    most = most if limit is None else min(most, limit)
    if codes and (plain.bounds is not None or plain.amount < most):
        return cash(certain, max(0, most - total(certain)), codes | doubts)
    return plain if certain or won else _before_first(world, order, plain)


def _in_doubt(world: World, order: Order, wrong: int) -> tuple[frozenset[str], int]:
    """Return what P4 asks a reviewer, and the most that is due if the answer is the customer's (rulings 13 and 34)."""
    then = after(verified_all(world, order))  # a duplicate that is verified may have to wait first
    own = same_order(then, order)
    most = _at_most(then, own)
    codes = {"incorrect_charge"} if wrong else set()
    doubtful = duplicates(world, order, verified=False)
    pays = any(total(duplicate_parts(then, own, one, won=True)) for one in doubtful)
    if doubtful and (pays or most != _at_most(world, order)):
        codes.add("duplicate_unverified")
    left = sum(world.left(str(payment["id"])) for payment in concerned(world, order))
    return frozenset(codes), min(left, most)


def _at_most(world: World, order: Order) -> int:
    """Return the most that P4 to P10 give of an order, whatever part of it was asked for."""
    settled = frozenset(str(payment["id"]) for payment in duplicates(world, order, verified=True))
    ready = [one for one in duplicates(world, order, verified=True) if not is_held(world, one)]
    charges, late = wrong_charges(world, order, settled)
    twice = sum(total(duplicate_parts(world, order, one, won=True)) for one in ready)
    rest = _judged(world, order, settled | (late if world.router else frozenset()), None, outage=False).most
    return twice + total(charges) + rest


def _beside(certain: list[Part], won: int, doubts: frozenset[str], judged: Answer, room: int | None) -> Answer:
    """Put what P5 to P10 say beside what P4 pays for certain."""
    if not certain and not won:
        return judged
    parts = [*certain, *judged.parts]
    rest = won + (judged.bounds[1] if judged.bounds else 0)
    if room is not None:
        rest = min(rest, room - total(list(judged.parts)))
    codes = doubts | judged.questions
    if certain or not rest:
        return cash(parts, rest, codes)
    low = judged.bounds[0] if judged.bounds else judged.amount
    return review(low, judged.amount + rest, codes)


def _before_first(world: World, order: Order, answer: Answer) -> Answer:
    first = instant(FIRST[world.policy]) or 0
    if world.request.get("policy_version"):
        return answer
    bought = [
        instant(item.get("purchased_at") or item.get("concluded_at") or item.get("charged_at")) or 0
        for item in order.items
        if is_due(world, order, item)
    ]
    if answer.disposition == "CASH_REFUND" and any(one < first for one in bought):
        codes = {"policy_version_unknown"} | ({"currency_withdrawn"} if is_withdrawn(world, answer) else set())
        return review(0, answer.amount, codes)
    return answer


def _judged(world: World, order: Order, settled: frozenset[str], limit: int | None, *, outage: bool = True) -> Answer:
    """P5 to P10, at most `limit`, and Yunxin's outage."""
    value = worth(world, order, without=settled, limit=limit)
    if any(agreement_of(world, item) == "NOT_MODELLED" for item in order.items):
        most = worth(world, order, without=settled, limit=limit, timeless=True).total(MOST)
        if value.total(LAW_LOW) != most:
            return review(value.total(SURE), most, {"governed_by_agreement"})
    answer = _by_standing(world, order, value)
    if outage and answer.disposition == "NOT_REFUNDABLE" and not world.router and order.lots:
        found = any(one.get("verified") and one.get("significant") for one in world.facts.get("incidents", []))
        most = worth(world, Order(order.lots), without=settled, limit=limit, free=True).total(MOST)
        if found and most:
            return review(0, most, {"outage_disruption"})
    return answer


def _by_standing(world: World, order: Order, value: Worth) -> Answer:
    stand, codes = standing(world, order.lots, concerned(world, order))
    if not stand:
        return _on_the_merits(value)
    barred = _barred(world, value)
    if stand == "deny":
        return barred
    free = _on_the_merits(value)
    same = free.bounds is None and barred.bounds is None and free.amount == barred.amount
    if same:
        return free
    return review(0, value.total(MOST), codes)


def _barred(world: World, value: Worth) -> Answer:
    """Return what is left to somebody who is disqualified: what the law gives, if that."""
    mode = world.p["statutory_vs_disqualifier"]
    most = value.total(LAW_MOST)
    if not most or mode == "ignore":
        return NO
    if mode == "review":
        return review(0, most, {"statutory_right_despite_disqualifier"})
    if value.total(LAW_LOW) == most:
        return cash(value.parts(LAW_LOW))
    least = value.total(SURE)
    return review(least, most, value.doubts())


def _on_the_merits(value: Worth) -> Answer:
    low, most = value.total(LOW), value.total(MOST)
    if low == most:
        return cash(value.parts(PAID))
    if value.total(PAID) == most:
        return review(0, most, value.looks())
    return review(value.total(LEAST), most, value.doubts() | value.looks())
