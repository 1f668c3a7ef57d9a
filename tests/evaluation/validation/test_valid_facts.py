"""Every violation of a request is reported at once, under the path at fault."""

from __future__ import annotations

from typing import Any

import pytest

from decider.errors import InvalidFacts, PolicyNotFound, Violation
from decider.evaluation.validation import valid_facts
from decider.v1 import decision_service_pb2
from support.building import policy_input
from support.faulty import DAY_9, TWO, TWO_CURRENCIES, WITH_PLAN, fields_of, refund
from support.sample import money, request


def violations(message: decision_service_pb2.EvaluateRefundRequest) -> list[str]:
    """Return the paths at fault of a request, by the service's clock at the epoch."""
    with pytest.raises(InvalidFacts) as invalid:
        valid_facts(message, 0, {})
    return [violation.field for violation in invalid.value.violations]


def test_the_base_and_its_neighbours_are_free_of_faults() -> None:
    assert fields_of({}) == []
    assert fields_of(TWO) == []
    assert fields_of(WITH_PLAN) == []
    assert fields_of({**TWO_CURRENCIES, "request.lot_ids": ["lot-2"]}) == []


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
        ({"facts.lots.0.reserved_micros": 104_000_001}, "facts.lots[0].base_micros"),
        ({"facts.lots.0.reserved_micros": 104_000_001}, "facts.lots"),
        ({"facts.payments.0.captured": money(1)}, "facts.lots[0].fee.amount_minor"),
        ({"facts.payments.0.captured": money(1)}, "facts.payments[0].captured.amount_minor"),
        ({"request.order_ref": "ORD-9"}, "facts.lots[0].order_ref"),
        ({"request.lot_ids": ["lot-9"]}, "facts.lots[0].id"),
        ({"facts.ledger.used_micros": 1}, "facts.lots[0].used_micros"),
        ({"facts.lots.0.payment_id": "pay-9"}, "facts.payments[0].id"),
        ({"facts.lots.0.fee": money(350, "EUR")}, "facts.payments[0].captured.currency_code"),
        ({"facts.payments.0.refunds": [refund(amount=money(10351))]}, "facts.payments[0].captured"),
    ],
)
def test_what_needs_a_field_at_fault_is_not_checked(change: dict[str, Any], faulty: str) -> None:
    assert fields_of(change) != []
    assert fields_of(change, faulty=(faulty,)) == []


@pytest.mark.parametrize(
    ("change", "faulty"),
    [
        ({"facts.payments.0.refunds": [refund(amount=money(10351))]}, "facts.payments[0].id"),
        ({"facts.payments.0.refunds": [refund(amount=money(10351))]}, "facts.payments[0].refunds[0].id"),
        ({"facts.payments.0.dispute": {"status": "LOST", "amount": money(10351)}}, "facts.payments[0].id"),
        ({"facts.payments.0.refunds": [refund(credits_micros=2**60)]}, "facts.payments[0].refunds[0].id"),
        ({"facts.ledger.used_micros": 1}, "facts.lots[0].payment_id"),
        ({"facts.ledger.used_micros": 1}, "facts.ledger.consumption_order"),
        ({"facts.ledger.used_micros": 1}, "facts.lots[0].reserved_micros"),
        ({"facts.payments.0.refunds": [refund(lot_id="lot-9")]}, "facts.lots[0].payment_id"),
    ],
)
def test_what_does_not_need_it_is_checked(change: dict[str, Any], faulty: str) -> None:
    found = fields_of(change)

    assert found != []
    assert fields_of(change, faulty=(faulty,)) == found


def test_of_an_order_whose_lots_have_two_currencies_no_amount_is_compared() -> None:
    asked = {**TWO_CURRENCIES, "request.lot_ids": ["lot-1", "lot-2"], "request.requested_amount": money(1, "EUR")}

    assert fields_of(asked) == ["request.lot_ids[1]"]
    assert fields_of({**asked, "request.lot_ids": ["lot-1"]}) == ["request.requested_amount.currency_code"]


def test_absent_facts_are_no_further_fault() -> None:
    message = decision_service_pb2.EvaluateRefundRequest()
    message.request.order_ref = "ORD-1"
    message.request.lot_ids.append("lot-1")

    assert violations(message) == ["request.policy_id", "request.requested_at", "source"]
    assert violations(decision_service_pb2.EvaluateRefundRequest()) == ["request", "source"]


def test_the_clock_before_the_request_is_the_fault_of_evaluate_at() -> None:
    with pytest.raises(InvalidFacts) as invalid:
        valid_facts(request({}, ("evaluate_at",)), 0, {})

    assert invalid.value.violations == (
        Violation("evaluate_at", "absent, and the service's clock is before request.requested_at"),
    )
    assert violations(request({}, ("evaluate_at", "request.requested_at"))) == ["request.requested_at"]


def test_facts_come_before_the_policy() -> None:
    unknown = {"request.policy_id": "no-such", "request.policy_version": "1"}
    with pytest.raises(InvalidFacts) as invalid:
        policy_input(request({**unknown, "facts.lots.0.reserved_micros": 104_000_001}))
    with pytest.raises(PolicyNotFound) as missing:
        policy_input(request(unknown))
    with pytest.raises(PolicyNotFound) as version:
        policy_input(request({"request.policy_version": "1999-01"}))

    assert [fault.field for fault in invalid.value.violations] == ["facts.lots[0].reserved_micros"]
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
