"""Generate contested API requests, incidents, an agreement, and the ledger of the account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from decider.authoring.generate.chance import Dice
from decider.authoring.generate.random_lots import money, used_of
from decider.authoring.generate.random_times import DAY, SECOND, text

__all__ = ["agreement", "incidents", "ledger", "usage_events"]

_USED = ("used_micros", "base_used_micros", "bonus_used_micros")


def usage_events(dice: Dice, asked: int) -> list[dict[str, Any]]:
    """Make contested API requests: the origin of the error, the output, the bill and the restored credits."""
    made = []
    for index in range(dice.weighted({1: 6, 2: 3, 3: 1})):
        one: dict[str, Any] = {
            "id": f"ev-{index}",
            "outcome": dice.weighted({"ERROR": 8, "SUCCESS": 1}),
            "error_origin": dice.weighted({"PLATFORM": 4, "UPSTREAM": 4, "": 2}),
            "output_tokens": dice.weighted({0: 7, 1: 1, 900: 2}),
            "upstream_billed": dice.chance(0.4),
            "deducted_micros": dice.weighted({0: 1, 1: 1, 420_000: 8}),
            "already_restored": dice.chance(0.15),
            "occurred_at": text(asked - dice.between(0, 60 * 86_400) * SECOND),
        }
        made.append({key: value for key, value in one.items() if value != ""})
    return made


def incidents(dice: Dice) -> list[dict[str, Any]]:
    """Make outages: verified or not, their origin, their severity, and the credits granted for them."""
    made = []
    for index in range(dice.weighted({1: 7, 2: 2})):
        one: dict[str, Any] = {
            "id": f"inc-{index}",
            "verified": dice.chance(0.75),
            "attribution": dice.weighted({"PLATFORM": 6, "UPSTREAM": 2, "": 1}),
            "significant": dice.chance(0.7),
            "sla_credit_micros": dice.weighted({12_000_000: 6, 1: 1, 0: 1}),
            "already_granted": dice.chance(0.2),
        }
        made.append({key: value for key, value in one.items() if value != ""})
    return made


def agreement(dice: Dice, order_ref: str, lots: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Make an agreement that covers the order by name, by size or by the policy, or does not cover it."""
    made: dict[str, Any] = {"id": "agr-1", "terms": dice.pick(("NOT_MODELLED", "REFUNDABLE", "NOT_REFUNDABLE"))}
    by = dice.weighted({"name": 5, "size": 4, "policy": 1})
    in_dollars = bool(lots) and all(lot["base_price"]["currency_code"] == "USD" for lot in lots)
    if by == "name" or not lots:
        made["order_refs"] = [order_ref] if dice.chance(0.85) else ["ORD-9"]
    elif by == "size" or not in_dollars:
        base = lots[0]["base_price"]
        made["minimum"] = money(base["currency_code"], max(0, base["amount_minor"] + dice.pick((-1, 0, 0, 1, 500))))
    return made


def ledger(
    dice: Dice,
    lots: Sequence[Mapping[str, Any]],
    payments: Sequence[Mapping[str, Any]],
    now: int,
    *,
    incomplete: bool,
) -> dict[str, Any]:
    """Make the ledger's snapshot: its age, and the use of the lots that do not state their use."""
    made: dict[str, Any] = {"balance_version": "v1", "taken_at": text(now)}
    if dice.upset(0.3 if incomplete else 0.06):
        made["taken_at"] = text(now - dice.pick((60 * SECOND, 60 * SECOND + 1, 61 * SECOND, DAY)))
    if dice.upset(0.01):
        del made["taken_at"]
    if dice.chance(0.25):
        made["consumption_order"] = dice.pick(("PROMOTIONAL_FIRST", "BASE_FIRST", "PROPORTIONAL"))
    silent = [lot for lot in lots if all(key not in lot for key in _USED)]
    if not dice.chance((0.6 if incomplete else 0.93) if silent else 0.15):
        return made
    taken = _taken(lots, payments)
    rooms = [lot["base_micros"] + lot["bonus_micros"] - lot["reserved_micros"] - taken[lot["id"]] for lot in silent]
    used = sum(used_of(lot) for lot in lots) + (dice.part_of(sum(rooms)) if min(rooms, default=0) >= 0 else 0)
    balance = sum(lot["base_micros"] + lot["bonus_micros"] - taken[lot["id"]] for lot in lots) - used
    if balance < 0:
        return made
    told = dice.weighted({"used": 6, "balance": 3, "both": 1})
    if told != "balance":
        made["used_micros"] = used
    if told != "used":
        made["balance_micros"] = balance
    return made


def _taken(lots: Sequence[Mapping[str, Any]], payments: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Return the credits that refunds removed from each lot; a refund without a lot counts for the payment's first."""
    taken = {str(lot["id"]): 0 for lot in lots}
    for payment in payments:
        paid_for = sorted(str(lot["id"]) for lot in lots if lot.get("payment_id") == payment["id"])
        for refund in payment.get("refunds", ()):
            lot_id = refund.get("lot_id") or (paid_for[0] if paid_for else None)
            if refund["status"] in ("SUCCEEDED", "PENDING") and lot_id is not None:
                taken[lot_id] += refund.get("credits_micros", 0) + refund.get("bonus_micros", 0)
    return taken
