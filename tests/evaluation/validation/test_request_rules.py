"""Faults of the request: its times, what it names, and how much of it it asks for."""

from __future__ import annotations

import pytest

from support.faulty import DAY_9, DAY_10, DAY_12, TWO, TWO_CURRENCIES, WITH_PLAN, Row, fields_of, lot
from support.sample import money

ROWS: dict[str, Row] = {
    "evaluated before requested": ({"evaluate_at": DAY_9}, (), ["evaluate_at"]),
    "received before requested": ({"request.received_at": DAY_10}, (), ["request.received_at"]),
    "completed before received": (
        {"request.received_at": "2026-06-11T10:00:00Z", "request.completed_at": "2026-06-11T09:30:00Z"},
        (),
        ["request.completed_at"],
    ),
    "completed before requested": ({"request.completed_at": DAY_10}, (), ["request.completed_at"]),
    "lot bought later": ({"facts.lots.0.purchased_at": DAY_12}, (), ["request.requested_at"]),
    "another lot bought later": ({**TWO, "facts.lots.1.purchased_at": DAY_12}, (), []),
    "plan bought later": (
        {**WITH_PLAN, "request.order_ref": "SUB-1", "facts.subscription.concluded_at": DAY_12},
        (),
        ["request.requested_at"],
    ),
    "plan charged later": (
        {**WITH_PLAN, "request.order_ref": "SUB-1", "facts.subscription.charged_at": DAY_12},
        ("facts.subscription.concluded_at",),
        ["request.requested_at"],
    ),
    "plan renewed later": (
        {**WITH_PLAN, "request.order_ref": "SUB-1", "facts.subscription.charged_at": DAY_12},
        (),
        [],
    ),
    "amount and credits": (
        {"request.requested_amount": money(1), "request.requested_credits_micros": 1},
        (),
        ["request.requested_credits_micros"],
    ),
    "request in another currency": (
        {"request.requested_amount": money(1, "EUR")},
        (),
        ["request.requested_amount.currency_code"],
    ),
    "lots of two currencies": (
        {**TWO_CURRENCIES, "request.lot_ids": ["lot-2", "lot-1"]},
        (),
        ["request.lot_ids[1]"],
    ),
    "order_ref of nothing": ({"request.order_ref": "ORD-9"}, (), ["request.order_ref"]),
    "order_ref of nothing, beside lot_ids": ({"request.order_ref": "ORD-9", "request.lot_ids": ["lot-1"]}, (), []),
    "order_ref of lot and plan": (
        {**WITH_PLAN, "facts.subscription.order_ref": "ORD-2001"},
        (),
        ["request.order_ref"],
    ),
    "credits of two lots": (
        {**TWO, "facts.lots.1.order_ref": "ORD-2001", "request.requested_credits_micros": 1},
        (),
        ["request.requested_credits_micros"],
    ),
    "credits of a lot and its gift": (
        {
            "facts.lots.1": {**lot(2), "order_ref": "ORD-2001", "category": "PROMOTIONAL", "base_price": money(0)},
            "request.requested_credits_micros": 1,
        },
        ("facts.lots.1.payment_id",),
        [],
    ),
    "credits of a plan": (
        {**WITH_PLAN, "request.order_ref": "SUB-1", "request.requested_credits_micros": 1},
        (),
        ["request.requested_credits_micros"],
    ),
    "credits of two lots, none named": (
        {**TWO, "facts.lots.1.order_ref": "ORD-2001", "request.requested_credits_micros": 1},
        ("request.order_ref",),
        [],
    ),
    "cancel without subscription": ({"request.remedy": "CANCEL_SUBSCRIPTION"}, (), ["facts.subscription"]),
}


@pytest.mark.parametrize("name", ROWS)
def test_each_fault_names_its_field(name: str) -> None:
    change, unset, expected = ROWS[name]

    assert fields_of(change, *unset) == expected
