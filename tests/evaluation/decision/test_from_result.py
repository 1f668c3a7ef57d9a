"""From a policy result to a Decision: every field, and every way in which a result is no decision."""

from __future__ import annotations

from typing import Any

import pytest
from google.protobuf.message import Message

from decider.errors import DecisionInvariant, InvalidFacts, PolicyError, PolicyResultInvalid, PolicyUndefined, Violation
from decider.evaluation.decision import to_decision
from decider.v1 import decision_pb2
from support.answers import CATALOG, EVALUATE_AT, SECOND, allowed, cash, denied, effect, policy_input, review


def decide(result: dict[str, Any], **change: Any) -> decision_pb2.Decision:
    return to_decision(result, policy_input(**change), CATALOG, input_digest="sha256:1d")


def test_every_field_of_a_cash_refund() -> None:
    decision = decide(cash())

    assert decision.decision_id == ""
    assert decision.verdict == decision_pb2.VERDICT_ALLOW
    assert decision.disposition == decision_pb2.DISPOSITION_CASH_REFUND
    assert (decision.amount.currency_code, decision.amount.amount_minor) == ("USD", 10000)
    assert not decision.HasField("bounds")
    assert [
        (one.code, one.amount.currency_code, one.amount.amount_minor, one.lot_id) for one in decision.breakdown
    ] == [
        ("paid", "USD", 10350, ""),
        ("fee", "USD", -350, "lot-1"),
    ]
    assert [(one.clause_id, one.description) for one in decision.breakdown] == [
        ("router-one/2.1-prorata", "Paid"),
        ("router-one/2.1-prorata", "Transaction fee"),
    ]
    assert [(one.type, one.lot_id, one.credits_micros) for one in decision.effects] == [
        (decision_pb2.EFFECT_TYPE_REMOVE_CREDITS, "lot-1", 100_000_000),
        (decision_pb2.EFFECT_TYPE_REMOVE_BONUS, "lot-1", 4_000_000),
    ]
    pay_by, method = decision.obligations
    assert pay_by.type == decision_pb2.OBLIGATION_TYPE_PAY_BY
    assert (pay_by.due_at.seconds, pay_by.due_at.nanos, pay_by.not_before.nanos) == (1_782_000_000, 1, 5)
    assert not method.HasField("due_at")
    assert not method.HasField("not_before")
    assert method.clause_id == "router-one/4-payout"
    (citation,) = decision.citations
    assert (citation.clause_id, citation.title) == ("router-one/2.1-prorata", "Title of router-one/2.1-prorata")
    assert citation.role == decision_pb2.CITATION_ROLE_GRANTS
    assert [(one.parameter, one.value, one.clause_id, one.note) for one in decision.interpretations] == [
        ("partial_use", "pro_rata", "router-one/2.1-prorata", "About partial_use"),
        ("statutory.rollover", '{"AT":true,"GB":false}', "law/eu/14-3", "About statutory.rollover"),
    ]
    assert [(one.payment_id, one.amount.currency_code, one.amount.amount_minor) for one in decision.refunds] == [
        ("pay-1", "USD", 10000)
    ]
    assert (decision.fee_amount.currency_code, decision.fee_amount.amount_minor) == ("USD", 30)
    assert (decision.tax_amount.currency_code, decision.tax_amount.amount_minor) == ("USD", 20)
    assert [one.payment_id for one in decision.breakdown] == ["", "pay-1"]
    assert decision.final
    (warning,) = decision.warnings
    assert (warning.code, warning.message) == ("credits_reserved", "Some credits are reserved.")
    assert warning.clause_id == "router-one/2.1-prorata"
    assert decision.refundable_until.seconds == 1_782_000_000
    assert decision.policy == decision_pb2.PolicyRef(
        policy_id="router-one", version="2026-05-16", version_reason="at_purchase", bundle_digest="sha256:b0"
    )
    assert decision.evaluated_at.seconds * SECOND + decision.evaluated_at.nanos == EVALUATE_AT
    assert decision.expires_at.seconds == 1_781_170_260
    assert decision.input_digest == "sha256:1d"


def test_what_a_denial_carries() -> None:
    decision = decide({**denied("NEEDS_INFORMATION"), "refundable_until": 0, "expires_at": 0})

    (missing,) = decision.missing
    assert (missing.code, missing.clause_id, missing.ask) == (
        "order_ref",
        "router-one/4-payout",
        "Which order is it about?",
    )
    assert decision.amount.amount_minor == 0
    assert decision.amount.currency_code == "USD"
    assert not decision.HasField("refundable_until")
    assert not decision.HasField("expires_at")


def test_bounds_of_a_review_are_in_the_currency_of_the_amount() -> None:
    bounds = decide(review(1, 2)).bounds

    assert (bounds.min.currency_code, bounds.min.amount_minor) == ("USD", 1)
    assert (bounds.max.currency_code, bounds.max.amount_minor) == ("USD", 2)
    assert bounds.max_credits_micros == 0


def test_a_review_asks_its_questions_and_shows_its_upper_bound() -> None:
    answer = review(0, 5)
    line = {"code": "paid", "amount": 5, "lot": "lot-1", "payment": "pay-1", "clause": "router-one/2.1-prorata"}
    decision = decide({**answer, "bounds": {**answer["bounds"], "breakdown": [line]}})

    assert not decision.final
    (question,) = decision.questions
    assert (question.code, question.clause_id) == ("fraud_suspected", "router-one/2.1-prorata")
    assert question.question == "Is the suspicion of fraud confirmed?"
    (shown,) = decision.bounds.breakdown
    assert (shown.code, shown.amount.amount_minor, shown.lot_id, shown.payment_id) == ("paid", 5, "lot-1", "pay-1")


@pytest.mark.parametrize(
    ("disposition", "final"),
    [("NOT_REFUNDABLE", True), ("NEEDS_INFORMATION", False), ("HOLD", False)],
)
def test_only_what_may_still_change_is_not_final(disposition: str, *, final: bool) -> None:
    assert decide(denied(disposition)).final == final


def test_a_window_that_closed_is_told_with_its_last_second() -> None:
    warning = {"code": "credits_reserved", "clause": "router-one/2.1-prorata", "until": 1_781_170_259 * SECOND}

    (told,) = decide({**denied(), "warnings": [warning]}).warnings

    assert told.message == "Some credits are reserved. Its last second was 2026-06-11T09:30:59Z."


def test_the_reading_of_a_fact_has_its_note() -> None:
    reading = {"parameter": "consumption_order", "value": "PROMOTIONAL_FIRST", "clause": "router-one/2.1-prorata"}

    (told,) = decide({**cash(), "interpretations": [reading]}).interpretations

    assert told.value == "PROMOTIONAL_FIRST"
    assert "draws credits" in told.note


def test_every_message_below_a_decision_can_be_reached() -> None:
    """Together the answers of this file set every field; whoever adds one to the proto is told here."""
    events = [{"id": "e-1", "deducted": 5, "already_restored": False}]
    facts = {"usage_events": events}
    two = [{"code": "paid", "amount": 2, "lot": "lot-1", "payment": "pay-1", "clause": "router-one/2.1-prorata"}]
    decisions = [
        decide(cash()),
        decide(denied("NEEDS_INFORMATION")),
        decide({**review(1, 2), "bounds": {**review(1, 2)["bounds"], "breakdown": two}}),
        decide(review(0, 0, 5), **facts),
        decide(allowed("RESTORE_CREDITS", effect("RESTORE_CREDITS", credits=5, event="e-1")), **facts),
        decide(allowed("CANCELLATION", effect("CANCEL_NOW", order="ORD-1"))),
    ]

    reached = {field for decision in decisions for field in _set(decision)}

    assert _all(decision_pb2.Decision.DESCRIPTOR) - reached == {
        "decider.v1.Decision.decision_id",  # of a record
        "decider.v1.Citation.note",  # says nothing yet
        "decider.v1.PolicyRef.engine",  # set by whoever knows the engine
        "decider.v1.PolicyRef.service_version",  # and the service
    }


def _set(message: Message) -> set[str]:
    found = set()
    for field, value in message.ListFields():
        found.add(field.full_name)
        if field.message_type is not None and field.message_type.full_name.startswith("decider."):
            for one in value if field.is_repeated else [value]:
                found |= _set(one)
    return found


def _all(descriptor: Any) -> set[str]:
    found = set()
    for field in descriptor.fields:
        found.add(field.full_name)
        if field.message_type and field.message_type.full_name.startswith("decider."):
            found |= _all(field.message_type)
    return found


def test_a_fault_that_the_policy_finds_is_the_callers() -> None:
    with pytest.raises(InvalidFacts) as raised:
        decide({"fault": {"field": "facts.agreement.minimum", "description": "would need an exchange rate"}})

    assert raised.value.violations == (Violation("facts.agreement.minimum", "would need an exchange rate"),)


def test_no_answer_is_no_decision() -> None:
    with pytest.raises(PolicyUndefined):
        decide({"error": {"code": "undefined", "message": "no rules for version X"}})


def test_a_day_beyond_the_calendar_is_an_error_of_the_policy() -> None:
    where = "shop/pay, PAY_BY: working day 9"

    with pytest.raises(PolicyError) as raised:
        decide({"error": {"code": "beyond_calendar", "message": where}})

    assert raised.value.message == f"the policy failed: {where}"
    assert raised.value.metadata == {"code": "beyond_calendar", "where": where}


MISSHAPEN: list[tuple[str, Any, str]] = [
    ("amount", 1.0, "$.amount"),
    ("amount", "10000", "$.amount"),
    ("amount", True, "$.amount"),
    ("amount", None, "$.amount"),
    ("amount", 2**63, "$.amount"),
    ("amount", -(2**63) - 1, "$.amount"),
    ("verdict", "MAYBE", "$.verdict"),
    ("verdict", "", "$.verdict"),
    ("verdict", 1, "$.verdict"),
    ("disposition", "UNSPECIFIED", "$.disposition"),
    ("currency", None, "$.currency"),
    ("bounds", {}, "$.bounds"),
    ("bounds", {"min": 0, "max": 1.5, "max_credits": 0, "breakdown": []}, "$.bounds.max"),
    ("bounds", {"min": 0, "max": 1, "max_credits": 0, "breakdown": [], "more": 1}, "$.bounds"),
    ("refunds", [{"payment": "pay-1", "amount": "1"}], "$.refunds[0].amount"),
    ("questions", [{"code": "fraud_suspected"}], "$.questions[0]"),
    ("fee", None, "$.fee"),
    ("tax", 1.0, "$.tax"),
    ("breakdown", {}, "$.breakdown"),
    ("breakdown", [{"code": "paid", "amount": 1, "lot": None, "payment": "", "clause": ""}], "$.breakdown[0].lot"),
    ("effects", None, "$.effects"),
    ("effects", [{**effect("REMOVE_CREDITS"), "type": "GIVE"}], "$.effects[0].type"),
    ("obligations", [{"type": "PAY_BY", "due_at": -1, "not_before": 0, "clause": ""}], "$.obligations[0].due_at"),
    ("citations", [{"clause": "c", "role": "PRAISES"}], "$.citations[0].role"),
    ("citations", [{"clause": "c"}], "$.citations[0]"),
    ("interpretations", [{"parameter": "p", "clause": "c"}], "$.interpretations[0]"),
    ("warnings", ["credits_reserved"], "$.warnings[0]"),
    ("missing", [{"code": 5, "clause": "c"}], "$.missing[0].code"),
    ("refundable_until", None, "$.refundable_until"),
    ("expires_at", -5, "$.expires_at"),
    ("policy", {"version": "v", "reason": "because"}, "$.policy.reason"),
    ("surprise", 1, "$"),
]


@pytest.mark.parametrize(("key", "value", "where"), MISSHAPEN)
def test_an_answer_off_its_shape_is_no_decision(key: str, value: Any, where: str) -> None:
    with pytest.raises(PolicyResultInvalid) as raised:
        decide({**cash(), key: value})

    assert raised.value.metadata["where"] == where


@pytest.mark.parametrize("key", list(cash()))
def test_every_key_must_be_there(key: str) -> None:
    result = cash()
    del result[key]

    with pytest.raises(PolicyResultInvalid):
        decide(result)


@pytest.mark.parametrize(
    "result",
    [
        {},
        {"fault": {"field": "f", "description": "d"}, **cash()},
        {"error": {"code": "undefined"}, **cash()},
        {"fault": {"field": "f"}},
        {"fault": "f"},
        {"error": {"code": "odd", "message": "m"}},
        {"error": {"code": "undefined"}},
        {"error": None},
    ],
)
def test_half_an_answer_is_no_answer(result: dict[str, Any]) -> None:
    with pytest.raises(PolicyResultInvalid):
        decide(result)


def test_a_broken_guard_names_itself_and_no_amount() -> None:
    with pytest.raises(DecisionInvariant) as raised:
        decide({**cash(), "fee": 10001})

    assert raised.value.metadata == {"guards": "fee_and_tax_are_in_the_amount"}
    assert "1000" not in raised.value.message
