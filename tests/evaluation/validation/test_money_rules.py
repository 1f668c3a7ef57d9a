"""Faults of money: currencies, what was captured and went back, and what can be divided exactly."""

from __future__ import annotations

import pytest

from support.faulty import EVENT, PLAN, TWO, TWO_CURRENCIES, WITH_PLAN, Row, fields_of, payment, refund
from support.sample import money

ROWS: dict[str, Row] = {
    "fee in another currency": (
        {"facts.lots.0.fee": money(350, "EUR")},
        (),
        ["facts.lots[0].fee.currency_code"],
    ),
    "expected in another currency": (
        {"facts.payments.0.expected": money(10350, "EUR")},
        (),
        ["facts.payments[0].expected.currency_code"],
    ),
    "dispute in another currency": (
        {"facts.payments.0.dispute": {"status": "LOST", "amount": money(1, "EUR")}},
        (),
        ["facts.payments[0].dispute.amount.currency_code"],
    ),
    "refund in another currency": (
        {"facts.payments.0.refunds": [refund(amount=money(1, "EUR"))]},
        (),
        ["facts.payments[0].refunds[0].amount.currency_code"],
    ),
    "plan in another currency": (
        {**WITH_PLAN, "facts.subscription.amount": money(2000, "EUR")},
        (),
        ["facts.subscription.amount.currency_code"],
    ),
    "one order in two currencies": (
        {**TWO_CURRENCIES, "facts.lots.1.order_ref": "ORD-2001"},
        (),
        ["facts.lots[1].base_price.currency_code"],
    ),
    "a duplicate in another currency": (
        {"facts.payments.1": payment(8, captured=money(10350, "EUR"), duplicate_of="pay-1")},
        (),
        ["facts.payments[1].captured.currency_code"],
    ),
    "a duplicate in the currency of the first": (
        {"facts.payments.1": payment(8, captured=money(1), duplicate_of="pay-1")},
        (),
        [],
    ),
    "refunds > captured": (
        {
            "facts.payments.0.refunds": [
                refund(amount=money(10000)),
                refund(id="b", amount=money(351), status="PENDING"),
            ]
        },
        (),
        ["facts.payments[0].refunds"],
    ),
    "a failed refund returned nothing": (
        {"facts.payments.0.refunds": [refund(amount=money(10351), status="CANCELED")]},
        (),
        [],
    ),
    "captured too much": ({"facts.payments.0.captured": money(10351)}, (), ["facts.payments[0].captured"]),
    "captured too little": ({"facts.payments.0.captured": money(10000)}, (), ["facts.payments[0].captured"]),
    "captured nothing": ({}, ("facts.payments.0.captured",), ["facts.payments[0].captured"]),
    "captured without the network's fee": (
        {"facts.payments.0.captured": money(10000), "facts.lots.0.fee_kept_by_third_party": True},
        (),
        [],
    ),
    "captured with the network's fee": ({"facts.lots.0.fee_kept_by_third_party": True}, (), []),
    "captured another sum, as it is told": (
        {"facts.payments.0.captured": money(99), "facts.payments.0.expected": money(10350)},
        (),
        [],
    ),
    "captured by a duplicate": (
        {**TWO, "facts.payments.1.captured": money(1), "facts.payments.1.duplicate_of": "pay-1"},
        (),
        [],
    ),
    "captured for nothing": ({"facts.payments.1": payment(2)}, (), []),
    "plan captured too much": (
        {**WITH_PLAN, "facts.payments.1.captured": money(2001)},
        (),
        ["facts.payments[1].captured"],
    ),
    "disputed > captured": (
        {"facts.payments.0.dispute": {"status": "LOST", "amount": money(10351)}},
        (),
        ["facts.payments[0].dispute.amount"],
    ),
    "period ends at its start": (
        {**WITH_PLAN, "facts.subscription.period_end": PLAN["period_start"]},
        (),
        ["facts.subscription.period_end"],
    ),
    "plan beyond exact division": (
        {
            **WITH_PLAN,
            "facts.subscription.amount": money(2**40),
            "facts.payments.1.captured": money(2**40),
        },
        (),
        ["facts.subscription.amount"],
    ),
    "lot beyond exact division": (
        {
            "facts.lots.0.base_price": money(2**40 - 350),
            "facts.lots.0.base_micros": 2**21,
            "facts.lots.0.bonus_micros": 0,
            "facts.payments.0.captured": money(2**40),
        },
        (),
        ["facts.lots[0].base_price"],
    ),
    "captured and went back, where it is another sum than was due": (
        {
            "facts.payments.0.captured": money(0),
            "facts.payments.0.refunds": [refund()],
            "facts.payments.0.dispute": {"status": "LOST", "amount": money(1)},
        },
        (),
        ["facts.payments[0].captured"],
    ),
    "a price beyond exact division, which was not captured": (
        {"facts.lots.0.base_price": money(10**15)},
        (),
        ["facts.lots[0].base_price"],
    ),
    "more captured than an answer can tell": (
        {
            "facts.payments.1": payment(2, captured=money(2**62), duplicate_of="pay-1"),
            "facts.payments.2": payment(3, captured=money(2**62 - 10351), duplicate_of="pay-1"),
            "facts.payments.3": payment(4, captured=money(1), duplicate_of="pay-1"),
        },
        (),
        ["facts.payments[3].captured"],
    ),
    "as much captured as an answer can tell": (
        {
            "facts.payments.1": payment(2, captured=money(2**62), duplicate_of="pay-1"),
            "facts.payments.2": payment(3, captured=money(2**62 - 10351), duplicate_of="pay-1"),
        },
        (),
        [],
    ),
    "much captured in two currencies": (
        {
            "facts.payments.1": payment(2, captured=money(2**62, "JPY")),
            "facts.payments.2": payment(3, captured=money(2**62, "EUR")),
        },
        (),
        [],
    ),
    "more deducted than an answer can tell": (
        {
            "facts.usage_events": [
                {**EVENT, "deducted_micros": 2**62},
                {**EVENT, "id": "ev-2", "deducted_micros": 2**62},
            ]
        },
        (),
        ["facts.usage_events[1].deducted_micros"],
    ),
    "more service credits than an answer can tell": (
        {"facts.incidents": [{"id": "i", "sla_credit_micros": 2**62}, {"id": "j", "sla_credit_micros": 2**62}]},
        (),
        ["facts.incidents[1].sla_credit_micros"],
    ),
    "lot just within exact division": (
        {
            "facts.lots.0.base_price": money(2**40 - 351),
            "facts.lots.0.base_micros": 2**21,
            "facts.lots.0.bonus_micros": 0,
            "facts.payments.0.captured": money(2**40 - 1),
        },
        (),
        [],
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_each_fault_names_its_field(name: str) -> None:
    change, unset, expected = ROWS[name]

    assert fields_of(change, *unset) == expected
