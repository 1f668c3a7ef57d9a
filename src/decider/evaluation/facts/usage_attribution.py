"""Attributes used credits to lots: as the facts state them, else by the platform's draw order (ruling 23).

A lot consists of two grants, its bonus and its base. The facts may state the use of a grant. The rest of the ledger's
total is drawn from the grants whose use the facts leave open. Credits that live refunds took back, or that running API
requests reserve, cannot have been used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

from decider.evaluation.facts.model import Lot
from decider.evaluation.facts.taken_back import TakenBack

__all__ = ["Attribution", "StatedUse", "Use"]

_NOTHING = TakenBack()
_Key: TypeAlias = tuple[int, bool, int, bool, int, str, bool]


@dataclass(frozen=True, slots=True)
class StatedUse:
    """The use of one lot that the facts state, in millionths; None is not stated.

    `is_split_stated` says that no draw order was needed to split a total into base and bonus.
    """

    base: int | None
    bonus: int | None
    is_split_stated: bool

    @property
    def total(self) -> int:
        """The stated use of both grants."""
        return (self.base or 0) + (self.bonus or 0)


@dataclass(frozen=True, slots=True)
class Use:
    """The use of one lot, in millionths.

    `known` says whether the split into base and bonus is known, or only a total that the draw order splits. If the use
    is not known at all, `known` is None, and base and bonus are 0.
    """

    base: int
    bonus: int
    known: Literal["SPLIT", "TOTAL"] | None


@dataclass(frozen=True)
class Attribution:
    """Attributes use to lots, by lot id.

    `taken_back` are the credits that refunds took back, `total` is the use of all lots by the ledger (None if the
    ledger states none), and `draw_order` is the short name of a ConsumptionOrder.
    """

    lots: Sequence[Lot]
    taken_back: Mapping[str, TakenBack]
    total: int | None
    draw_order: str

    @cached_property
    def stated(self) -> Mapping[str, StatedUse]:
        """The use that the facts state."""
        return {lot.id: self._stated(lot, self.taken_back.get(lot.id, _NOTHING)) for lot in self.lots}

    @cached_property
    def rooms(self) -> Mapping[str, tuple[int, int]]:
        """The base and bonus credits that can have been used beyond the stated use."""
        return {lot.id: self._room(lot, self.taken_back.get(lot.id, _NOTHING)) for lot in self.lots}

    @cached_property
    def uses(self) -> Mapping[str, Use]:
        """The use of each lot. The facts must be valid: no grant has more used, reserved and taken back than it has."""
        if self.total is None:
            return {lot_id: _as_stated(stated) for lot_id, stated in self.stated.items()}
        rest = self.total - sum(stated.total for stated in self.stated.values())
        drawn = self._draw(rest)
        # The draw order decides nothing if nothing was drawn, or if only one grant can be drawn from.
        decided = rest > 0 and sum(size > 0 for pair in self.rooms.values() for size in pair) > 1
        return {
            lot_id: _with_drawn(stated, drawn.get(lot_id, (0, 0)), decided=decided)
            for lot_id, stated in self.stated.items()
        }

    def _stated(self, lot: Lot, taken: TakenBack) -> StatedUse:
        base, bonus = lot.used_by_grant
        if lot.used is not None and base is None:
            base, bonus = self._split(lot, lot.used, lot.base - taken.base, lot.bonus - taken.bonus)
            return StatedUse(base, bonus, is_split_stated=lot.bonus == 0 or lot.used == 0)
        # Nothing can have been used of a grant that was taken back whole.
        if base is None and lot.base <= taken.base:
            base = 0
        if bonus is None and lot.bonus <= taken.bonus:
            bonus = 0
        return StatedUse(base, bonus, is_split_stated=True)

    def _room(self, lot: Lot, taken: TakenBack) -> tuple[int, int]:
        stated = self.stated[lot.id]
        base = lot.base - taken.base - (stated.base or 0)
        bonus = lot.bonus - taken.bonus - (stated.bonus or 0)
        # Credits are reserved of the base, then of the bonus (ruling 23).
        reserved = max(0, min(lot.reserved, base))
        return (
            max(0, base - reserved) if stated.base is None else 0,
            max(0, bonus - (lot.reserved - reserved)) if stated.bonus is None else 0,
        )

    def _draw(self, rest: int) -> Mapping[str, tuple[int, int]]:
        """Return the base and bonus credits that are drawn of each lot."""
        if self.draw_order == "PROPORTIONAL":
            return self._draw_lots(rest)
        grants = sorted(
            (self._key(lot, is_bonus=is_bonus), lot.id, self.rooms[lot.id][is_bonus], is_bonus)
            for lot in self.lots
            for is_bonus in (True, False)
            if self.rooms[lot.id][is_bonus]
        )
        drawn: dict[str, tuple[int, int]] = {}
        for _, lot_id, size, is_bonus in grants:
            part = min(rest, size)
            rest -= part
            base, bonus = drawn.get(lot_id, (0, 0))
            drawn[lot_id] = (base, bonus + part) if is_bonus else (base + part, bonus)
        return drawn

    def _draw_lots(self, rest: int) -> Mapping[str, tuple[int, int]]:
        """Draw whole lots, and split the part of each in proportion to its grants."""
        drawn: dict[str, tuple[int, int]] = {}
        for lot in sorted(self.lots, key=lambda lot: self._key(lot, is_bonus=False)):
            part = min(rest, sum(self.rooms[lot.id]))
            rest -= part
            drawn[lot.id] = self._split(lot, part, *self.rooms[lot.id])
        return drawn

    def _key(self, lot: Lot, *, is_bonus: bool) -> _Key:
        """Order grants by priority, expiry (none last), promotional before paid, purchase and id.

        BASE_FIRST puts paid before promotional.
        """
        promotional = is_bonus or not lot.is_paid
        base_first = self.draw_order == "BASE_FIRST"
        third = promotional if base_first else not promotional
        last = is_bonus if base_first else not is_bonus
        return (lot.draw_priority, lot.expires_at is None, lot.expires_at or 0, third, lot.purchased_at, lot.id, last)

    def _split(self, lot: Lot, used: int, base_room: int, bonus_room: int) -> tuple[int, int]:
        """Split the use of one lot into base and bonus, neither beyond its room if both together have room."""
        if self.draw_order == "BASE_FIRST":
            base = min(used, base_room)
        elif self.draw_order == "PROPORTIONAL":
            share = used * lot.base // lot.granted if lot.granted > 0 else used
            base = max(min(share, base_room), used - bonus_room)
        else:
            base = used - min(used, bonus_room)
        return base, used - base


def _as_stated(stated: StatedUse) -> Use:
    if stated.base is None or stated.bonus is None:
        return Use(stated.base or 0, stated.bonus or 0, None)
    return Use(stated.base, stated.bonus, "SPLIT" if stated.is_split_stated else "TOTAL")


def _with_drawn(stated: StatedUse, drawn: tuple[int, int], *, decided: bool) -> Use:
    if stated.base is not None and stated.bonus is not None:
        return _as_stated(stated)
    base, bonus = (stated.base or 0) + drawn[0], (stated.bonus or 0) + drawn[1]
    return Use(base, bonus, "TOTAL" if decided else "SPLIT")
