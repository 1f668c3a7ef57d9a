"""Generate a whole document: the request, its sender and the facts."""

from __future__ import annotations

from random import Random
from typing import Any

from decider.authoring.generate.chance import Dice
from decider.authoring.generate.policy_edges import Scope
from decider.authoring.generate.random_account import agreement, incidents, ledger, usage_events
from decider.authoring.generate.random_customer import account, customer, risk, zone_of
from decider.authoring.generate.random_purchases import ORDER, purchases
from decider.authoring.generate.random_request import request
from decider.authoring.generate.random_times import DAY, SECOND, after_withdrawal, text

__all__ = ["generate"]

_THEMES = {
    "lots": 46,
    "plan": 17,
    "double": 16,
    "contested": 7,
    "outage": 6,
    "agreement": 6,
    "shared": 5,
    "wrong": 6,
    "incomplete": 6,
    "withdrawn": 2,
}
_WAITING = (0, 0, 1800 * SECOND, DAY)


def generate(rng: Random, scope: Scope) -> dict[str, Any]:
    """Generate one request under a policy: `{evaluate_at, request, facts}`, as files of facts are written.

    Enum values have no prefix. All values come from `rng`, so that a seed gives the same document again. The facts
    should not contradict each other; if they do, the service refuses the document.
    """
    dice = Dice(rng)
    theme = dice.weighted(_THEMES)
    who = customer(dice)
    bought = purchases(dice, scope, theme, zone_of(who))
    asked = bought.asked
    received = asked + dice.pick(_WAITING) if dice.chance(0.3) else asked
    completed = received + dice.pick(_WAITING) if dice.chance(0.2) else received
    now = completed + dice.pick((0, 1800 * SECOND, 1800 * SECOND, 4 * DAY))
    if theme == "withdrawn":
        now = max(now, after_withdrawal(dice))
    facts: dict[str, Any] = {
        "account": account(dice, asked, doubtful=theme == "wrong"),
        "customer": who,
        "lots": dice.shuffled(bought.lots),
        "payments": dice.shuffled(bought.payments),
        "risk": risk(dice, scope, doubtful=theme == "wrong"),
        "ledger": ledger(dice, bought.lots, bought.payments, now, incomplete=theme == "incomplete"),
    }
    if bought.plan is not None:
        facts["subscription"] = bought.plan
    if theme == "contested" or dice.upset(0.05):
        facts["usage_events"] = usage_events(dice, asked)
    if theme == "outage" or dice.upset(0.06):
        facts["incidents"] = incidents(dice)
    if theme == "agreement" or dice.upset(0.04):
        facts["agreement"] = agreement(dice, ORDER if bought.wanted else "SUB-1", bought.wanted)
    asking = request(dice, scope, theme, bought, facts)
    asking["requested_at"] = text(asked)
    if received != asked or dice.chance(0.1):
        asking["received_at"] = text(received)
    if completed != received or dice.chance(0.1):
        asking["completed_at"] = text(completed)
    return {"evaluate_at": text(now), "request": asking, "facts": facts}
