"""Faults of credits: what was used, reserved and taken back, and what the ledger says of it."""

from __future__ import annotations

import pytest

from support.faulty import DAY_9, WITH_PLAN, Row, fields_of, refund

ROWS: dict[str, Row] = {
    "used > granted": ({"facts.lots.0.used_micros": 104_000_001}, (), ["facts.lots[0].used_micros"]),
    "base used > base": (
        {"facts.lots.0.base_used_micros": 100_000_001},
        ("facts.lots.0.used_micros",),
        ["facts.lots[0].base_used_micros"],
    ),
    "bonus used > bonus": (
        {"facts.lots.0.bonus_used_micros": 4_000_001},
        ("facts.lots.0.used_micros",),
        ["facts.lots[0].bonus_used_micros"],
    ),
    "used is no sum": (
        {"facts.lots.0.used_micros": 5, "facts.lots.0.base_used_micros": 1, "facts.lots.0.bonus_used_micros": 3},
        (),
        ["facts.lots[0].used_micros"],
    ),
    "used less than base used": (
        {"facts.lots.0.used_micros": 5, "facts.lots.0.base_used_micros": 6},
        (),
        ["facts.lots[0].used_micros"],
    ),
    "used more than base used and bonus": (
        {"facts.lots.0.used_micros": 6_000_000, "facts.lots.0.base_used_micros": 1},
        (),
        ["facts.lots[0].used_micros"],
    ),
    "used + reserved > granted": (
        {"facts.lots.0.used_micros": 4_000_000, "facts.lots.0.reserved_micros": 100_000_001},
        (),
        ["facts.lots[0].reserved_micros"],
    ),
    "reserved > granted, use unknown": (
        {"facts.lots.0.reserved_micros": 104_000_001},
        ("facts.lots.0.used_micros",),
        ["facts.lots[0].reserved_micros"],
    ),
    "reserved what was taken back": (
        {
            "facts.lots.0.reserved_micros": 4_000_001,
            "facts.payments.0.refunds": [refund(credits_micros=100_000_000)],
        },
        (),
        ["facts.lots[0].reserved_micros"],
    ),
    "credits taken back > base": (
        {"facts.payments.0.refunds": [refund(credits_micros=100_000_001)]},
        (),
        ["facts.payments[0].refunds[0].credits_micros"],
    ),
    "credits taken back > unused": (
        {
            "facts.lots.0.base_used_micros": 60_000_000,
            "facts.lots.0.bonus_used_micros": 0,
            "facts.payments.0.refunds": [
                refund(credits_micros=40_000_000),
                refund(id="re-2", credits_micros=1, status="PENDING"),
                refund(id="re-3", credits_micros=1),
            ],
        },
        ("facts.lots.0.used_micros",),
        ["facts.payments[0].refunds[1].credits_micros"],
    ),
    "credits of a failed refund were never taken": (
        {"facts.payments.0.refunds": [refund(credits_micros=100_000_001, status="FAILED")]},
        (),
        [],
    ),
    "bonus taken back > unused": (
        {
            "facts.lots.0.bonus_used_micros": 1,
            "facts.payments.0.refunds": [refund(bonus_micros=4_000_000, lot_id="")],
        },
        (),
        ["facts.lots[0].used_micros"],
    ),
    "bonus taken back > bonus": (
        {"facts.payments.0.refunds": [refund(bonus_micros=4_000_001, lot_id="")]},
        (),
        ["facts.payments[0].refunds[0].bonus_micros"],
    ),
    "taken back and used > granted": (
        {"facts.lots.0.used_micros": 4_000_001, "facts.payments.0.refunds": [refund(credits_micros=100_000_000)]},
        (),
        ["facts.payments[0].refunds[0].credits_micros"],
    ),
    "taken back of no lot": (
        {**WITH_PLAN, "facts.payments.1.refunds": [refund(lot_id="", credits_micros=1)]},
        (),
        ["facts.payments[1].refunds[0].credits_micros"],
    ),
    "ledger used less than the lots": (
        {"facts.lots.0.used_micros": 5, "facts.ledger.used_micros": 4},
        (),
        ["facts.ledger.used_micros"],
    ),
    "ledger used more than the lots": (
        {"facts.lots.0.used_micros": 5, "facts.ledger.used_micros": 6},
        (),
        ["facts.ledger.used_micros"],
    ),
    "ledger used does not fit": (
        {"facts.ledger.used_micros": 104_000_001},
        ("facts.lots.0.used_micros",),
        ["facts.ledger.used_micros"],
    ),
    "ledger used what was taken back": (
        {
            "facts.ledger.used_micros": 54_000_001,
            "facts.payments.0.refunds": [refund(credits_micros=50_000_000)],
        },
        ("facts.lots.0.used_micros",),
        ["facts.ledger.used_micros"],
    ),
    "balance": (
        {"facts.lots.0.used_micros": 5, "facts.ledger.balance_micros": 104_000_000},
        (),
        ["facts.ledger.balance_micros"],
    ),
    "balance, reserved and expired credits in it": (
        {
            "facts.lots.0.used_micros": 5,
            "facts.lots.0.reserved_micros": 7,
            "facts.lots.0.expires_at": DAY_9,
            "facts.payments.0.refunds": [refund(credits_micros=11, status="PENDING")],
            "facts.ledger.balance_micros": 104_000_000 - 5 - 11,
        },
        (),
        [],
    ),
    "balance of unknown use": (
        {"facts.ledger.balance_micros": 104_000_001},
        ("facts.lots.0.used_micros",),
        ["facts.ledger.balance_micros"],
    ),
    "balance that a use explains": ({"facts.ledger.balance_micros": 7}, ("facts.lots.0.used_micros",), []),
}


@pytest.mark.parametrize("name", ROWS)
def test_each_fault_names_its_field(name: str) -> None:
    change, unset, expected = ROWS[name]

    assert fields_of(change, *unset) == expected
