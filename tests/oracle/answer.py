"""The whole decision, in the order of policies.md 1.3."""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from typing import Any

from oracle.bars import channel, held, identity, payment_held, stale, standing
from oracle.merits import Worth, after_cancellation, agreement_of, duplicate_worth, is_due, overcharge_worth, worth
from oracle.order import Order, has_claim, order_of, the_only
from oracle.times import instant
from oracle.world import FIRST, Doc, World, minor


@dataclass(frozen=True)
class Answer:
    """What is compared with the service: amounts in minor units, credits in millionths."""

    disposition: str
    amount: int = 0
    bounds: tuple[int, int] | None = None
    credits: int = 0
    missing: frozenset[str] = frozenset()

    @property
    def most(self) -> int:
        """What is paid at most, after any judgement."""
        return self.bounds[1] if self.bounds else self.amount


NO = Answer("NOT_REFUNDABLE")


def decide(document: Doc, overrides: dict[str, Any] | None = None) -> Answer:
    """Decide one document under a policy's parameters, some of them overridden."""
    world = World(document, overrides or {})
    return _with_service_credit(world, _decide(world))


def _decide(world: World) -> Answer:
    contested = world.remedy == "RESTORE_CREDITS" or bool(world.request.get("usage_event_ids"))
    if contested:
        return _contested(world)
    if world.remedy == "SERVICE_CREDIT":
        return _service(world)
    if world.remedy == "CANCEL_SUBSCRIPTION":
        return _cancel(world)
    return _refund(world, order_of(world), frozenset({"channel", "order_ref", "identity", "fresh_balance"}))


def _cancel(world: World) -> Answer:
    missing = identity(world)
    if missing:
        return Answer("NEEDS_INFORMATION", missing=frozenset(missing))
    plan = world.plan or {}
    if world.asked >= (instant(plan["period_start"]) or 0):
        return Answer("CANCELLATION")
    answer = _refund(world, Order(plan=plan), frozenset())
    return Answer("CANCELLATION") if answer.disposition == "NOT_REFUNDABLE" else answer


def _paid(world: World, order: Order) -> list[Doc]:
    """Return the PAID lots that are asked for, or that can only be meant."""
    known = order if order.known else the_only(world) or order
    return [lot for lot in known.lots if lot["category"] == "PAID" and not lot.get("sold_by")]


def _due_credits(world: World) -> int:
    return sum(
        one.get("sla_credit_micros", 0)
        for one in world.facts.get("incidents", [])
        if one.get("verified") and one.get("attribution") == "PLATFORM" and not one.get("already_granted")
    )


def _with_service_credit(world: World, answer: Answer) -> Answer:
    due = world.router and _due_credits(world)
    return Answer("SERVICE_CREDIT") if due and answer.disposition == "NOT_REFUNDABLE" else answer


def _service(world: World) -> Answer:
    if not world.router:
        missing = identity(world) | (set() if has_claim(world, order_of(world)) else channel(world))
        return Answer("NEEDS_INFORMATION", missing=frozenset(missing)) if missing else NO
    open_ = [
        one
        for one in world.facts.get("incidents", [])
        if not one.get("already_granted")
        and one.get("attribution") != "UPSTREAM"
        and not (one.get("verified") and one.get("attribution") == "PLATFORM")
    ]
    credits_ = sum(one.get("sla_credit_micros", 0) for one in open_)
    if _due_credits(world) or not credits_:
        return NO
    return Answer("MANUAL_REVIEW", bounds=(0, 0), credits=credits_)


def _contested(world: World) -> Answer:
    if not world.router:
        order = order_of(world)
        missing = identity(world) | (set() if has_claim(world, order) else channel(world))
        missing |= set() if order.known else {"order_ref"}
        missing |= stale(world, _paid(world, order))
        if missing:
            return Answer("NEEDS_INFORMATION", missing=frozenset(missing))
    ids = world.request.get("usage_event_ids")
    events = [one for one in world.facts.get("usage_events", []) if not ids or one["id"] in ids]
    failed = [
        one
        for one in events
        if one["outcome"] == "ERROR" and one.get("deducted_micros") and not one.get("already_restored")
    ]
    if not world.router:
        credits_ = sum(one["deducted_micros"] for one in failed if one.get("error_origin") != "UPSTREAM")
        return Answer("MANUAL_REVIEW", bounds=(0, 0), credits=credits_) if credits_ else NO
    restored, unknown = False, 0
    for one in failed:
        origin, billed = one.get("error_origin") or "", bool(one.get("upstream_billed"))
        if one.get("output_tokens"):
            continue
        if not origin:
            unknown += one["deducted_micros"]
        elif billed and (origin == "UPSTREAM" or world.p["error_split"] == "upstream_billed_wins"):
            continue
        else:
            restored = True
    if restored:
        return Answer("RESTORE_CREDITS")
    return Answer("MANUAL_REVIEW", bounds=(0, 0), credits=unknown) if unknown else NO


def _refund(world: World, order: Order, asks: frozenset[str]) -> Answer:
    meant = the_only(world)
    if world.router and not order.known and meant and _proven(world, meant):
        order = replace(meant, known=False)
    # P1
    in_scope = [lot for lot in order.lots if not lot.get("sold_by") and (world.router or lot["category"] == "PAID")]
    if order.lots and not in_scope:
        return NO
    order = Order(in_scope, order.plan, order.known)
    concerned = _concerned(world, order)
    sold = bool(order.plan) or any(lot["category"] == "PAID" for lot in order.lots)
    if order.known and sold and not sum(minor(one.get("captured")) for one in concerned):
        return NO
    proven = _proven(world, order)
    verified = _verified(world, order)
    done = {one["id"] for one in verified}
    rest = Order([one for one in _paid(world, order) if one.get("payment_id") not in done], order.plan)
    # P2
    missing = _missing(world, order) if asks else set()
    ready = [one for one in proven if not payment_held(one)]
    waits = any(payment_held(one) for one in verified) or (
        (rest.items or not verified)
        and held(world, rest.lots, rest.plan, [one for one in concerned if one not in verified])
    )
    if missing and not (world.router and proven):
        return Answer("NEEDS_INFORMATION", missing=frozenset(missing))
    # P3
    if waits and ready:
        return _duplicates(world, order, ready)
    if waits:
        after = _after(world)
        then = order_of(after) if asks else Order(plan=after.plan)
        if missing:
            return Answer("HOLD", bounds=(0, _duplicates(after, then, _proven(after, then)).most))
        return Answer("HOLD", bounds=(0, _merits(after, then, _proven(after, then), outage=False).most))
    if missing:
        return _duplicates(world, order, proven)
    return _merits(world, order, proven)


def _duplicates(world: World, order: Order, paid: list[Doc]) -> Answer:
    """Pay duplicates and nothing beside them; a reviewer decides where the law may give back more."""
    limit = _limit(world)
    sure = sum(duplicate_worth(world, order, one) for one in paid)
    most = sum(duplicate_worth(world, order, one, doubted=True) for one in paid)
    if limit is not None:
        sure, most = min(sure, limit), min(most, limit)
    return Answer("MANUAL_REVIEW", bounds=(sure, most)) if most > sure else Answer("CASH_REFUND", sure)


def _missing(world: World, order: Order) -> set[str]:
    missing = identity(world) | stale(world, _paid(world, order))
    missing |= set() if order.known and has_claim(world, order) else channel(world)
    return missing | (set() if order.known else {"order_ref"})


def _limit(world: World) -> int | None:
    asked_for = world.request.get("requested_amount")
    return minor(asked_for) if asked_for else None


def _proven(world: World, order: Order) -> list[Doc]:
    """Return the verified duplicates of which something is left to pay back."""
    return [one for one in _verified(world, order) if duplicate_worth(world, order, one, doubted=True)]


def _verified(world: World, order: Order) -> list[Doc]:
    double = [one for one in _concerned(world, order) if one.get("duplicate_of") and one.get("duplicate_verified")]
    return double if world.p["duplicate_mode"] == "auto" else []


def _concerned(world: World, order: Order) -> list[Doc]:
    own = {item.get("payment_id") for item in order.items if item is not order.plan or item.get("charged_at")}
    granted = {item.get("payment_id") for item in [*world.lots, *([world.plan] if world.plan else [])]}
    return [
        one
        for one in world.payments.values()
        if one["id"] in own or (one.get("duplicate_of") and one["duplicate_of"] in own and one["id"] not in granted)
    ]


def _merits(world: World, order: Order, proven: list[Doc], *, outage: bool = True) -> Answer:
    """P4 to P10."""
    limit, concerned = _limit(world), _concerned(world, order)
    settled = frozenset(one["id"] for one in _verified(world, order))
    doubt = [one for one in concerned if one.get("duplicate_of") and one["id"] not in settled]
    sure = sum(duplicate_worth(world, order, one) for one in proven)
    open_ = sum(duplicate_worth(world, order, one, doubted=True) for one in proven) - sure
    over = sum(overcharge_worth(world, order, one["id"]) for one in concerned if one["id"] not in settled)
    late = after_cancellation(order.plan)
    exception = 0
    if late and order.plan and order.plan.get("payment_id") not in settled:
        exception, over = world.left(order.plan.get("payment_id")), 0
        if world.router:
            sure += exception
            settled |= {order.plan.get("payment_id") or ""}
    if world.router:
        sure += over
    elif over or late:
        exception += over
    if limit is not None:
        sure = min(sure, limit)
    room = None if limit is None else limit - sure
    extra = exception * (not world.router) + sum(duplicate_worth(world, order, one) for one in doubt)
    if extra and not proven:
        bare = _judged(world, order, settled, room, outage=False)
        left = sum(world.left(one["id"]) for one in concerned)
        most = min(left, sure + extra + bare.most)
        return Answer("MANUAL_REVIEW", bounds=(0, most if limit is None else min(most, limit)))
    judged = NO if extra else _judged(world, order, settled, room, outage=outage)
    if not sure and not open_:
        return _before_first(world, order, judged)
    low, high = judged.bounds or (0, 0)
    # What a reviewer may grant beside an overcharge is decided with it (5, lines 17 and 18).
    if judged.disposition == "MANUAL_REVIEW" and not proven and room != 0:
        return _review(sure + low, sure + high, limit)
    paid = sure + judged.amount if judged.disposition == "CASH_REFUND" else sure
    most = paid + open_ if limit is None else min(paid + open_, limit)
    if most <= paid:
        return Answer("CASH_REFUND", paid)
    return _review(paid + low, paid + open_ + high, limit)


def _review(low: int, high: int, limit: int | None) -> Answer:
    return Answer("MANUAL_REVIEW", bounds=(low, high) if limit is None else (min(low, limit), min(high, limit)))


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
        return Answer("MANUAL_REVIEW", bounds=(0, answer.amount))
    return answer


def _judged(world: World, order: Order, settled: frozenset[str], limit: int | None, *, outage: bool = True) -> Answer:
    """P5 to P10, at most `limit`, and Yunxin's outage."""
    value = worth(world, order, without=settled).within(limit)
    if any(agreement_of(world, item) == "NOT_MODELLED" for item in order.items):
        widest = worth(world, order, without=settled, timeless=True).within(limit)
        return Answer("MANUAL_REVIEW", bounds=(value.sure, widest.most))
    answer = _by_standing(world, order, settled, value, limit)
    if outage and answer.disposition == "NOT_REFUNDABLE" and not world.router and order.lots:
        found = any(one.get("verified") and one.get("significant") for one in world.facts.get("incidents", []))
        most = worth(world, Order(order.lots), without=settled, free=True).within(limit).most
        if found and most:
            return Answer("MANUAL_REVIEW", bounds=(0, most))
    return answer


def _by_standing(world: World, order: Order, settled: frozenset[str], value: Worth, limit: int | None) -> Answer:
    stand = standing(world, order.lots, _concerned(world, order))
    if stand == "deny":
        law = worth(world, order, without=settled, barred=True).within(limit)
        mode = world.p["statutory_vs_disqualifier"]
        if not law.most or mode == "ignore":
            return NO
        if mode == "review":
            return Answer("MANUAL_REVIEW", bounds=(0, law.most))
        return _paid_or_reviewed(law)
    if stand == "review" and value.most:
        return Answer("MANUAL_REVIEW", bounds=(0, value.most))
    return _paid_or_reviewed(value)


def _paid_or_reviewed(value: Worth) -> Answer:
    if value.most > value.paid:
        return Answer("MANUAL_REVIEW", bounds=(value.least, value.most))
    if value.paid and value.seen:
        return Answer("MANUAL_REVIEW", bounds=(0, value.paid))
    return Answer("CASH_REFUND", value.paid) if value.paid else NO


def _after(world: World) -> World:
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
        if dispute and (
            dispute["status"] in ("NEEDS_RESPONSE", "UNDER_REVIEW")
            or (dispute["status"] == "INQUIRY" and not dispute.get("refundable"))
        ):
            dispute["status"] = "WON"
    if facts["account"].get("status_reason") == "UNDER_INVESTIGATION":
        facts["account"]["status"] = "ACTIVE"
    return World(document, world.overrides)
