"""Generate a subscription: first or renewed; before, in or after its period; charged in time, late or never."""

from __future__ import annotations

from typing import Any

from decider.authoring.generate.chance import Dice
from decider.authoring.generate.random_lots import consent, money
from decider.authoring.generate.random_times import DAY, SECOND, text

__all__ = ["plan", "plan_bought"]

_ASIDE = (-SECOND, -1, 0, 1, SECOND)


def plan(dice: Dice, bought: int, cost: tuple[str, int]) -> dict[str, Any]:
    """Make a plan with a period that was charged at `bought`; the caller adds its payment."""
    length = dice.weighted({30 * DAY: 8, 31 * DAY: 2, 365 * DAY: 1, 7 * SECOND: 1})
    start = bought + dice.weighted({0: 8, DAY: 3, 5 * DAY: 2, -2 * DAY: 1, 20 * DAY: 1})
    first = dice.chance(0.7)
    concluded = bought if first else bought - dice.pick((30, 60, 365)) * DAY
    made: dict[str, Any] = {
        "plan": dice.pick(("Basic", "Pro", "Enterprise")),
        "order_ref": "SUB-1",
        "amount": money(*cost),
        "concluded_at": text(concluded),
        "charged_at": text(bought),
        "period_start": text(start),
        "period_end": text(start + length),
        "first_period": first,
    }
    record = consent(dice, concluded)
    if record is not None:
        made["consent"] = record
    if dice.chance(0.1):
        del made["concluded_at"]
    if dice.chance(0.15):
        # A cancellation before the charge makes it a late charge, if the period also begins after the cancellation.
        made["cancelled_at"] = text(dice.pick((bought, min(bought, start))) + dice.pick((-5 * DAY, -1, 0, 1, DAY)))
    if dice.upset(0.05):
        del made["charged_at"]
    return made


def plan_bought(dice: Dice, start: int, end: int) -> int:
    """Return an instant near the edges of a period, or within the period."""
    if dice.chance(0.4):
        return dice.pick((start, start, end)) + dice.pick(_ASIDE)
    return start + dice.between(0, max(1, (end - start) // SECOND)) * SECOND
