"""Payments of one order share one purse: what came back for a double charge is of the duplicate (ruling 34)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decider.evaluation.facts import read_facts
from decider.evaluation.policy_input.duplicates import with_moved_refunds
from support.building import LOT, PAYMENT, built, second
from support.sample import money, request

CAPTURED = 10350


def payment(id_: str, **fields: Any) -> dict[str, Any]:
    return {**PAYMENT, "id": id_, **fields}


def duplicate(id_: str = "pay-2", of: str = "pay-1", **fields: Any) -> dict[str, Any]:
    return {**payment(id_), "duplicate_of": of, "duplicate_verified": True, **fields}


def refund(amount: int, kind: str = "DUPLICATE", **fields: Any) -> dict[str, Any]:
    return {"id": f"re-{amount}", "status": "SUCCEEDED", "kind": kind, "amount": money(amount), **fields}


def lost(amount: int) -> dict[str, Any]:
    return {"status": "LOST", "amount": money(amount)}


def figures(*payments: dict[str, Any], **changes: Any) -> dict[str, tuple[int, int, int]]:
    """Return what is kept, what was refunded and what was lost of each payment, by the figures that were moved."""
    found = built({"facts.payments": list(payments), **changes})["payments"]
    return {one["id"]: (one["kept"], one["refunded"], one["lost"]) for one in found}


@pytest.mark.parametrize(
    ("original", "repeated", "want"),
    [
        ({"refunds": [refund(CAPTURED)]}, {}, {"pay-1": (CAPTURED, 0, 0), "pay-2": (0, CAPTURED, 0)}),
        ({}, {"refunds": [refund(CAPTURED)]}, {"pay-1": (CAPTURED, 0, 0), "pay-2": (0, CAPTURED, 0)}),
        ({"dispute": lost(CAPTURED)}, {}, {"pay-1": (CAPTURED, 0, 0), "pay-2": (0, 0, CAPTURED)}),
        ({"refunds": [refund(400)]}, {}, {"pay-1": (CAPTURED, 0, 0), "pay-2": (9950, 400, 0)}),
        # What exceeds the duplicate stays with the original: the refund moves first, then the dispute.
        (
            {"refunds": [refund(350)], "dispute": lost(CAPTURED)},
            {},
            {"pay-1": (10000, 0, 350), "pay-2": (0, 350, 10000)},
        ),
        # A refund for credits is none for the double charge.
        ({"refunds": [refund(400, "UNUSED_CREDITS")]}, {}, {"pay-1": (9950, 400, 0), "pay-2": (CAPTURED, 0, 0)}),
        ({"refunds": [refund(400, "GOODWILL")]}, {}, {"pay-1": (9950, 400, 0), "pay-2": (CAPTURED, 0, 0)}),
        # A refund of a lot is one of that lot's payment, whichever payment of the group gave it.
        (
            {},
            {"refunds": [refund(400, "UNUSED_CREDITS", lot_id="lot-1")]},
            {"pay-1": (9950, 400, 0), "pay-2": (CAPTURED, 0, 0)},
        ),
        # Nothing moves to a duplicate that nobody verified.
        (
            {"refunds": [refund(400)]},
            {"duplicate_verified": False},
            {"pay-1": (9950, 400, 0), "pay-2": (CAPTURED, 0, 0)},
        ),
        # A payment overdrawn by its own refund and dispute is missing from no other.
        (
            {},
            {"refunds": [refund(400)], "dispute": lost(CAPTURED)},
            {"pay-1": (CAPTURED, 0, 0), "pay-2": (0, 400, CAPTURED)},
        ),
    ],
)
def test_what_came_back_of_the_original_is_of_its_duplicate(
    original: dict[str, Any], repeated: dict[str, Any], want: dict[str, tuple[int, int, int]]
) -> None:
    assert figures(payment("pay-1", **original), duplicate(**repeated)) == want


def test_duplicates_are_filled_in_the_order_of_their_capture() -> None:
    first, then = {"captured_at": "2026-06-06T09:00:01Z"}, {"captured_at": "2026-06-06T09:00:02Z"}
    of_original = {"refunds": [refund(CAPTURED)], "dispute": lost(1000)}

    found = figures(payment("pay-1", **of_original), duplicate("pay-2", **then), duplicate("pay-3", "pay-2", **first))

    assert found == {"pay-1": (CAPTURED, 0, 0), "pay-2": (9350, 0, 1000), "pay-3": (0, CAPTURED, 0)}


def test_what_other_payments_gave_for_a_lot_is_missing_from_them() -> None:
    of_lot = [refund(9000, "UNUSED_CREDITS", lot_id="lot-1")]
    of_original = [refund(9001, "UNUSED_CREDITS")]

    found = figures(payment("pay-1", refunds=of_original), duplicate(refunds=of_lot))

    # 18,001 of 20,700 came back, all of it for the lot of pay-1, which took 10,350 of them
    assert found["pay-1"][0] == 0
    assert found["pay-2"][0] == 2 * CAPTURED - 18001


def test_a_dispute_of_any_payment_of_the_group_holds_its_verified_duplicates() -> None:
    disputed = {"dispute": {"status": "UNDER_REVIEW"}}
    given_ = built({"facts.payments": [payment("pay-1", **disputed), duplicate(), duplicate("pay-3")]})
    doubted = built({"facts.payments": [payment("pay-1", **disputed), duplicate(duplicate_verified=False)]})

    assert [one["dispute_open"] for one in given_["payments"]] == [True, True, True]
    assert [one["dispute_open"] for one in doubted["payments"]] == [True, False]


def test_a_lot_whose_charge_came_back_whole_is_told_with_what_is_left_of_it() -> None:
    granted = {**second(), "facts.payments.1": duplicate(refunds=[refund(CAPTURED)]), "request.lot_ids": ["lot-1"]}

    assert built(granted)["repaid_lots"] == [
        {"id": "lot-2", "group": "pay-1", "left": LOT["base_micros"], "bonus_left": LOT["bonus_micros"]}
    ]
    assert built(second())["repaid_lots"] == []


amounts = st.integers(0, CAPTURED)


@settings(max_examples=200)
@given(refunded=amounts, taken=amounts, own=amounts, pending=st.booleans(), sure=st.booleans())
def test_nothing_is_made_or_lost_by_moving(*, refunded: int, taken: int, own: int, pending: bool, sure: bool) -> None:
    status = "PENDING" if pending else "SUCCEEDED"
    original = payment("pay-1", refunds=[refund(refunded, status=status)], dispute=lost(taken))
    repeated = duplicate(refunds=[{**refund(own, "GOODWILL"), "id": "re-own"}], duplicate_verified=sure)
    message = request({"facts.payments": [original, repeated]})
    sent = read_facts(message, 0, {})

    moved = with_moved_refunds(sent)

    assert sum(one.held for one in moved.payments) == sum(one.held for one in sent.payments)
    assert sum(one.lost for one in moved.payments) == taken
    by_id = moved.payments_by_id
    if sure:
        assert by_id["pay-2"].held >= 0
        assert by_id["pay-1"].held == CAPTURED - max(0, refunded + taken - (CAPTURED - own))
    else:
        assert by_id["pay-1"].held == CAPTURED - refunded - taken
