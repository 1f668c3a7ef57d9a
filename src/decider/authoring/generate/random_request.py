"""Generate the request: the remedy, the order, all of it or a part."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from decider.authoring.generate.chance import Dice
from decider.authoring.generate.policy_edges import Scope
from decider.authoring.generate.random_customer import sender
from decider.authoring.generate.random_lots import money
from decider.authoring.generate.random_purchases import ORDER, Purchases

__all__ = ["request"]

_REMEDIES = {
    "plan": {"REFUND": 10, "CANCEL_SUBSCRIPTION": 6},
    "contested": {"REFUND": 3, "RESTORE_CREDITS": 7},
    "outage": {"REFUND": 5, "SERVICE_CREDIT": 6},
}


_CREDIT = 1_000_000


def request(dice: Dice, scope: Scope, theme: str, bought: Purchases, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Make the request; its times are added by the caller."""
    made: dict[str, Any] = {"policy_id": scope.policy_id, **sender(dice, incomplete=theme == "incomplete")}
    remedy = dice.weighted(_REMEDIES.get(theme, {"REFUND": 1}))
    if dice.upset(0.02):
        others = ("RESTORE_CREDITS", "SERVICE_CREDIT", "CANCEL_SUBSCRIPTION")
        remedy = dice.pick(others if bought.plan is not None else others[:2])
    if remedy != "REFUND" or dice.chance(0.9):
        made["remedy"] = remedy
    made |= _order(dice, bought, remedy, theme)
    if not dice.upset(0.05):
        made["reason"] = "No longer needed"
    if dice.upset(0.02) or (theme == "withdrawn" and dice.chance(0.5)):
        made["policy_version"] = dice.pick(scope.versions)[0]
    if (
        "usage_events" in facts
        and remedy in ("REFUND", "RESTORE_CREDITS")
        and dice.chance(0.3 if remedy == "RESTORE_CREDITS" else 0.5)
    ):
        events = [str(event["id"]) for event in facts["usage_events"]]
        made["usage_event_ids"] = events[: dice.between(1, len(events))]
    if remedy == "REFUND":
        made |= _part(dice, bought, made)
    return made


def _order(dice: Dice, bought: Purchases, remedy: str, theme: str) -> dict[str, Any]:
    """Name the purchase by its order, by lots, in the customer's own words, or not at all."""
    named: dict[str, Any] = {"order_ref": ORDER if bought.wanted else "SUB-1"}
    if remedy == "CANCEL_SUBSCRIPTION":
        named["order_ref"] = "SUB-1"
    elif bought.wanted and dice.chance(0.7 if theme == "shared" else 0.2):
        ids = [str(lot["id"]) for lot in bought.wanted]
        named = {"lot_ids": dice.shuffled(ids)[: dice.between(1, len(ids))]}
        if dice.chance(0.3):
            named["order_ref"] = "my last top-up"
    if dice.upset(0.35 if theme == "incomplete" else 0.05) or (
        remedy in ("RESTORE_CREDITS", "SERVICE_CREDIT") and dice.chance(0.3)
    ):
        return {}
    return named


def _part(dice: Dice, bought: Purchases, made: Mapping[str, Any]) -> dict[str, Any]:
    """Ask for a part: an amount, or base credits of a single lot."""
    asked_for = [lot for lot in bought.wanted if lot["id"] in made.get("lot_ids", [lot["id"]])]
    paid = [lot for lot in asked_for if lot["category"] == "PAID"]
    kind = dice.weighted({"all": 14, "amount": 4, "credits": 3})
    if kind == "amount":
        price = asked_for[0]["base_price"] if asked_for else (bought.plan or {})["amount"]
        whole = sum(lot["base_price"]["amount_minor"] for lot in asked_for) or price["amount_minor"]
        wanted = whole + dice.pick((1, 400, whole)) if dice.chance(0.25) else max(1, dice.part_of(whole))
        return {"requested_amount": money(price["currency_code"], wanted)}
    if kind == "credits" and len(paid) == 1:
        base = paid[0]["base_micros"]
        wanted = base + dice.pick((1, base)) if dice.chance(0.15) else max(1, dice.part_of(base))
        if base > _CREDIT and dice.chance(0.3):
            wanted = _CREDIT
        return {"requested_credits_micros": wanted}
    return {}
