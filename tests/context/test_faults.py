"""Section 6 of policies.md: what is wrong, and the path that says so."""

from __future__ import annotations

from typing import Any

import pytest

from context.sample import BASE, CATALOG, evaluate_at, request
from decider.bundle.catalog import Catalog
from decider.context import build_input, find_faults
from decider.errors import InvalidFacts, PolicyNotFound
from decider.v1 import decision_service_pb2

LOT = BASE["facts"]["lots"][0]
PAYMENT = BASE["facts"]["payments"][0]
USD = {"currency_code": "USD", "amount_minor": 10000}
PLAN = {
    "plan": "Pro",
    "order_ref": "SUB-1",
    "payment_id": "pay-s1",
    "amount": {"currency_code": "USD", "amount_minor": 2000},
    "concluded_at": "2026-05-27T09:00:00Z",
    "charged_at": "2026-05-27T09:00:00Z",
    "period_start": "2026-05-27T09:00:00Z",
    "period_end": "2026-06-26T09:00:00Z",
}
PLAN_PAYMENT = {"id": "pay-s1", "captured": {"currency_code": "USD", "amount_minor": 2000}}
WITH_PLAN = {"facts.subscription": PLAN, "facts.payments.1": PLAN_PAYMENT}
EVENT = {"id": "ev-1", "outcome": "ERROR"}
DAY_9, DAY_10, DAY_12 = "2026-06-09T09:00:00Z", "2026-06-10T09:00:00Z", "2026-06-12T09:00:00Z"


def money(amount: int, currency: str = "USD") -> dict[str, Any]:
    return {"currency_code": currency, "amount_minor": amount}


def lot(number: int, **fields: Any) -> dict[str, Any]:
    """A lot like the first, with its own id, order and payment."""
    own = {"id": f"lot-{number}", "order_ref": f"ORD-{number}", "payment_id": f"pay-{number}"}
    return {**LOT, **own, **fields}


def payment(number: int, **fields: Any) -> dict[str, Any]:
    return {**PAYMENT, "id": f"pay-{number}", **fields}


def refund(**fields: Any) -> dict[str, Any]:
    return {"id": "re-1", "amount": money(100), "status": "SUCCEEDED", "lot_id": "lot-1", **fields}


TWO = {"facts.lots.1": lot(2), "facts.payments.1": payment(2)}
EURO = {name: money(LOT[name]["amount_minor"], "EUR") for name in ("base_price", "fee", "tax")}
TWO_CURRENCIES = {
    "facts.lots.1": lot(2, **EURO),
    "facts.payments.1": payment(2, captured=money(10350, "EUR")),
}


def fields_of(
    change: dict[str, Any], *unset: str, faulty: tuple[str, ...] = (), catalog: Catalog = CATALOG
) -> list[str]:
    message = request(change, unset)
    return sorted(fault.field for fault in find_faults(message, evaluate_at(message), catalog, faulty))


def test_the_base_and_its_neighbours_are_free_of_faults() -> None:
    assert fields_of({}) == []
    assert fields_of(TWO) == []
    assert fields_of(WITH_PLAN) == []
    assert fields_of({**TWO_CURRENCIES, "request.lot_ids": ["lot-2"]}) == []


# Each row: what is set, what is unset, the paths at fault.
ROWS: dict[str, tuple[dict[str, Any], tuple[str, ...], list[str]]] = {
    "no base price": ({}, ("facts.lots.0.base_price",), ["facts.lots[0].base_price"]),
    "no base credits": ({"facts.lots.0.base_micros": 0}, (), ["facts.lots[0].base_micros"]),
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
    "zone": ({"facts.customer.time_zone": "Europe/Atlantis"}, (), ["facts.customer.time_zone"]),
    "country": ({"facts.customer.country_code": "QQ"}, (), ["facts.customer.country_code"]),
    "country in lower case": ({"facts.customer.country_code": "de"}, (), ["facts.customer.country_code"]),
    "EL": ({"facts.customer.country_code": "EL"}, (), []),
    "UK": ({"facts.customer.country_code": "UK"}, (), []),
    "currency of a price": (
        {"facts.lots.0.base_price.currency_code": "XXX"},
        (),
        ["facts.lots[0].base_price.currency_code"],
    ),
    "old currency": (
        {"facts.payments.0.captured.currency_code": "DEM"},
        (),
        ["facts.payments[0].captured.currency_code"],
    ),
    "currency in lower case": (
        {"request.requested_amount": money(1, "usd")},
        (),
        ["request.requested_amount.currency_code"],
    ),
    "currency of the agreement": (
        {"facts.agreement": {"minimum": money(1, "XAU")}},
        (),
        ["facts.agreement.minimum.currency_code"],
    ),
    "two lots of one id": ({**TWO, "facts.lots.1.id": "lot-1"}, (), ["facts.lots[1].id"]),
    "two payments of one id": ({"facts.payments.1": PAYMENT}, (), ["facts.payments[1].id"]),
    "a lot without id": ({**TWO, "facts.lots.1.id": ""}, (), ["facts.lots[1].id"]),
    "two events of one id": ({"facts.usage_events": [EVENT, EVENT]}, (), ["facts.usage_events[1].id"]),
    "two incidents of one id": ({"facts.incidents": [{"id": "i"}, {"id": "i"}]}, (), ["facts.incidents[1].id"]),
    "two refunds of one id": (
        {"facts.payments.0.refunds": [refund(), refund()]},
        (),
        ["facts.payments[0].refunds[1].id"],
    ),
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
        ["facts.lots[0].used_micros", "facts.payments[0].refunds[0].bonus_micros"][:1],
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
    "a refund of another payment's lot": (
        {**TWO, "facts.payments.1.refunds": [refund()]},
        (),
        ["facts.payments[1].refunds[0].lot_id"],
    ),
    "payment not there": ({"facts.lots.0.payment_id": "pay-9"}, (), ["facts.lots[0].payment_id"]),
    "payment not told": ({}, ("facts.lots.0.payment_id",), ["facts.lots[0].payment_id"]),
    "duplicate of nothing": ({"facts.payments.0.duplicate_of": "pay-9"}, (), ["facts.payments[0].duplicate_of"]),
    "duplicate of itself": ({"facts.payments.0.duplicate_of": "pay-1"}, (), ["facts.payments[0].duplicate_of"]),
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
    "request in another currency": (
        {"request.requested_amount": money(1, "EUR")},
        (),
        ["request.requested_amount.currency_code"],
    ),
    "one order in two currencies": (
        {**TWO_CURRENCIES, "facts.lots.1.order_ref": "ORD-2001"},
        (),
        ["facts.lots[1].base_price.currency_code"],
    ),
    "lots of two currencies": (
        {**TWO_CURRENCIES, "request.lot_ids": ["lot-2", "lot-1"]},
        (),
        ["request.lot_ids[1]"],
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
    "period ends at its start": (
        {**WITH_PLAN, "facts.subscription.period_end": PLAN["period_start"]},
        (),
        ["facts.subscription.period_end"],
    ),
    "plan charged without payment": (
        {"facts.subscription": PLAN},
        (),
        ["facts.subscription.payment_id"],
    ),
    "plan never charged": ({"facts.subscription": PLAN}, ("facts.subscription.charged_at",), []),
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

    found = fields_of(change, *unset)

    assert found == expected


def test_all_faults_are_reported_at_once() -> None:
    found = fields_of(
        {
            **TWO,
            "evaluate_at": DAY_9,
            "facts.customer.time_zone": "../x",
            "facts.customer.country_code": "QQ",
            "facts.lots.0.used_micros": 104_000_001,
            "facts.lots.1.reserved_micros": 104_000_001,
            "facts.payments.0.duplicate_of": "pay-9",
            "facts.payments.1.captured": money(1),
            "request.lot_ids": ["lot-9"],
            "request.requested_amount": money(1),
            "request.requested_credits_micros": 1,
        }
    )

    assert found == [
        "evaluate_at",
        "facts.customer.country_code",
        "facts.customer.time_zone",
        "facts.lots[0].used_micros",
        "facts.lots[1].reserved_micros",
        "facts.payments[0].duplicate_of",
        "facts.payments[1].captured",
        "request.lot_ids[0]",
        "request.requested_credits_micros",
    ]


@pytest.mark.parametrize(
    ("change", "faulty"),
    [
        ({"evaluate_at": DAY_9}, "request.requested_at"),
        ({"evaluate_at": DAY_9}, "request"),
        ({"facts.lots.0.used_micros": 104_000_001}, "facts.lots[0].base_micros"),
        ({"facts.lots.0.used_micros": 104_000_001}, "facts.lots"),
        ({"facts.payments.0.captured": money(1)}, "facts.lots[0].fee.amount_minor"),
        ({"facts.payments.0.captured": money(1)}, "facts.payments[0].captured.amount_minor"),
        ({"request.order_ref": "ORD-9"}, "facts.lots[0].order_ref"),
        ({"request.lot_ids": ["lot-9"]}, "facts.lots[0].id"),
        ({"facts.ledger.used_micros": 1}, "facts.lots[0].used_micros"),
        ({"facts.lots.0.payment_id": "pay-9"}, "facts.payments[0].id"),
    ],
)
def test_what_needs_a_field_at_fault_is_not_checked(change: dict[str, Any], faulty: str) -> None:
    assert fields_of(change) != []
    assert fields_of(change, faulty=(faulty,)) == []


def test_what_does_not_need_it_is_checked() -> None:
    assert fields_of({"evaluate_at": DAY_9}, faulty=("facts.lots[0].base_micros",)) == ["evaluate_at"]


def test_absent_facts_are_no_further_fault() -> None:
    message = decision_service_pb2.EvaluateRefundRequest()
    message.request.order_ref = "ORD-1"
    message.request.lot_ids.append("lot-1")

    assert find_faults(message, 0, CATALOG, ("source",)) == []
    assert find_faults(decision_service_pb2.EvaluateRefundRequest(), 0, CATALOG) == []


def test_the_clock_before_the_request_is_the_fault_of_evaluate_at() -> None:
    message = request({}, ("evaluate_at",))

    assert [fault.field for fault in find_faults(message, 0, CATALOG)] == ["evaluate_at"]


def test_facts_come_before_the_policy() -> None:
    unknown = {"request.policy_id": "no-such", "request.policy_version": "1"}
    with pytest.raises(InvalidFacts) as invalid:
        build_input(request({**unknown, "facts.lots.0.used_micros": 104_000_001}), 2 * 10**18, CATALOG)
    with pytest.raises(PolicyNotFound) as missing:
        build_input(request(unknown), 2 * 10**18, CATALOG)
    with pytest.raises(PolicyNotFound) as version:
        build_input(request({"request.policy_version": "1999-01"}), 2 * 10**18, CATALOG)

    assert [fault.field for fault in invalid.value.violations] == ["facts.lots[0].used_micros"]
    assert missing.value.metadata == {"policy_id": "no-such", "policy_version": "1", "field": "request.policy_id"}
    assert version.value.metadata["field"] == "request.policy_version"


def test_a_fault_of_the_payment_hides_no_sum_that_it_cannot_explain() -> None:
    """A lot whose payment cannot be told may be what a payment took too much for, never what it took too little for."""
    stray = {**TWO, "facts.lots.1.payment_id": "pay-9"}

    assert fields_of({**stray, "facts.payments.0.captured": money(20700)}) == ["facts.lots[1].payment_id"]
    assert fields_of({**stray, "facts.payments.0.captured": money(1)}) == [
        "facts.lots[1].payment_id",
        "facts.payments[0].captured",
    ]
