"""Generate the customer, the account, the risk, and the channel and sender of the request."""

from __future__ import annotations

from typing import Any

from decider.authoring.generate.chance import Dice
from decider.authoring.generate.policy_edges import Scope
from decider.authoring.generate.random_times import DAY, text

__all__ = ["account", "customer", "risk", "sender", "zone_of"]

_OWN = "ada@bücher.example"
_PAYER = "accounts@example.org"
# The same address in other spellings, and another address that only looks the same.
_SAME = (_OWN, "  ADA@Bücher.example ", "ada@xn--bcher-kva.example", "ada@bu\u0308cher.example")
_OTHER = ("eve@example.net", "ada+tag@bücher.example", "ada")

_COVERED = {
    "DE": "Europe/Berlin",
    "FR": "Europe/Paris",
    "IE": "Europe/Dublin",
    "PT": "Atlantic/Azores",
    "EL": "Europe/Athens",
    "NO": "Europe/Oslo",
    "ES": "Africa/Ceuta",
    "FI": "Europe/Helsinki",
    "SE": "Europe/Stockholm",
    "DK": "Europe/Copenhagen",
    "AT": "Europe/Vienna",
}
_REGIONS = {"DE": ("DE-BY", "DE-BE"), "ES": ("ES-MD", "ES-CN"), "UK": ("GB-SCT",), "GB": ("GB-NIR",)}
_KINGDOM = {"GB": "Europe/London", "UK": "Europe/London"}
_ELSEWHERE = {
    "US": "America/New_York",
    "CH": "Europe/Zurich",
    "JP": "Asia/Tokyo",
    "NP": "Asia/Kathmandu",
    "WS": "Pacific/Apia",
    "JE": "Europe/London",
}


def customer(dice: Dice) -> dict[str, Any]:
    """Make the customer: type, country and time zone."""
    where = dice.weighted({"covered": 40, "kingdom": 16, "elsewhere": 40, "": 4})
    places = {"covered": _COVERED, "kingdom": _KINGDOM, "elsewhere": _ELSEWHERE}
    made: dict[str, Any] = {"type": dice.weighted({"CONSUMER": 70, "BUSINESS": 20, "": 10})}
    if where:
        country = dice.pick(tuple(places[where]))
        made |= {"country_code": country, "time_zone": places[where][country]}
        if country in _REGIONS and dice.chance(0.3):
            made["subdivision_code"] = dice.pick(_REGIONS[country])
    if dice.upset(0.08):
        made["time_zone"] = dice.pick(("", "UTC", "Pacific/Kiritimati", "America/St_Johns"))
    return {key: value for key, value in made.items() if value}


def zone_of(customer: dict[str, Any]) -> str:
    """Return where the customer's days begin and end."""
    return str(customer.get("time_zone") or "UTC")


def account(dice: Dice, asked: int, *, doubtful: bool) -> dict[str, Any]:
    """Make the account: its state and its addresses. A `doubtful` account is less often active."""
    made: dict[str, Any] = {"id": "acct-1", "status": "ACTIVE", "verified_emails": [_OWN], "payer_email": _OWN}
    if dice.upset(0.1):
        made["payer_email"] = _PAYER
    if dice.upset(0.05):
        made["verified_emails"] = dice.pick(([], ["first@example.com", _OWN], ["first@example.com"]))
    if dice.upset(0.4 if doubtful else 0.2):
        reasons = (
            "TOS_VIOLATION",
            "TOS_VIOLATION",
            "UNDER_INVESTIGATION",
            "NON_PAYMENT",
            "OWN_REQUEST",
            "SECURITY",
            "CHARGEBACK",
            "",
            "",
        )
        made |= {"status": dice.weighted({"SUSPENDED": 3, "TERMINATED": 2}), "status_reason": dice.pick(reasons)}
        if dice.chance(0.6):
            made["status_since"] = text(asked + dice.pick((-3 * DAY, -DAY, 0, 1, 600 * 10**9)))
        if dice.chance(0.2):
            made["forfeited_at"] = text(asked + dice.pick((-DAY, 0, 5 * DAY)))
    return {key: value for key, value in made.items() if value}


def risk(dice: Dice, scope: Scope, *, doubtful: bool) -> dict[str, Any]:
    """Make the flags of risk and the number of refunds; a `doubtful` account has more flags."""
    flagged = 0.3 if doubtful else 0.05
    often = [number for number in scope.limits(2, 20) if number >= 0] or [0]
    return {
        "fraud": dice.weighted({"SUSPECTED": 2, "CONFIRMED": 1}) if dice.upset(flagged) else "NONE",
        "tos_violation": dice.weighted({"SUSPECTED": 2, "CONFIRMED": 1}) if dice.upset(0.05) else "NONE",
        "approved_refunds_90d": dice.pick(often) if dice.upset(0.12) else dice.pick((0, 0, 1)),
    }


def sender(dice: Dice, *, incomplete: bool) -> dict[str, Any]:
    """Make the channel and the sender of the request; an `incomplete` request has more faults."""
    lacking = 0.3 if incomplete else 0.04
    channels = {"SUPPORT_TICKET": 8, "EMAIL": 40, "IN_APP": 40, "WITHDRAWAL_FUNCTION": 12}
    made: dict[str, Any] = {"channel": dice.weighted(channels)}
    if dice.upset(lacking):
        made["channel"] = dice.pick(("SOCIAL_MEDIA", "OTHER", ""))
    made["sender_email"] = _PAYER if dice.upset(0.03) else dice.pick(_SAME)
    if dice.upset(lacking):
        made["sender_email"] = dice.pick(_OTHER)
    if dice.chance(0.1 if made["channel"] in ("EMAIL", "SUPPORT_TICKET") else 0.35) and dice.upset(0.6):
        made["sender_email"] = ""
    made["sender_authenticated"] = not dice.upset(lacking)
    return {key: value for key, value in made.items() if value}
