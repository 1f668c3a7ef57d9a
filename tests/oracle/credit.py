"""Whose credits were used: each lot's base and bonus, used, reserved, taken back and left (ruling 23)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from oracle.times import instant

if TYPE_CHECKING:
    from oracle.world import Doc, World

LATE = 10**30


@dataclass
class Credits:
    """The credits of one lot."""

    base: int
    bonus: int
    base_taken: int
    bonus_taken: int
    base_used: int = 0
    bonus_used: int = 0
    base_held: int = 0
    bonus_held: int = 0

    @property
    def unused(self) -> int:
        """Base credits not used, those taken back included."""
        return self.base - self.base_used - self.base_held

    @property
    def base_left(self) -> int:
        return self.unused - self.base_taken

    @property
    def bonus_left(self) -> int:
        return self.bonus - self.bonus_used - self.bonus_held - self.bonus_taken

    @property
    def consumed(self) -> int:
        """Base and bonus, the reserved included."""
        return self.base_used + self.bonus_used + self.base_held + self.bonus_held


def usage_known(world: World, lot: Doc) -> bool:
    """Tell whether lot or ledger says what was used of base and of bonus."""
    ledger = world.facts.get("ledger") or {}
    if ledger.get("used_micros") is not None or ledger.get("balance_micros") is not None:
        return True
    back = world.refunds_of(lot)
    base = lot.get("base_micros", 0) - sum(one.get("credits_micros", 0) for one in back)
    bonus = lot.get("bonus_micros", 0) - sum(one.get("bonus_micros", 0) for one in back)
    if lot.get("used_micros") is not None:
        return True
    return (lot.get("base_used_micros") is not None or not base) and (
        lot.get("bonus_used_micros") is not None or not bonus
    )


def credits_of(world: World) -> dict[str, Credits]:
    """Return the credits of every lot by its id."""
    result = {}
    for lot in world.lots:
        back = world.refunds_of(lot)
        result[lot["id"]] = Credits(
            base=lot.get("base_micros", 0),
            bonus=lot.get("bonus_micros", 0),
            base_taken=sum(one.get("credits_micros", 0) for one in back),
            bonus_taken=sum(one.get("bonus_micros", 0) for one in back),
        )
    order = (world.facts.get("ledger") or {}).get("consumption_order") or "PROMOTIONAL_FIRST"
    open_ = {lot["id"]: _own(lot, result[lot["id"]], order) for lot in world.lots}
    _draw(world, result, open_, order)
    for lot in world.lots:
        _reserve(lot, result[lot["id"]])
    return result


def _own(lot: Doc, have: Credits, order: str) -> set[str]:
    """Take what the lot tells of its own use; return the grants of which it tells nothing."""
    base, bonus, used = (lot.get(key) for key in ("base_used_micros", "bonus_used_micros", "used_micros"))
    if used is not None and base is None and bonus is None:
        _split(lot, have, used, order, (have.base - have.base_taken, have.bonus - have.bonus_taken))
        return set()
    if used is not None and base is None:
        base = used - (bonus or 0)
    if used is not None and bonus is None:
        bonus = used - (base or 0)
    have.base_used, have.bonus_used = base or 0, bonus or 0
    return {name for name, told in (("base", base), ("bonus", bonus)) if told is None}


def _split(lot: Doc, have: Credits, used: int, order: str, room: tuple[int, int]) -> None:
    """Split what was used of one lot, neither beyond its room."""
    base, bonus = room
    if order == "BASE_FIRST":
        have.base_used = min(used, base)
    elif order == "PROPORTIONAL":
        whole = lot.get("base_micros", 0) + lot.get("bonus_micros", 0)
        share = used * lot.get("base_micros", 0) // whole if whole else 0
        have.base_used = max(min(share, base), used - bonus)
    else:
        have.base_used = used - min(used, bonus)
    have.bonus_used = used - have.base_used


def _draw(world: World, have: dict[str, Credits], open_: dict[str, set[str]], order: str) -> None:
    """Draw what the ledger tells beyond what the lots tell, from the grants of which they tell nothing."""
    ledger = world.facts.get("ledger") or {}
    total = ledger.get("used_micros")
    if total is None and ledger.get("balance_micros") is not None:
        granted = sum(one.base + one.bonus - one.base_taken - one.bonus_taken for one in have.values())
        total = granted - ledger["balance_micros"]
    if total is None:
        return
    total -= sum(one.base_used + one.bonus_used for one in have.values())
    rooms = {}
    for lot in world.lots:
        one, held = have[lot["id"]], lot.get("reserved_micros", 0)
        base, bonus = one.base - one.base_taken - one.base_used, one.bonus - one.bonus_taken - one.bonus_used
        of_base = max(0, min(held, base))
        rooms[lot["id"]] = (
            max(0, base - of_base) if "base" in open_[lot["id"]] else 0,
            max(0, bonus - (held - of_base)) if "bonus" in open_[lot["id"]] else 0,
        )
    for lot, part in _grants([lot for lot in world.lots if open_[lot["id"]]], order):
        one, room = have[lot["id"]], rooms[lot["id"]]
        drawn = max(0, min(total, sum(room) if part == "all" else room[part == "bonus"]))
        total -= drawn
        if not drawn:
            continue
        if part == "all":
            before = (one.base_used, one.bonus_used)
            _split(lot, one, drawn, order, room)
            one.base_used, one.bonus_used = one.base_used + before[0], one.bonus_used + before[1]
        elif part == "base":
            one.base_used += drawn
        else:
            one.bonus_used += drawn


def _grants(lots: list[Doc], order: str) -> list[tuple[Doc, str]]:
    parts = ("all",) if order == "PROPORTIONAL" else ("bonus", "base")

    def key(grant: tuple[Doc, str]) -> tuple[int, int, int, int, str]:
        lot, part = grant
        paid = part == "base" and lot["category"] == "PAID"
        third = 0 if part == "all" else int(paid != (order == "BASE_FIRST"))
        expires = instant(lot.get("expires_at"))
        bought = instant(lot["purchased_at"]) or 0
        return lot.get("draw_priority", 0), LATE if expires is None else expires, third, bought, lot["id"]

    return sorted(((lot, part) for lot in lots for part in parts), key=key)


def _reserve(lot: Doc, have: Credits) -> None:
    held = lot.get("reserved_micros", 0)
    have.base_held = min(held, max(0, have.base - have.base_used - have.base_taken))
    have.bonus_held = held - have.base_held
