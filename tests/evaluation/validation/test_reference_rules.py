"""Faults of ids: each but once, and what refers to one."""

from __future__ import annotations

import pytest

from support.faulty import EVENT, LOT, PAYMENT, PLAN, TWO, Row, fields_of, refund
from support.sample import money

TAKING = refund(credits_micros=1_000_000, bonus_micros=1_000_000)
BALANCE = LOT["base_micros"] + LOT["bonus_micros"] - LOT["used_micros"] - 2_000_000

ROWS: dict[str, Row] = {
    "two lots of one id": ({**TWO, "facts.lots.1.id": "lot-1"}, (), ["facts.lots[1].id"]),
    "two lots of one id and payment": (
        {"facts.lots.1": LOT, "facts.payments.0.captured": money(20700)},
        (),
        ["facts.lots[1].id"],
    ),
    "a lot without id of which a refund took back": (
        {"facts.lots.0.id": "", "facts.payments.0.refunds": [TAKING]},
        (),
        ["facts.lots[0].id"],
    ),
    "a lot without payment of which a refund took back": (
        {"facts.lots.0.payment_id": "pay-9", "facts.payments.0.refunds": [TAKING]},
        (),
        ["facts.lots[0].payment_id"],
    ),
    "a payment without id of which a refund took back": (
        {"facts.payments.0.id": "", "facts.payments.0.refunds": [TAKING], "facts.ledger.balance_micros": BALANCE},
        (),
        ["facts.payments[0].id"],
    ),
    "a refund told twice": (
        {
            "facts.payments.0.refunds": [
                refund(amount=money(6000), credits_micros=LOT["base_micros"]),
                refund(amount=money(6000), credits_micros=LOT["base_micros"]),
            ],
            "facts.ledger.balance_micros": BALANCE,
        },
        (),
        [
            "facts.payments[0].refunds",
            "facts.payments[0].refunds[1].credits_micros",
            "facts.payments[0].refunds[1].id",
        ],
    ),
    "a payment told twice, the second said to be a duplicate": (
        {"facts.payments.1": {**PAYMENT, "duplicate_of": "pay-1"}},
        (),
        ["facts.payments[1].id"],
    ),
    "an id of a payment that stands for another": (
        {**TWO, "facts.payments.1.id": "pay-1", "facts.payments.1.captured": money(10350, "EUR")},
        (),
        ["facts.payments[1].id"],
    ),
    "an id of a lot that stands for another": (
        {**TWO, "facts.lots.1.id": "lot-1", "facts.payments.1.refunds": [refund(lot_id="lot-2")]},
        (),
        ["facts.lots[1].id"],
    ),
    "an id of a lot that stands for the one that is asked for": (
        {**TWO, "facts.lots.1.id": "lot-1", "request.lot_ids": ["lot-2"]},
        (),
        ["facts.lots[1].id"],
    ),
    "an id of an event that stands for another": (
        {"facts.usage_events": [EVENT, EVENT], "request.usage_event_ids": ["ev-1", "ev-2"]},
        (),
        ["facts.usage_events[1].id"],
    ),
    "a refund of no lot beside a lot of no payment": (
        {
            **TWO,
            "facts.lots.0.payment_id": "pay-9",
            "facts.payments.1.refunds": [refund(lot_id="lot-9"), refund(id="re-2")],
        },
        (),
        ["facts.lots[0].payment_id", "facts.payments[1].refunds[0].lot_id"],
    ),
    "a refund that took back of no lot, as its lot has no category and no payment": (
        {
            "facts.lots.0.payment_id": "pay-9",
            "facts.lots.0.category": "LOT_CATEGORY_UNSPECIFIED",
            "facts.payments.0.refunds": [refund(credits_micros=1, lot_id="")],
        },
        (),
        ["facts.lots[0].category"],
    ),
    "two payments of one id": ({"facts.payments.1": PAYMENT}, (), ["facts.payments[1].id"]),
    "a lot without id": ({**TWO, "facts.lots.1.id": ""}, (), ["facts.lots[1].id"]),
    "two events of one id": ({"facts.usage_events": [EVENT, EVENT]}, (), ["facts.usage_events[1].id"]),
    "two incidents of one id": ({"facts.incidents": [{"id": "i"}, {"id": "i"}]}, (), ["facts.incidents[1].id"]),
    "two refunds of one id": (
        {"facts.payments.0.refunds": [refund(), refund()]},
        (),
        ["facts.payments[0].refunds[1].id"],
    ),
    "a refund of another payment's lot": (
        {**TWO, "facts.payments.1.refunds": [refund()]},
        (),
        ["facts.payments[1].refunds[0].lot_id"],
    ),
    "payment not there": ({"facts.lots.0.payment_id": "pay-9"}, (), ["facts.lots[0].payment_id"]),
    "payment not told": ({}, ("facts.lots.0.payment_id",), ["facts.lots[0].payment_id"]),
    "duplicate of nothing": ({"facts.payments.0.duplicate_of": "pay-9"}, (), ["facts.payments[0].duplicate_of"]),
    "duplicates of one another": (
        {**TWO, "facts.payments.0.duplicate_of": "pay-2", "facts.payments.1.duplicate_of": "pay-1"},
        (),
        ["facts.payments[0].duplicate_of", "facts.payments[1].duplicate_of"],
    ),
    "a duplicate of duplicates of one another": (
        {
            "facts.payments.0.duplicate_of": "pay-2",
            "facts.payments.1": {**PAYMENT, "id": "pay-2", "duplicate_of": "pay-3"},
            "facts.payments.2": {**PAYMENT, "id": "pay-3", "duplicate_of": "pay-2"},
        },
        (),
        ["facts.payments[1].duplicate_of", "facts.payments[2].duplicate_of"],
    ),
    "a duplicate of a duplicate": (
        {
            "facts.payments.0.duplicate_of": "pay-2",
            "facts.payments.1": {**PAYMENT, "id": "pay-2", "duplicate_of": "pay-3"},
            "facts.payments.2": {**PAYMENT, "id": "pay-3"},
        },
        (),
        [],
    ),
    "duplicate of itself": ({"facts.payments.0.duplicate_of": "pay-1"}, (), ["facts.payments[0].duplicate_of"]),
    "plan charged without payment": (
        {"facts.subscription": PLAN},
        (),
        ["facts.subscription.payment_id"],
    ),
    "plan never charged": ({"facts.subscription": PLAN}, ("facts.subscription.charged_at",), []),
    "lot_ids": (
        {"request.lot_ids": ["lot-1", "lot-9", "lot-1"]},
        (),
        ["request.lot_ids[1]", "request.lot_ids[2]"],
    ),
    "usage_event_ids": (
        {"facts.usage_events": [EVENT], "request.usage_event_ids": ["ev-1", "ev-1", "ev-2"]},
        (),
        ["request.usage_event_ids[1]", "request.usage_event_ids[2]"],
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_each_fault_names_its_field(name: str) -> None:
    change, unset, expected = ROWS[name]

    assert fields_of(change, *unset) == expected
