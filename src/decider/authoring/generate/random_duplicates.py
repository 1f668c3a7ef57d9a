"""Generate groups of charges for one order: duplicates, chains of duplicates, and their refunds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from decider.authoring.generate.chance import Dice
from decider.authoring.generate.random_lots import left_of
from decider.authoring.generate.random_payments import refunds, unsettle
from decider.authoring.generate.random_times import SECOND, text

__all__ = ["charge_again", "give_back", "group_of"]


def charge_again(dice: Dice, original: Mapping[str, Any], at: int) -> list[dict[str, Any]]:
    """Make further charges for the same order as `original`, without credits; each duplicates an earlier charge."""
    made: list[dict[str, Any]] = []
    for index in range(dice.weighted({1: 6, 2: 3, 3: 1})):
        payment: dict[str, Any] = {
            # Ids before and after that of the original, so that the order of ids differs from the order of time.
            "id": f"{dice.pick(('pay-0', 'pay-x'))}{index}",
            "method": original["method"] if dice.chance(0.8) else "usdt",
            "captured": dict(original["captured"]),
            "captured_at": text(at + dice.pick((-2, 0, 2, 2, 3)) * SECOND),
            "duplicate_of": dice.pick([str(original["id"]), *(str(earlier["id"]) for earlier in made)]),
            "duplicate_verified": dice.chance(0.75),
        }
        if dice.chance(0.1):
            payment["captured"]["amount_minor"] = dice.part_of(payment["captured"]["amount_minor"])
        made.append(payment)
    return made


def group_of(payments: Sequence[Mapping[str, Any]], name: str) -> list[str]:
    """Return the ids of the payments that are duplicates of the same original as a payment, the original among them."""
    above = {str(payment["id"]): str(payment.get("duplicate_of", "")) for payment in payments}

    def original(one: str) -> str:
        return original(above[one]) if above[one] else one

    return [one for one in above if original(one) == original(name)]


def give_back(dice: Dice, payments: Sequence[dict[str, Any]], lots: Sequence[Mapping[str, Any]], asked: int) -> None:
    """Refund and dispute the payments of one group; any of them may return money for any lot of the group."""
    names = [str(payment["id"]) for payment in payments]
    of_group = [lot for lot in lots if lot.get("payment_id") in names]
    left = {str(lot["id"]): left_of(lot) for lot in of_group}
    rooms = {str(payment["id"]): int(payment["captured"]["amount_minor"]) for payment in payments}
    for payment in payments:
        own = [lot for lot in of_group if lot["payment_id"] == payment["id"]]
        if dice.upset(0.35):
            kinds = {"UNUSED_CREDITS": 4, "GOODWILL": 1, "DUPLICATE": 6}
            refunds(dice, payment, own, asked, others=of_group, rooms=rooms, left=left, kinds=kinds)
        if dice.upset(0.2):
            unsettle(dice, payment, {"INQUIRY": 1, "NEEDS_RESPONSE": 2, "WON": 2, "LOST": 8})
