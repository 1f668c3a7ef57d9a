"""Generate payments for one purchase or several, with refunds, disputes, duplicates and wrong charges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from decider.authoring.generate.chance import Dice
from decider.authoring.generate.random_lots import left_of, money
from decider.authoring.generate.random_times import SECOND, text

__all__ = ["overcharge", "pay", "refunds", "unsettle"]

_KINDS = {"UNUSED_CREDITS": 10, "GOODWILL": 3, "DUPLICATE": 1, "": 1}
_STATUSES = {"INQUIRY": 3, "NEEDS_RESPONSE": 2, "UNDER_REVIEW": 1, "WON": 4, "LOST": 5}


def pay(dice: Dice, name: str, lots: Sequence[dict[str, Any]], plan: dict[str, Any] | None, at: int) -> dict[str, Any]:
    """Make the payment for these lots and this plan, and name it in them."""
    currency, due, kept = "", 0, 0
    for lot in lots:
        currency = lot["base_price"]["currency_code"]
        fee = lot["fee"]["amount_minor"]
        due += lot["base_price"]["amount_minor"] + fee + lot["tax"]["amount_minor"]
        kept += fee if lot["fee_kept_by_third_party"] else 0
    if plan is not None:
        currency, due = plan["amount"]["currency_code"], due + plan["amount"]["amount_minor"]
    for one in [*lots, *([plan] if plan is not None else [])]:
        one["payment_id"] = name
    captured = due - kept if dice.chance(0.4) else due
    methods = {"card": 12, "alipay": 2, "usdt": 2, " BTC ": 1}
    made = {
        "id": name,
        "method": dice.weighted(methods),
        "captured": money(currency, captured),
        "captured_at": text(at),
    }
    if dice.upset(0.06):
        step = dice.pick((1, 500, captured))
        expected = captured if dice.chance(0.15) else due
        made["expected"] = money(currency, expected)
        made["captured"] = money(currency, max(0, expected + dice.weighted({step: 6, 0: 1, -1: 1})))
    return made


def overcharge(dice: Dice, payment: dict[str, Any]) -> None:
    """Make a payment charge more than the price of its purchases."""
    due = payment.get("expected", payment["captured"])
    more = dice.pick((1, 500, max(1, due["amount_minor"])))
    payment["expected"] = dict(due)
    payment["captured"] = money(due["currency_code"], due["amount_minor"] + more)


def refunds(
    dice: Dice,
    payment: dict[str, Any],
    lots: Sequence[Mapping[str, Any]],
    asked: int,
    *,
    others: Sequence[Mapping[str, Any]] = (),
    rooms: dict[str, int] | None = None,
    left: dict[str, tuple[int, int]] | None = None,
    kinds: Mapping[str, int] = _KINDS,
) -> None:
    """Refund a part of a payment, and remove credits of its lots.

    `others` are lots of other payments that a refund may name as well. `rooms` are the amounts that each payment can
    still return for its own lots, and `left` the credits that the lots still have.
    """
    rest = payment["captured"]["amount_minor"]
    rooms = {payment["id"]: rest} if rooms is None else rooms
    left = {lot["id"]: left_of(lot) for lot in lots} if left is None else left
    made = []
    for index in range(dice.weighted({1: 6, 2: 3, 3: 1})):
        status = dice.weighted({"SUCCEEDED": 14, "PENDING": 2, "FAILED": 2, "CANCELED": 1})
        nameable = list(lots) if lots and dice.chance(0.7) else list(others or lots)
        lot = dice.pick(nameable) if nameable else None
        named = lot is not None and dice.chance(0.8)
        home = str(lot["payment_id"]) if lot is not None and named else payment["id"]
        most = min(rest, rooms[home])
        amount = most if dice.chance(0.2) else dice.part_of(most)
        if lot is not None and dice.chance(0.3):
            amount = min(most, lot["base_price"]["amount_minor"])
        if not amount:
            continue
        one: dict[str, Any] = {
            "id": f"{payment['id']}-re-{index}",
            "amount": money(payment["captured"]["currency_code"], amount),
            "status": status,
            "kind": dice.weighted(kinds),
            "refunded_at": text(asked - dice.between(0, 5 * 86_400) * SECOND),
        }
        if lot is not None:
            if named:
                one["lot_id"] = lot["id"]
            if named or lots:
                _take(dice, one, lot if named else min(lots, key=lambda each: str(each["id"])), left)
        if status in ("SUCCEEDED", "PENDING"):
            rest -= amount
            rooms[home] -= amount
        made.append({key: value for key, value in one.items() if value != ""})
    if made:
        payment["refunds"] = made


def _take(dice: Dice, refund: dict[str, Any], lot: Mapping[str, Any], left: dict[str, tuple[int, int]]) -> None:
    """Remove credits with a refund: mostly in proportion, never more than are left."""
    base, bonus = left[lot["id"]]
    if refund["kind"] not in ("UNUSED_CREDITS", "") and dice.chance(0.7):
        return
    price = max(1, lot["base_price"]["amount_minor"])
    share = -(-lot["base_micros"] * refund["amount"]["amount_minor"] // price)
    credits_ = min(base, share if dice.chance(0.8) else dice.part_of(base))
    bonus_ = bonus if dice.chance(0.5) else dice.part_of(bonus)
    refund |= {"credits_micros": credits_, "bonus_micros": bonus_}
    if refund["status"] in ("SUCCEEDED", "PENDING"):
        # Without an exact split, the refund may have taken all these credits from the base or all from the bonus.
        both = credits_ + bonus_
        exact = "base_used_micros" in lot and "bonus_used_micros" in lot and not lot["reserved_micros"]
        left[lot["id"]] = (base - credits_, bonus - bonus_) if exact else (max(0, base - both), max(0, bonus - both))


def unsettle(dice: Dice, payment: dict[str, Any], statuses: Mapping[str, int] = _STATUSES) -> None:
    """Add a dispute to a payment."""
    captured = payment["captured"]
    made: dict[str, Any] = {
        "status": dice.weighted(statuses),
        "refundable": dice.chance(0.6),
        "unauthorized": dice.chance(0.3),
    }
    if dice.chance(0.5):
        made["amount"] = money(captured["currency_code"], dice.part_of(captured["amount_minor"]))
    payment["dispute"] = made
