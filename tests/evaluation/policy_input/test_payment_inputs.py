"""The payments concerned: what was charged with them, what went back, and the disputes over them."""

from __future__ import annotations

from typing import Any

import pytest

from support.building import LOT, PAYMENT, PLAN, WITH_PLAN, built, second
from support.sample import money


def test_a_free_lot_was_charged_for_by_a_second_payment() -> None:
    free = {f"facts.lots.0.{name}": money(0) for name in ("base_price", "fee", "tax")}
    twin = {**PAYMENT, "id": "pay-2"}

    assert built(free | {"facts.payments.0.captured": money(0)})["lots"][0]["charged"] is False
    assert built({**free, "facts.payments.0.expected": money(10350)})["lots"][0]["charged"] is False
    assert built({**free, "facts.payments.0.duplicate_of": "pay-2", "facts.payments.1": twin})["lots"][0]["charged"]


@pytest.mark.parametrize(
    ("twin", "is_charged"),
    [
        ({}, True),
        ({"duplicate_verified": False}, True),
        ({"captured": money(0)}, False),
        ({"duplicate_of": "pay-9"}, False),
    ],
)
def test_an_order_for_nothing_is_charged_by_a_duplicate(twin: dict[str, Any], is_charged: bool) -> None:
    again = {**PAYMENT, "id": "pay-8", "duplicate_of": "pay-1", "duplicate_verified": True, **twin}
    others = {"facts.payments.1": again, "facts.payments.2": {**PAYMENT, "id": "pay-9"}}
    free = {"facts.payments.0.captured": money(0), "facts.payments.0.expected": money(0)}
    plan = {**WITH_PLAN, **others, "facts.payments.0": {"id": "pay-1", "captured": money(0), "expected": money(0)}}

    assert built({**free, **others})["lots"][0]["charged"] is is_charged
    assert (
        built(
            {
                "facts.lots": [],
                "request.order_ref": "SUB-1",
                **plan,
                "facts.subscription.payment_id": "pay-1",
            }
        )["plans"][0]["charged"]
        is is_charged
    )


def test_the_payment_of_a_gift_is_concerned_where_it_took_too_much() -> None:
    gift = {"facts.lots.0.category": "SERVICE", "facts.lots.0.base_price": money(0)}
    gift |= {"facts.lots.0.fee": money(0), "facts.payments.0.captured": money(5000)}

    assert built({**gift, "facts.payments.0.expected": money(5000)})["payments"] == []
    assert built({**gift, "facts.payments.0.expected": money(0)})["payments"][0]["overcharged"] == 5000


def test_what_else_a_payment_paid_for() -> None:
    two = {**second(payment_id="pay-1"), "facts.payments.0.captured": money(20700)}
    plan = {"facts.subscription": {**PLAN, "payment_id": "pay-1"}, "facts.payments.0.captured": money(12350)}

    assert built({})["payments"][0]["paid_for_more"] is False
    assert built({**two, "request.lot_ids": ["lot-1"]})["payments"][0]["paid_for_more"]
    assert not built({**two, "request.lot_ids": ["lot-1", "lot-2"]})["payments"][0]["paid_for_more"]
    assert built(plan)["payments"][0]["paid_for_more"]
    assert built({**plan, "request.order_ref": "SUB-1"})["payments"][0]["paid_for_more"]


def test_a_lost_dispute_is_of_its_payment() -> None:
    found = built(
        {
            "facts.lots.1": {**LOT, "id": "lot-2"},
            "facts.subscription": {**PLAN, "payment_id": "pay-1"},
            "facts.payments.0": {
                "id": "pay-1",
                "captured": money(2 * 10350 + 2000),
                "dispute": {"status": "LOST", "amount": money(21000)},
                "refunds": [{"id": "a", "amount": money(350), "status": "SUCCEEDED"}],
            },
        }
    )

    assert found["payments"][0]["lost"] == 21000
    assert found["payments"][0]["paid_for"] == ["lot-1", "lot-2"]
    assert found["disputes"] == {"any_open": False, "open_elsewhere": False, "any_settled": True}


@pytest.mark.parametrize(
    ("dispute", "is_open"),
    [
        ({"status": "INQUIRY", "refundable": True}, False),
        ({"status": "INQUIRY"}, True),
        ({"status": "NEEDS_RESPONSE", "refundable": True}, True),
        ({"status": "UNDER_REVIEW"}, True),
        ({"status": "WON"}, False),
        ({"status": "LOST"}, False),
    ],
)
def test_which_disputes_are_open(dispute: dict[str, Any], is_open: bool) -> None:
    here = built({"facts.payments.0.dispute": dispute})
    elsewhere = built({**second(), "facts.payments.1.dispute": dispute})

    assert here["payments"][0]["dispute_open"] is is_open
    assert here["disputes"]["open_elsewhere"] is False
    assert elsewhere["disputes"]["open_elsewhere"] is is_open


def test_duplicates_that_granted_nothing_are_concerned() -> None:
    twin = {**PAYMENT, "id": "pay-2", "duplicate_of": "pay-1", "duplicate_verified": True}

    found = built({"facts.payments.1": twin})["payments"]
    with_lot = built({**second(), "facts.payments.1": twin})["payments"]

    assert [(one["id"], one["duplicate"], one["paid_for"]) for one in found] == [
        ("pay-1", "NO", ["lot-1"]),
        ("pay-2", "VERIFIED", []),
    ]
    assert [one["id"] for one in with_lot] == ["pay-1"]
    assert [one["id"] for one in built({"facts.payments.1": twin, "facts.lots.0.category": "SERVICE"})["payments"]] == [
        "pay-2"
    ]
    assert built({"facts.payments.1": twin, "facts.lots.0.sold_by": "a reseller"})["payments"] == []
    gift = {**second(), "facts.lots.1.category": "SERVICE", "facts.payments.1.duplicate_of": "pay-1"}
    assert [one["id"] for one in built({**gift, "request.lot_ids": ["lot-2"]})["payments"]] == ["pay-2"]
    assert built({**second(), "facts.payments.0.duplicate_of": "pay-2"})["payments"][0]["duplicate"] == "UNVERIFIED"


def test_a_refund_on_its_way_is_pending_whatever_its_amount() -> None:
    def pending(status: str) -> tuple[int, bool]:
        back = {"id": "re-1", "amount": money(0), "status": status}
        payment = built({"facts.payments.0.refunds": [back]})["payments"][0]
        return payment["pending"], payment["refund_pending"]

    assert pending("PENDING") == (0, True)
    assert pending("SUCCEEDED") == (0, False)


def test_overcharges_and_fees() -> None:
    over = built({"facts.payments.0.captured": money(10500), "facts.payments.0.expected": money(10350)})["payments"][0]
    outside = {"facts.lots.0.fee_kept_by_third_party": True, "facts.payments.0.captured": money(10000)}

    assert (over["judged"], over["overcharged"], over["fee_own"]) == (10350, 150, 350)
    assert built({"facts.lots.0.fee_kept_by_third_party": True})["payments"][0]["fee_third_party"] == 350
    assert (built(outside)["payments"][0]["fee_third_party"], built(outside)["payments"][0]["fee_own"]) == (0, 0)
    in_part = {**outside, "facts.payments.0.captured": money(10100), "facts.payments.0.expected": money(10350)}
    assert built(in_part)["payments"][0]["fee_third_party"] == 100
