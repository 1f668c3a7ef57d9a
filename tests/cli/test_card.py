from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from decider.authoring.cases import read_facts
from decider.cli.card import print_card
from decider.v1 import decision_pb2, decision_service_pb2, money_pb2
from support.hostile import STEERS, hostile_text
from support.messages import fill

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
WIDTHS = (60, 80, 100, 160)
Asked = decision_service_pb2.EvaluateRefundRequest


def usd(minor: int) -> money_pb2.Money:
    return money_pb2.Money(currency_code="USD", amount_minor=minor)


def at(text: str) -> Timestamp:
    time = Timestamp()
    time.FromJsonString(text)
    return time


def card(
    decision: decision_pb2.Decision,
    asked: Asked | None = None,
    *,
    name: str = "facts.yaml",
    width: int = 100,
    terminal: bool = False,
    verbose: bool = False,
) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=terminal, color_system=None, markup=False, emoji=False)
    summaries = {"a/b": "What a/b says."}
    print_card(console, name, asked if asked is not None else Asked(), decision, summaries, verbose=verbose)
    return out.getvalue()


def lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines()]


def review(**fields: object) -> decision_pb2.Decision:
    return decision_pb2.Decision(
        verdict=decision_pb2.VERDICT_DENY,
        disposition=decision_pb2.DISPOSITION_MANUAL_REVIEW,
        amount=usd(0),
        **fields,  # type: ignore[arg-type] # each field by its name
    )


def test_a_review_asks_its_questions_and_shows_what_is_at_stake() -> None:
    decision = review(bounds=decision_pb2.AmountBounds(min=usd(0), max=usd(5000)))
    decision.questions.add(code="fraud_suspected", clause_id="a/8", question="Is the suspicion of fraud confirmed?")
    decision.citations.add(clause_id="a/8", title="Fraud", role=decision_pb2.CITATION_ROLE_BARS)
    decision.citations.add(clause_id="a/9", title="Late", role=decision_pb2.CITATION_ROLE_BARS)
    decision.bounds.breakdown.add(code="paid", amount=usd(6000), description="Paid", clause_id="a/b", lot_id="lot-1")
    decision.bounds.breakdown.add(code="used", amount=usd(-1000), description="Used", clause_id="a/b", lot_id="lot-1")

    shown = lines(card(decision))

    assert shown[1:3] == [
        "MANUAL REVIEW not decided yet: a person must decide",
        "A reviewer may grant up to USD 50.00 (not for the customer).",
    ]
    assert "Is the suspicion of fraud confirmed? a/8" in shown
    assert {"may bar Fraud a/8", "bars Late a/9"} <= set(shown)  # what is asked is not settled
    assert shown.index("Questions for the reviewer") < shown.index("How the upper bound is calculated")
    assert any(line.startswith("at most USD 50.00 #") for line in shown)
    assert not any(line.startswith("due now") for line in shown)


def test_what_is_paid_now_and_what_may_be_added() -> None:
    decision = decision_pb2.Decision(
        verdict=decision_pb2.VERDICT_ALLOW,
        disposition=decision_pb2.DISPOSITION_CASH_REFUND,
        amount=usd(5000),
        bounds=decision_pb2.AmountBounds(min=usd(0), max=usd(4500)),
    )
    decision.breakdown.add(code="paid", amount=usd(0), clause_id="a/b", payment_id="pay-1")
    decision.breakdown.add(code="duplicate", amount=usd(5000), clause_id="a/b", payment_id="pay-2")

    shown = lines(card(decision))

    assert shown[1:3] == [
        "ALLOW USD 50.00 cash refund",
        "Paid now: USD 50.00. A reviewer may add up to USD 45.00 (not for the customer).",
    ]
    assert any(line.startswith("due now USD 50.00 #") for line in shown)
    assert any(line.startswith("duplicate USD 50.00 #") and line.endswith("# a/b pay-2") for line in shown)


def test_a_line_names_its_payment_where_there_are_several() -> None:
    decision = decision_pb2.Decision(verdict=decision_pb2.VERDICT_ALLOW, amount=usd(5000))
    decision.breakdown.add(code="paid", amount=usd(4000), clause_id="a/b", lot_id="lot-1", payment_id="pay-1")
    decision.breakdown.add(code="statutory", amount=usd(1000), clause_id="a/c", lot_id="lot-1")
    assert any(line.endswith("# a/b lot-1") for line in lines(card(decision)))

    decision.breakdown[1].payment_id = "pay-2"
    assert any(line.endswith("# a/b lot-1 pay-1") for line in lines(card(decision)))


def test_payments_are_shown_where_more_than_one_gives_back() -> None:
    decision = decision_pb2.Decision(verdict=decision_pb2.VERDICT_ALLOW, amount=usd(15000))
    decision.refunds.add(payment_id="pay-1", amount=usd(15000))
    assert "pay-1" not in card(decision)
    assert "Paid back" not in card(decision)

    decision.refunds[0].amount.amount_minor = 10000
    decision.refunds.add(payment_id="pay-2", amount=usd(5000))
    decision.fee_amount.CopyFrom(usd(350))
    decision.tax_amount.CopyFrom(usd(0))
    shown = lines(card(decision))

    at_title = shown.index("Paid back")
    assert shown[at_title + 1 : at_title + 4] == [
        "pay-1 USD 100.00",
        "pay-2 USD 50.00",
        "including transaction fee USD 3.50",
    ]
    assert not any("tax" in line for line in shown)


@pytest.mark.parametrize(
    ("evaluated", "requested", "expected"),
    [
        ("2026-06-11T09:30:00Z", "2026-06-11T09:00:00Z", "5 days after the purchase, 30 minutes ago"),
        ("2026-06-30T09:00:00Z", "2026-06-07T08:59:59Z", "23 hours after the purchase, 23 days ago"),
    ],
)
def test_dates_are_told_from_the_time_of_the_decision(evaluated: str, requested: str, expected: str) -> None:
    asked = read_facts(EXAMPLES / "router-one-partly-used.yaml")
    asked.request.requested_at.CopyFrom(at(requested))
    decision = decision_pb2.Decision(evaluated_at=at(evaluated), refundable_until=at("2026-06-20T09:00:00Z"))

    shown = lines(card(decision, asked))

    assert shown[2:4] == ["order ORD-2001", f"purchased 2026-06-06 09:00:00 UTC, {shown[3].rsplit(', ')[-1]}"]
    assert f"requested {requested[:10]} {requested[11:19]} UTC, {expected}" in shown
    assert "deadline 2026-06-20 09:00:00 UTC (inclusive)" in shown


@pytest.mark.parametrize(
    ("requested", "late"),
    [
        ("2026-06-20T09:00:00Z", ""),
        ("2026-06-20T09:00:00.999999999Z", ""),
        ("2026-06-20T09:00:01Z", "by 1 second"),
        ("2026-07-06T10:00:00Z", "by 16 days"),
    ],
)
def test_too_late_says_by_how_much(requested: str, late: str) -> None:
    asked = read_facts(EXAMPLES / "router-one-partly-used.yaml")
    asked.request.requested_at.CopyFrom(at(requested))
    decision = decision_pb2.Decision(
        evaluated_at=at("2026-08-01T00:00:00Z"), refundable_until=at("2026-06-20T09:00:00Z")
    )

    shown = lines(card(decision, asked))

    too_late = [line for line in shown if line.startswith("too late")]
    assert too_late == ([f"too late {late}; the deadline was 2026-06-20 09:00:00 UTC (inclusive)"] if late else [])


def test_each_purchase_that_is_meant_is_named_and_no_other() -> None:
    asked = read_facts(EXAMPLES / "router-one-partly-used.yaml")
    del asked.request.lot_ids[:]
    for name, order_ref in (("lot-2", "ORD-2001"), ("lot-3", "ORD-9"), ("lot-4", "")):
        lot = asked.facts.lots.add()
        lot.CopyFrom(asked.facts.lots[0])
        lot.id, lot.order_ref = name, order_ref
        lot.purchased_at.CopyFrom(at("2026-06-07T09:00:00Z"))
    decision = decision_pb2.Decision(evaluated_at=at("2026-06-11T09:00:00Z"))

    by_order = lines(card(decision, asked))
    assert "purchased 2026-06-06 09:00:00 UTC, 5 days ago (lot-1)" in by_order
    assert "purchased 2026-06-07 09:00:00 UTC, 4 days ago (lot-2)" in by_order
    assert "requested 2026-06-11 09:00:00 UTC, 0 seconds ago" in by_order
    assert not any("lot-3" in line or "lot-4" in line for line in by_order)

    asked.request.lot_ids.append("lot-4")
    asked.request.order_ref = "what the customer wrote"
    by_lot = lines(card(decision, asked))
    assert by_lot[2:4] == ["order lot-4", "purchased 2026-06-07 09:00:00 UTC, 4 days ago"]

    asked.request.ClearField("lot_ids")
    asked.request.ClearField("order_ref")
    assert lines(card(decision, asked))[2:4] == ["order not named", "requested 2026-06-11 09:00:00 UTC, 0 seconds ago"]
    decision.effects.add(type=decision_pb2.EFFECT_TYPE_REMOVE_CREDITS, lot_id="lot-3", credits_micros=1)
    assert "order ORD-9" in lines(card(decision, asked))


def test_a_plan_has_its_purchase_when_it_was_charged() -> None:
    asked = Asked()
    asked.request.order_ref = "ORD-7"
    asked.request.requested_at.CopyFrom(at("2026-06-11T09:00:00Z"))
    asked.facts.subscription.order_ref = "ORD-7"
    decision = decision_pb2.Decision(evaluated_at=at("2026-06-12T09:00:00Z"))
    assert not any(line.startswith("purchased") for line in lines(card(decision, asked)))

    asked.facts.subscription.charged_at.CopyFrom(at("2026-06-10T09:00:00Z"))
    assert "purchased 2026-06-10 09:00:00 UTC, 2 days ago" in lines(card(decision, asked))


def test_effects_duties_and_clauses_in_words() -> None:
    decision = decision_pb2.Decision(verdict=decision_pb2.VERDICT_ALLOW, amount=usd(0))
    decision.effects.add(type=decision_pb2.EFFECT_TYPE_CANCEL_NOW, order_ref="ORD-1")
    decision.effects.add(type=decision_pb2.EFFECT_TYPE_RESTORE_CREDITS, usage_event_id="u-1", credits_micros=1_000_000)
    decision.obligations.add(type=decision_pb2.OBLIGATION_TYPE_PAY_BY).not_before.seconds = 0
    decision.missing.add(code="order_ref", ask="Ask for the order.", clause_id="a/b")
    decision.warnings.add(code="nothing_paid", message="Nothing was paid.", clause_id="a/b")
    decision.citations.add(clause_id="a/b", title="B", note="here", role=decision_pb2.CITATION_ROLE_BARS)
    decision.citations.add(clause_id="a/b", title="B", role=decision_pb2.CITATION_ROLE_LIMITS)

    shown = lines(card(decision))

    for line in (
        "cancel now: order ORD-1",
        "restore credits: 1 credit for u-1",
        "pay by from 1970-01-01 00:00:00 UTC",
        "Ask for the order. a/b",
        "Nothing was paid. a/b",
        "bars, limits B a/b",
        "What a/b says.",
        "here",
    ):
        assert line in shown


def test_readings_and_digests_only_where_they_are_asked_for() -> None:
    decision = decision_pb2.Decision(verdict=decision_pb2.VERDICT_ALLOW, amount=usd(0), input_digest="sha256:in")
    decision.policy.bundle_digest = "sha256:bundle"
    decision.policy.engine = "opa 1"
    decision.interpretations.add(
        parameter="partial_use", value="strict", clause_id="a/b", note="What a lot gives back."
    )
    behind = ("Readings", "partial_use = strict", "Record", "opa 1", "sha256:bundle", "sha256:in")

    assert not any(text in card(decision) for text in behind)
    assert all(text in card(decision, verbose=True) for text in behind)


def test_a_newer_services_values_are_shown_by_number() -> None:
    decision = decision_pb2.Decision(amount=usd(0))
    decision.verdict = 98  # type: ignore[assignment] # newer
    decision.disposition = 99  # type: ignore[assignment] # newer

    assert lines(card(decision))[1] == "98 USD 0.00 99"


def full_decision(text: str) -> tuple[Asked, decision_pb2.Decision]:
    """Fill every field of a question and an answer with a text."""
    asked, decision = Asked(), decision_pb2.Decision()
    fill(asked, text)
    fill(decision, text)
    decision.refunds.add(payment_id=text, amount=decision.amount)
    return asked, decision


def visible(text: str) -> Counter[str]:
    """Count what a reader sees; bars are as long as there is room."""
    return Counter(text) - Counter({character: text.count(character) for character in " \n#"})


@pytest.mark.parametrize("terminal", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "text", ["router-one/2.1-prorata lot-1", "x" * 255, "注" * 85, "é" * 127 + "z", "[/red] [bold]x :smile:"]
)
def test_no_character_is_lost_and_nothing_is_wider_than_the_terminal(text: str, width: int, *, terminal: bool) -> None:
    asked, decision = full_decision(text)

    shown = card(decision, asked, name=text, width=width, terminal=terminal, verbose=True)

    assert max(cell_len(line) for line in shown.splitlines()) <= width
    assert visible(shown) == visible(card(decision, asked, name=text, width=3000, verbose=True))
    assert visible(shown) >= visible(text * 30)


@pytest.mark.parametrize("width", WIDTHS)
def test_amounts_stay_whole(width: int) -> None:
    decision = review(bounds=decision_pb2.AmountBounds(min=usd(1), max=usd(2**63 - 1)))
    decision.bounds.breakdown.add(code="paid", amount=usd(2**63 - 1), clause_id="c" * 40, lot_id="l" * 255)

    assert "92233720368547758.07" in card(decision, width=width).partition("How the upper bound is calculated")[2]


@given(
    st.one_of(st.just(hostile_text()), st.text(st.characters(exclude_categories=["Cs"]), min_size=1)),
    st.sampled_from(WIDTHS),
    st.booleans(),
)
@settings(max_examples=60)
def test_no_fact_and_no_message_steers_the_terminal(text: str, width: int, terminal: bool) -> None:
    asked, decision = full_decision(text)

    shown = card(decision, asked, name=text, width=width, terminal=terminal, verbose=True)

    assert not STEERS.search(shown)
    assert max(cell_len(line) for line in shown.split("\n")) <= width
