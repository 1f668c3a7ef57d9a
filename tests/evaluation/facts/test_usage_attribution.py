"""Which credits were used: told, split and drawn (ruling 23)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decider.enum_names import CONSUMPTION_ORDER
from decider.evaluation.facts.message_reader import read_lot
from decider.evaluation.facts.model import Lot
from decider.evaluation.facts.taken_back import TakenBack
from decider.evaluation.facts.usage_attribution import Attribution, Use
from decider.v1 import facts_pb2

ORDERS = UNSPECIFIED, PROMOTIONAL_FIRST, BASE_FIRST, PROPORTIONAL = CONSUMPTION_ORDER.names
PAID, PROMOTIONAL = facts_pb2.LOT_CATEGORY_PAID, facts_pb2.LOT_CATEGORY_PROMOTIONAL


def lot(lot_id: str = "a", **fields: Any) -> Lot:
    """A PAID lot of 100 base credits and 4 of bonus, unless told otherwise; times in seconds."""
    message = facts_pb2.CreditLot(id=lot_id, category=PAID, base_micros=100, bonus_micros=4)
    for name, value in fields.items():
        if name in ("purchased_at", "expires_at"):
            getattr(message, name).seconds = value
        else:
            setattr(message, name, value)
    return read_lot(message, "facts.lots[0]")


def used(
    lots: Sequence[Lot], total: int | None = None, order: str = UNSPECIFIED, **taken: TakenBack
) -> dict[str, tuple[int, int]]:
    return {key: (use.base, use.bonus) for key, use in Attribution(lots, taken, total, order).uses.items()}


@pytest.mark.parametrize(
    ("fields", "order", "expected"),
    [
        ({"base_used_micros": 20, "bonus_used_micros": 1}, UNSPECIFIED, Use(20, 1, "SPLIT")),
        ({"used_micros": 20, "bonus_used_micros": 1}, UNSPECIFIED, Use(19, 1, "SPLIT")),
        ({"used_micros": 20, "base_used_micros": 20}, UNSPECIFIED, Use(20, 0, "SPLIT")),
        ({"used_micros": 30}, UNSPECIFIED, Use(26, 4, "TOTAL")),
        ({"used_micros": 30}, PROMOTIONAL_FIRST, Use(26, 4, "TOTAL")),
        ({"used_micros": 30}, BASE_FIRST, Use(30, 0, "TOTAL")),
        ({"used_micros": 101}, BASE_FIRST, Use(100, 1, "TOTAL")),
        ({"used_micros": 30}, PROPORTIONAL, Use(28, 2, "TOTAL")),
        ({"used_micros": 0}, UNSPECIFIED, Use(0, 0, "SPLIT")),
        ({"used_micros": 5, "bonus_micros": 0}, UNSPECIFIED, Use(5, 0, "SPLIT")),
        ({"base_used_micros": 5, "bonus_micros": 0}, UNSPECIFIED, Use(5, 0, "SPLIT")),
        ({"bonus_used_micros": 3, "base_micros": 0}, UNSPECIFIED, Use(0, 3, "SPLIT")),
        ({"base_used_micros": 5}, UNSPECIFIED, Use(5, 0, None)),
        ({}, UNSPECIFIED, Use(0, 0, None)),
    ],
)
def test_what_a_lot_tells(fields: dict[str, Any], order: str, expected: Use) -> None:
    assert Attribution([lot(**fields)], {}, None, order).uses == {"a": expected}


def test_bonus_that_was_taken_back_was_not_used() -> None:
    assert used([lot(used_micros=30)], a=TakenBack(0, 3)) == {"a": (29, 1)}
    assert used([lot(used_micros=30)], None, PROPORTIONAL, a=TakenBack(0, 3)) == {"a": (29, 1)}
    assert used([lot(used_micros=5)], None, BASE_FIRST, a=TakenBack(98, 0)) == {"a": (2, 3)}


def test_a_lot_that_was_taken_back_whole_tells_its_use() -> None:
    assert Attribution([lot()], {"a": TakenBack(100, 4)}, None, UNSPECIFIED).uses["a"].known == "SPLIT"


def test_the_ledger_draws_all_bonus_then_the_oldest_base() -> None:
    lots = [lot("a", purchased_at=1), lot("b", purchased_at=2)]

    assert used(lots, 50) == {"a": (42, 4), "b": (0, 4)}
    assert used(lots, 50, BASE_FIRST) == {"a": (50, 0), "b": (0, 0)}
    assert used(lots, 50, PROPORTIONAL) == {"a": (48, 2), "b": (0, 0)}


def test_priority_comes_before_expiry_before_promotional_before_purchase_before_id() -> None:
    late = lot("late", purchased_at=9, draw_priority=0, bonus_micros=0)
    expiring = lot("expiring", purchased_at=8, draw_priority=1, expires_at=50, bonus_micros=0)
    gift = lot("gift", purchased_at=7, draw_priority=1, category=PROMOTIONAL, bonus_micros=0)
    old = lot("old", purchased_at=1, draw_priority=1, bonus_micros=0)
    twin = lot("twin", purchased_at=1, draw_priority=1, bonus_micros=0)
    order = [late, expiring, gift, old, twin]

    for drawn in range(1, 6):
        found = used(order[::-1], drawn * 100)

        assert {key for key in found if found[key] == (100, 0)} == {one.id for one in order[:drawn]}


def test_what_is_told_is_left_and_what_is_held_is_not_drawn() -> None:
    told, held = lot("a", used_micros=10, purchased_at=1), lot("b", purchased_at=2, reserved_micros=60)

    assert used([told, held], 50) == {"a": (6, 4), "b": (36, 4)}
    assert Attribution([held], {}, None, UNSPECIFIED).rooms["b"] == (40, 4)
    assert Attribution([held], {"b": TakenBack(41, 0)}, None, UNSPECIFIED).rooms["b"] == (0, 3)


def test_half_of_a_lot_may_be_told() -> None:
    assert used([lot(base_used_micros=10)], 12) == {"a": (10, 2)}


def test_the_split_is_told_where_no_order_decides() -> None:
    def split(lots: list[Lot], total: int) -> list[str | None]:
        return [use.known for use in Attribution(lots, {}, total, UNSPECIFIED).uses.values()]

    assert split([lot()], 0) == ["SPLIT"]
    assert split([lot()], 5) == ["TOTAL"]
    assert split([lot(bonus_micros=0)], 5) == ["SPLIT"]
    assert split([lot("a", bonus_micros=0), lot("b", bonus_micros=0)], 5) == ["TOTAL", "TOTAL"]


SIZES = st.integers(0, 12)


@st.composite
def accounts(draw: st.DrawFn) -> tuple[list[Lot], dict[str, TakenBack]]:
    """Draw lots of which nothing is told, and what was taken back of them."""
    lots, taken = [], {}
    for lot_id in draw(st.lists(st.sampled_from("abcde"), unique=True, max_size=5)):
        base, bonus = draw(SIZES), draw(SIZES)
        back = TakenBack(draw(st.integers(0, base)), draw(st.integers(0, bonus)))
        fields: dict[str, Any] = {
            "base_micros": base,
            "bonus_micros": bonus,
            "category": draw(st.sampled_from([PAID, PROMOTIONAL])),
            "purchased_at": draw(st.integers(0, 2)),
            "draw_priority": draw(st.integers(0, 1)),
            "reserved_micros": draw(st.integers(0, base + bonus - back.total)),
        }
        if draw(st.booleans()):
            fields["expires_at"] = draw(st.integers(3, 4))
        if draw(st.booleans()):
            fields["used_micros"] = draw(st.integers(0, base + bonus - back.total - fields["reserved_micros"]))
        lots.append(lot(lot_id, **fields))
        taken[lot_id] = back
    return lots, taken


def rooms_of(lots: Sequence[Lot], taken: Mapping[str, TakenBack], order: str) -> Mapping[str, tuple[int, int]]:
    return Attribution(lots, taken, None, order).rooms


@given(account=accounts(), order=st.sampled_from(ORDERS), data=st.data())
def test_what_is_drawn_adds_up_and_fits(
    account: tuple[list[Lot], dict[str, TakenBack]], order: str, data: st.DataObject
) -> None:
    lots, taken = account
    told = sum(one.used or 0 for one in lots)
    total = told + data.draw(st.integers(0, sum(map(sum, rooms_of(lots, taken, order).values()))))

    uses = Attribution(lots, taken, total, order).uses

    assert sum(use.base + use.bonus for use in uses.values()) == total
    for one in lots:
        use, back = uses[one.id], taken[one.id]
        held = min(one.reserved, one.base - use.base - back.base)
        assert use.known is not None
        assert min(use.base, use.bonus, held, one.reserved - held) >= 0
        assert use.base + back.base + held <= one.base
        assert use.bonus + back.bonus + one.reserved - held <= one.bonus
        if one.used is not None:
            assert use.base + use.bonus == one.used


@given(account=accounts(), order=st.sampled_from([UNSPECIFIED, PROMOTIONAL_FIRST, BASE_FIRST]), data=st.data())
def test_credits_are_drawn_one_by_one_from_the_first_grant(
    account: tuple[list[Lot], dict[str, TakenBack]], order: str, data: st.DataObject
) -> None:
    """Draw single credits from a sorted list of them, as the words of ruling 23 say, and compare."""
    lots, taken = account
    lots = [one for one in lots if one.used is None]
    rooms = rooms_of(lots, taken, order)
    single = []
    for one in lots:
        for is_bonus in (False, True):
            promotional = is_bonus or not one.is_paid
            first = promotional if order != BASE_FIRST else not promotional
            expiry = float("inf") if one.expires_at is None else one.expires_at
            key = (one.draw_priority, expiry, not first, one.purchased_at, one.id, is_bonus == (order == BASE_FIRST))
            single += [(key, one.id, is_bonus)] * rooms[one.id][is_bonus]
    total = data.draw(st.integers(0, len(single)))
    expected = {one.id: [0, 0] for one in lots}
    for _, lot_id, is_bonus in sorted(single)[:total]:
        expected[lot_id][is_bonus] += 1

    assert used(lots, total, order, **taken) == {key: tuple(value) for key, value in expected.items()}


@given(account=accounts(), order=st.sampled_from(ORDERS), data=st.data())
def test_the_order_of_the_message_does_not_matter(
    account: tuple[list[Lot], dict[str, TakenBack]], order: str, data: st.DataObject
) -> None:
    lots, taken = account
    total = sum(one.used or 0 for one in lots) + data.draw(
        st.integers(0, sum(map(sum, rooms_of(lots, taken, order).values())))
    )

    assert used(data.draw(st.permutations(lots)), total, order, **taken) == used(lots, total, order, **taken)
