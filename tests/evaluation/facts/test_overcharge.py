"""What of an overcharge went back before: it counts for neither the order nor the payment any more (ruling 12)."""

from __future__ import annotations

from typing import Any

import pytest

from support.building import LOT, built
from support.sample import money

OVER = {"facts.payments.0.captured": money(10850), "facts.payments.0.expected": money(10350)}


def refund(amount: int, id_: str = "re-0", **fields: Any) -> dict[str, Any]:
    """A refund that succeeded."""
    return {"id": id_, "status": "SUCCEEDED", "amount": money(amount), **fields}


def refunded(*refunds: dict[str, Any]) -> dict[str, Any]:
    """The facts in which these are the refunds of the payment."""
    return {"facts.payments.0.refunds": list(refunds)}


@pytest.mark.parametrize(
    ("refunds", "over", "of_the_lot"),
    [
        ([], 500, 0),
        ([refund(500)], 0, 0),
        ([refund(499)], 1, 0),
        ([refund(501)], 0, 1),
        ([refund(500, kind="DUPLICATE")], 0, 0),
        ([refund(500, kind="GOODWILL")], 500, 500),
        ([refund(500, status="PENDING")], 500, 0),
        ([refund(500, status="FAILED")], 500, 0),
        ([refund(300), refund(300, "re-1")], 0, 100),
        # What is for a duplicate is no refund of credits, so that it counts first.
        ([refund(300), refund(400, "re-1", kind="DUPLICATE")], 0, 200),
        # The price of 30 of 100 credits, fee and tax in it, and what is beyond it.
        ([refund(3105, credits_micros=30_000_000)], 500, 3105),
        ([refund(3106, credits_micros=30_000_000)], 499, 3105),
        ([refund(4000, credits_micros=30_000_000)], 0, 3500),
    ],
)
def test_the_difference_is_returned_first(refunds: list[dict[str, Any]], over: int, of_the_lot: int) -> None:
    found = built({**OVER, **refunded(*refunds)})

    [lot], [payment] = found["lots"], found["payments"]
    assert (payment["overcharged"], lot["refunded_all"]) == (over, of_the_lot)
    assert (payment["captured"], payment["judged"]) == (10350 + over, 10350)
    assert payment["captured"] - payment["refunded"] == payment["kept"]


def test_a_payment_that_took_what_was_due_has_no_difference() -> None:
    found = built(refunded(refund(500)))

    assert (found["payments"][0]["refunded"], found["lots"][0]["refunded_unused"]) == (500, 500)


def test_it_is_shared_out_over_lots_in_proportion() -> None:
    found = built(
        {
            "facts.lots.1": {**LOT, "id": "lot-2"},
            "request.lot_ids": ["lot-1", "lot-2"],
            "facts.payments.0.captured": money(20701),
            "facts.payments.0.expected": money(20700),
            **refunded(refund(5, lot_id="lot-2"), refund(5, "re-1", lot_id="lot-1")),
        }
    )

    assert [lot["refunded_unused"] for lot in found["lots"]] == [4, 5]
    assert (found["payments"][0]["overcharged"], found["payments"][0]["refunded"]) == (0, 9)


@pytest.mark.parametrize(("amount", "over"), [(2000, 500), (1999, 0), (2001, 0), (100, 400)])
def test_a_refund_of_just_the_fee_of_a_period_is_of_the_period(amount: int, over: int) -> None:
    plan = {
        "order_ref": "SUB-1",
        "payment_id": "pay-1",
        "amount": money(2000),
        "charged_at": "2026-05-27T09:00:00Z",
        "period_start": "2026-06-11T08:59:57Z",
        "period_end": "2026-06-26T09:00:00Z",
    }
    found = built(
        {
            "facts.lots": [],
            "facts.subscription": plan,
            "request.order_ref": "SUB-1",
            "facts.payments.0.captured": money(2500),
            "facts.payments.0.expected": money(2000),
            **refunded(refund(amount)),
        }
    )

    assert found["payments"][0]["overcharged"] == over
    assert found["plans"][0]["refunded_all"] == amount - (500 - over)
