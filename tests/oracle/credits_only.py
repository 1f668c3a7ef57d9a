"""Requests for credits rather than money: contested API requests and service credits (rulings 7, 14 and 15)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from oracle.answer import NO, Answer, review
from oracle.bars import channel, identity, stale
from oracle.order import has_claim, order_of
from oracle.refund import paid_lots
from oracle.world import Doc, World


def _due(world: World) -> Sequence[Doc]:
    return [
        one
        for one in world.facts.get("incidents", [])
        if one.get("verified") and one.get("attribution") == "PLATFORM" and not one.get("already_granted")
    ]


def service_credit(world: World) -> int:
    """Return how many credits Router One owes for outages."""
    return sum(one.get("sla_credit_micros", 0) for one in _due(world)) if world.router else 0


def with_service_credit(world: World, answer: Answer) -> Answer:
    """Add a due service credit to money that is paid, or grant it where nothing is refundable (ruling 15)."""
    due = service_credit(world)
    grants = frozenset({("GRANT_SERVICE_CREDIT", "", due)}) if due else frozenset()
    if grants and answer.disposition == "CASH_REFUND":
        return replace(answer, effects=answer.effects | grants)
    return Answer("SERVICE_CREDIT", effects=grants) if grants and answer == NO else answer


def service(world: World) -> Answer:
    """Decide on a request for service credit."""
    if not world.router:
        missing = identity(world) | (set() if has_claim(world, order_of(world)) else channel(world))
        return Answer("NEEDS_INFORMATION", bounds=(0, 0), missing=frozenset(missing)) if missing else NO
    open_ = [
        one
        for one in world.facts.get("incidents", [])
        if not one.get("already_granted")
        and one.get("attribution") != "UPSTREAM"
        and not (one.get("verified") and one.get("attribution") == "PLATFORM")
    ]
    credits_ = sum(one.get("sla_credit_micros", 0) for one in open_)
    if service_credit(world) or not credits_:
        return NO
    return review(0, 0, {"incident_unverified"}, credits_)


def contested(world: World) -> Answer:
    """Decide on a request to restore credits."""
    ids = world.request.get("usage_event_ids")
    events = [one for one in world.facts.get("usage_events", []) if not ids or one["id"] in ids]
    failed = [
        one
        for one in events
        if one["outcome"] == "ERROR" and one.get("deducted_micros") and not one.get("already_restored")
    ]
    return _restored(world, failed) if world.router else _considered(world, failed)


def _considered(world: World, failed: list[Doc]) -> Answer:
    """Yunxin promises no restoring: a reviewer may consider technical errors."""
    order = order_of(world)
    missing = identity(world) | (set() if has_claim(world, order) else channel(world))
    missing |= set() if order.known else {"order_ref"}
    missing |= stale(world, paid_lots(world, order))
    credits_ = sum(one["deducted_micros"] for one in failed if one.get("error_origin") != "UPSTREAM")
    if missing:
        return Answer("NEEDS_INFORMATION", bounds=(0, 0), credits=credits_, missing=frozenset(missing))
    codes = {
        "technical_error" if one.get("error_origin") or one.get("output_tokens") else "error_origin_unknown"
        for one in failed
        if one.get("error_origin") != "UPSTREAM"
    }
    return review(0, 0, codes, credits_) if credits_ else NO


def _restored(world: World, failed: list[Doc]) -> Answer:
    effects, unknown = set(), 0
    for one in failed:
        origin, billed = one.get("error_origin") or "", bool(one.get("upstream_billed"))
        if one.get("output_tokens"):
            continue
        if not origin:
            unknown += one["deducted_micros"]
        elif not (billed and (origin == "UPSTREAM" or world.p["error_split"] == "upstream_billed_wins")):
            effects.add(("RESTORE_CREDITS", str(one["id"]), int(one["deducted_micros"])))
    if effects:
        return Answer("RESTORE_CREDITS", effects=frozenset(effects))
    return review(0, 0, {"error_origin_unknown"}, unknown) if unknown else NO
