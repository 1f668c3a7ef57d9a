"""A decision is held against every key that a case may expect."""

from __future__ import annotations

from typing import Any

import pytest

from decider.authoring.cases import decision_differences
from decider.v1 import decision_pb2, money_pb2


def usd(minor: int) -> money_pb2.Money:
    return money_pb2.Money(currency_code="USD", amount_minor=minor)


def decision() -> decision_pb2.Decision:
    """An ALLOW of 70.00 out of two payments, beside which a reviewer may add 30.00."""
    return decision_pb2.Decision(
        verdict=decision_pb2.VERDICT_ALLOW,
        disposition=decision_pb2.DISPOSITION_CASH_REFUND,
        final=True,
        amount=usd(7000),
        bounds=decision_pb2.AmountBounds(min=usd(0), max=usd(3000), max_credits_micros=5),
        breakdown=[decision_pb2.LineItem(code="paid", amount=usd(7000))],
        refunds=[
            decision_pb2.PaymentRefund(payment_id="pay-2", amount=usd(2000)),
            decision_pb2.PaymentRefund(payment_id="pay-1", amount=usd(5000)),
        ],
        fee_amount=usd(0),
        tax_amount=usd(70),
        questions=[decision_pb2.Question(code="fraud_suspected"), decision_pb2.Question(code="repeated_refunds")],
    )


AMOUNT = {"amount": {"currency_code": "USD", "amount_minor": 7000}}
REFUNDS = [{"payment_id": "pay-1", "amount_minor": 5000}, {"payment_id": "pay-2", "amount_minor": 2000}]


@pytest.mark.parametrize(
    "expect",
    [
        {"bounds": {"min": 0, "max": 3000}},
        {"bounds": {"max_credits_micros": 5}},
        {"final": True},
        {"refunds": REFUNDS},
        {"refunds": REFUNDS[::-1]},
        {"fee_amount": 0, "tax_amount": 70},
        {"questions": []},
        {"questions": ["repeated_refunds"]},
        {"questions": ["fraud_suspected", "repeated_refunds"]},
    ],
)
def test_finds_no_difference_where_there_is_none(expect: dict[str, Any]) -> None:
    assert decision_differences(decision(), AMOUNT | expect) == []


@pytest.mark.parametrize(
    ("expect", "found"),
    [
        ({"bounds": {"min": 0, "max": 2999}}, "bounds.max:"),
        ({"bounds": {"min": 1}}, "bounds.min:"),
        ({"bounds": {"max_credits_micros": 6}}, "bounds.max_credits_micros:"),
        ({"final": False}, "final: True, not False"),
        ({"refunds": REFUNDS[:1]}, "refunds:"),
        ({"refunds": []}, "refunds:"),
        ({"refunds": [{**REFUNDS[0], "amount_minor": 4999}, REFUNDS[1]]}, "refunds:"),
        ({"refunds": [*REFUNDS, {"payment_id": "pay-3", "amount_minor": 1}]}, "refunds:"),
        ({"fee_amount": 70}, "fee_amount:"),
        ({"tax_amount": 0}, "tax_amount:"),
        ({"questions": ["technical_error"]}, "questions: no ['technical_error'] among"),
        ({"question": ["fraud_suspected"]}, "expect.question: no such key"),
    ],
)
def test_finds_each_difference(expect: dict[str, Any], found: str) -> None:
    [difference] = decision_differences(decision(), AMOUNT | expect)

    assert difference.startswith(found)


def test_a_decision_without_bounds_differs_from_a_case_that_expects_some() -> None:
    without = decision()
    without.ClearField("bounds")

    assert decision_differences(without, AMOUNT | {"bounds": {"min": 0, "max": 0}}) == [
        "bounds: none, not {'min': 0, 'max': 0}"
    ]


def test_an_amount_that_is_not_stated_differs_from_an_amount_of_0() -> None:
    without = decision()
    without.ClearField("fee_amount")

    assert decision_differences(without, AMOUNT | {"fee_amount": 0}) == [
        "fee_amount: None, not {'currency_code': 'USD', 'amount_minor': 0}"
    ]
