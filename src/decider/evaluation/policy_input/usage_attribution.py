"""Which credits were used: the ledger's own word where it has one, else the platform's draw order (ruling 23).

A lot is two grants, its bonus and its base. What the facts tell of a lot is taken as told; what the ledger's total
leaves over is drawn from the grants that nothing is told of. Credits that live refunds took back, or that running API
requests hold, cannot have been drawn.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from decider.evaluation.facts.account import Account, Taken
from decider.evaluation.facts.model import Lot
from decider.v1 import facts_pb2

__all__ = ["Told", "Use", "attribute", "room", "told_of", "total_used"]

_BASE_FIRST = facts_pb2.CONSUMPTION_ORDER_BASE_FIRST
_PROPORTIONAL = facts_pb2.CONSUMPTION_ORDER_PROPORTIONAL
_NOTHING = Taken()
_Key: TypeAlias = tuple[int, bool, int, bool, int, str, bool]


@dataclass(frozen=True, slots=True)
class Told:
    """What the facts tell of one lot's use, in millionths; None is not told. `split`: not by the draw order."""

    base: int | None
    bonus: int | None
    split: bool

    @property
    def total(self) -> int:
        """What is told, of both grants."""
        return (self.base or 0) + (self.bonus or 0)


@dataclass(frozen=True, slots=True)
class Use:
    """What was used of one lot, in millionths; what is not told counts as none."""

    base: int
    bonus: int
    is_told: bool
    is_split_told: bool


def told_of(lot: Lot, taken: Taken, order: int) -> Told:
    """Return what the lot itself tells of its use; a grant of which nothing can have been used needs no telling.

    `taken` is what live refunds took back, `order` the ConsumptionOrder, which splits a total inside the lot.
    """
    base, bonus = lot.base_used, lot.bonus_used
    if lot.used is not None and (base is None or bonus is None):
        if base is None and bonus is None:
            base, bonus = _split(lot, lot.used, lot.base - taken.base, lot.bonus - taken.bonus, order)
            return Told(base, bonus, split=lot.bonus == 0 or lot.used == 0)
        base, bonus = (lot.used - (bonus or 0), bonus) if base is None else (base, lot.used - base)
    if base is None and lot.base <= taken.base:
        base = 0
    if bonus is None and lot.bonus <= taken.bonus:
        bonus = 0
    return Told(base, bonus, split=True)


def room(lot: Lot, told: Told, taken: Taken) -> tuple[int, int]:
    """Return how many base and bonus credits can have been used beyond what is told.

    Reserved credits are held of the base, then of the bonus (ruling 23).
    """
    base = lot.base - taken.base - (told.base or 0)
    bonus = lot.bonus - taken.bonus - (told.bonus or 0)
    held = max(0, min(lot.reserved, base))
    return (
        max(0, base - held) if told.base is None else 0,
        max(0, bonus - (lot.reserved - held)) if told.bonus is None else 0,
    )


def total_used(account: Account) -> int | None:
    """Return what the ledger says was used over all lots: in words, or by the balance that is left; None if neither."""
    ledger = account.facts.ledger
    if ledger.HasField("used_micros"):
        return int(ledger.used_micros)
    if not ledger.HasField("balance_micros"):
        return None
    granted = sum(lot.granted for lot in account.lots)
    return granted - sum(one.total for one in account.taken_live.values()) - int(ledger.balance_micros)


def attribute(lots: Collection[Lot], taken: Mapping[str, Taken], total: int | None, order: int) -> Mapping[str, Use]:
    """Return what was used of each lot, by lot id.

    `taken` is what live refunds took back, `total` the ledger's use over all lots (None: not told). The facts must be
    free of faults: then what is used, held and taken back of a grant never exceeds it.
    """
    told = {lot.id: told_of(lot, taken.get(lot.id, _NOTHING), order) for lot in lots}
    if total is None:
        return {lot_id: _as_told(one) for lot_id, one in told.items()}
    rest = total - sum(one.total for one in told.values())
    rooms = {lot.id: room(lot, told[lot.id], taken.get(lot.id, _NOTHING)) for lot in lots}
    drawn = _draw(lots, rooms, rest, order)
    # Where one grant alone can be drawn from, or nothing was drawn, no order decides.
    decided = rest > 0 and sum(size > 0 for pair in rooms.values() for size in pair) > 1
    return {lot_id: _with_drawn(one, drawn.get(lot_id, (0, 0)), decided=decided) for lot_id, one in told.items()}


def _as_told(one: Told) -> Use:
    if one.base is None or one.bonus is None:
        return Use(one.base or 0, one.bonus or 0, is_told=False, is_split_told=False)
    return Use(one.base, one.bonus, is_told=True, is_split_told=one.split)


def _with_drawn(one: Told, drawn: tuple[int, int], *, decided: bool) -> Use:
    if one.base is not None and one.bonus is not None:
        return _as_told(one)
    return Use((one.base or 0) + drawn[0], (one.bonus or 0) + drawn[1], is_told=True, is_split_told=not decided)


def _draw(
    lots: Collection[Lot], rooms: Mapping[str, tuple[int, int]], rest: int, order: int
) -> Mapping[str, tuple[int, int]]:
    if order == _PROPORTIONAL:
        return _draw_lots(lots, rooms, rest)
    grants = sorted(
        (_key(lot, is_bonus=is_bonus, order=order), lot.id, rooms[lot.id][is_bonus], is_bonus)
        for lot in lots
        for is_bonus in (True, False)
        if rooms[lot.id][is_bonus]
    )
    drawn: dict[str, tuple[int, int]] = {}
    for _, lot_id, size, is_bonus in grants:
        part = min(rest, size)
        rest -= part
        base, bonus = drawn.get(lot_id, (0, 0))
        drawn[lot_id] = (base, bonus + part) if is_bonus else (base + part, bonus)
    return drawn


def _draw_lots(lots: Collection[Lot], rooms: Mapping[str, tuple[int, int]], rest: int) -> Mapping[str, tuple[int, int]]:
    """Draw whole lots, and split what each gave in proportion to its grants."""
    drawn: dict[str, tuple[int, int]] = {}
    for lot in sorted(lots, key=lambda one: _key(one, is_bonus=False, order=_PROPORTIONAL)):
        part = min(rest, sum(rooms[lot.id]))
        rest -= part
        drawn[lot.id] = _split(lot, part, *rooms[lot.id], _PROPORTIONAL)
    return drawn


def _key(lot: Lot, *, is_bonus: bool, order: int) -> _Key:
    """Order grants: priority, expiry (none last), promotional before paid, purchase, id; BASE_FIRST turns the third."""
    promotional = is_bonus or not lot.is_paid
    turned = order == _BASE_FIRST
    third = promotional if turned else not promotional
    last = is_bonus if turned else not is_bonus
    return (lot.draw_priority, lot.expires_at is None, lot.expires_at or 0, third, lot.purchased_at, lot.id, last)


def _split(lot: Lot, used: int, base_room: int, bonus_room: int, order: int) -> tuple[int, int]:
    """Split credits used of one lot into base and bonus; neither beyond its room where both together have it."""
    if order == _BASE_FIRST:
        base = min(used, base_room)
    elif order == _PROPORTIONAL:
        share = used * lot.base // lot.granted if lot.granted > 0 else used
        base = max(min(share, base_room), used - bonus_room)
    else:
        base = used - min(used, bonus_room)
    return base, used - base
