"""The whole decision on one document."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from oracle.answer import Answer, cancellation, carried_through, wait
from oracle.bars import identity
from oracle.credits_only import contested, service, service_credit, with_service_credit
from oracle.order import Order, order_of
from oracle.refund import refund
from oracle.times import instant
from oracle.world import Doc, World


def decide(document: Doc, overrides: dict[str, Any] | None = None) -> Answer:
    """Decide one document under a policy's parameters, some of them overridden."""
    world = World(document, overrides or {})
    answer = with_service_credit(world, carried_through(world, _decided(world)))
    if answer.disposition in ("NEEDS_INFORMATION", "HOLD") and _may_refund(world):
        return replace(answer, credits=answer.credits or service_credit(world))
    return answer


def _may_refund(world: World) -> bool:
    """Tell whether money may come of a request, with which a due service credit would go (ruling 15)."""
    if world.remedy != "CANCEL_SUBSCRIPTION":
        return world.remedy == "REFUND"
    return world.asked < (instant((world.plan or {})["period_start"]) or 0)


def _decided(world: World) -> Answer:
    if world.remedy == "RESTORE_CREDITS" or world.request.get("usage_event_ids"):
        return contested(world)
    if world.remedy == "SERVICE_CREDIT":
        return service(world)
    if world.remedy == "CANCEL_SUBSCRIPTION":
        return _cancel(world)
    return refund(world, order_of(world))


def _cancel(world: World) -> Answer:
    missing, answer = identity(world), _ended(world)
    return wait("NEEDS_INFORMATION", [answer], missing) if missing else answer


def _ended(world: World) -> Answer:
    plan = world.plan or {}
    if world.asked >= (instant(plan["period_start"]) or 0):
        return cancellation(world, "CANCEL_AT_PERIOD_END")
    answer = refund(world, Order(plan=plan), asks=False)
    return cancellation(world, "CANCEL_NOW") if answer.disposition == "NOT_REFUNDABLE" else answer
