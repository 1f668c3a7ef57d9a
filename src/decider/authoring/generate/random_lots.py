"""Generate credit lots: prices that do not divide evenly, all splits of used credits, all records of consent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from decider.authoring.generate.chance import Dice
from decider.authoring.generate.policy_edges import Scope
from decider.authoring.generate.random_times import DAY, SECOND, text

__all__ = ["consent", "left_of", "lot", "money", "price", "used_of"]

_CURRENCIES = {"USD": 60, "EUR": 22, "GBP": 6, "JPY": 7, "KWD": 5}
_EXACT = 2**61  # price times credits beyond this is refused


def money(currency: str, minor: int) -> dict[str, Any]:
    """Make an amount."""
    return {"currency_code": currency, "amount_minor": minor}


def price(dice: Dice, scope: Scope) -> tuple[str, int]:
    """Return a currency and a price in it: round, odd, tiny, or near a limit of the policy."""
    currency = dice.weighted(_CURRENCIES)
    kind = dice.weighted({"round": 8, "odd": 10, "tiny": 2, "limit": 3})
    limits = scope.limits(1000, 10**7)
    if kind == "limit" and limits:
        return currency, dice.pick(limits)
    if kind == "tiny":
        return currency, dice.between(0, 7)
    return currency, dice.pick((500, 1000, 5000, 10_000)) if kind == "round" else dice.between(11, 20_011)


def consent(dice: Dice, bought: int) -> dict[str, Any] | None:
    """Make the record of a checkout: complete, absent, or with gaps."""
    kind = dice.weighted({"complete": 10, "absent": 3, "gaps": 8})
    if kind == "absent":
        return None
    whole = kind == "complete"
    made: dict[str, Any] = {"text_version": "checkout-1"}
    for key, at in (("express_request_at", -30), ("loss_acknowledged_at", -20), ("confirmation_sent_at", 10)):
        if whole or dice.chance(0.65):
            made[key] = text(bought + at * SECOND)
    made["withdrawal_information_given"] = whole or dice.chance(0.6)
    return made


def lot(dice: Dice, name: str, bought: int, cost: tuple[str, int]) -> dict[str, Any]:
    """Make a lot that cost `cost`; the caller adds its payment and its order."""
    currency, base_price = cost
    base, bonus = _credits(dice, base_price)
    fee = dice.weighted({0: 4, 350: 3, base_price * 35 // 1000: 2, 1: 1})
    tax = dice.weighted({0: 4, base_price * 19 // 100: 3, 7: 1})
    if (base_price + fee + tax) * (base + bonus) >= _EXACT:
        base, bonus = 100_000_000, 4_000_000
    made: dict[str, Any] = {
        "id": name,
        "category": "PAID",
        "purchased_at": text(bought),
        "base_price": money(currency, base_price),
        "fee": money(currency, fee),
        "fee_kept_by_third_party": dice.chance(0.15),
        "tax": money(currency, tax),
        "base_micros": base,
        "bonus_micros": bonus,
        "reserved_micros": 0,
    }
    record = consent(dice, bought)
    if record is not None:
        made["consent"] = record
    if dice.chance(0.15):
        made["draw_priority"] = dice.between(0, 2)
    if dice.chance(0.2):
        made["expires_at"] = text(bought + dice.pick((3, 14, 90, 365)) * DAY)
    if dice.upset(0.04):
        made["category"] = dice.weighted({"PROMOTIONAL": 1, "SERVICE": 1})
    _use(dice, made)
    return made


def used_of(lot: Mapping[str, Any]) -> int:
    """Return the use that a lot itself states."""
    if "used_micros" in lot:
        return int(lot["used_micros"])
    return int(lot.get("base_used_micros", 0)) + int(lot.get("bonus_used_micros", 0))


def left_of(lot: Mapping[str, Any]) -> tuple[int, int]:
    """Return the base and bonus credits that are certainly neither used nor reserved, however a total is split."""
    base, bonus, used = (lot.get(key) for key in ("base_used_micros", "bonus_used_micros", "used_micros"))
    if used is not None and base is None:
        base = used if bonus is None else used - bonus
    if used is not None and bonus is None:
        bonus = used if lot.get("base_used_micros") is None else used - (base or 0)
    held = lot["reserved_micros"]
    return (
        max(0, lot["base_micros"] - (base or 0) - held),
        max(0, lot["bonus_micros"] - (bonus or 0) - held),
    )


def _credits(dice: Dice, base_price: int) -> tuple[int, int]:
    kind = dice.weighted({"fair": 8, "odd": 4, "few": 1, "micro": 1})
    base = {"fair": max(1, base_price) * 10_000, "few": 3_000_000, "micro": dice.between(1, 9)}.get(kind)
    base = dice.between(1, 10**9) if base is None else base
    bonus = dice.weighted({"none": 8, "tier": 9, "odd": 3, "more": 1})
    tier = base * dice.pick((4, 10, 15)) // 100
    return base, {"none": 0, "tier": tier, "odd": dice.between(0, base), "more": 2 * base + 1}[bonus]


def _use(dice: Dice, lot: dict[str, Any]) -> None:
    """State the used credits of a lot, in one of the forms that a ledger may use, and the reserved credits."""
    base_used, bonus_used = dice.part_of(lot["base_micros"]), dice.part_of(lot["bonus_micros"])
    if dice.chance(0.35):
        base_used = bonus_used = 0
    told = dice.weighted({"total": 12, "both": 6, "all three": 2, "base": 1, "bonus and total": 1, "nothing": 6})
    if told in ("total", "all three", "bonus and total"):
        lot["used_micros"] = base_used + bonus_used
    if told in ("both", "all three", "base"):
        lot["base_used_micros"] = base_used
    if told in ("both", "all three", "bonus and total"):
        lot["bonus_used_micros"] = bonus_used
    if dice.upset(0.12):
        lot["reserved_micros"] = dice.part_of(lot["base_micros"] + lot["bonus_micros"] - used_of(lot))
