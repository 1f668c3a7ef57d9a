from __future__ import annotations

import io

from rich.console import Console

from decider.cli.card import print_card
from decider.v1 import decision_pb2, money_pb2

USD = money_pb2.Money(currency_code="USD", amount_minor=100)


def card(decision: decision_pb2.Decision, *, terminal: bool = False) -> str:
    out = io.StringIO()
    print_card(Console(file=out, width=100, force_terminal=terminal, color_system=None), "facts[1].yaml", decision)
    return out.getvalue()


def test_a_callers_text_is_shown_as_it_is() -> None:
    decision = decision_pb2.Decision(verdict=decision_pb2.VERDICT_ALLOW, amount=USD)
    decision.breakdown.add(code="paid", amount=USD, lot_id="[/red] [bold]x", clause_id="a/b")
    decision.effects.add(type=decision_pb2.EFFECT_TYPE_REMOVE_BONUS, lot_id="[/x]", credits_micros=1)

    for terminal in (False, True):
        text = card(decision, terminal=terminal)

        assert "facts[1].yaml" in text
        assert "a/b [/red] [bold]x" in text
        assert "remove bonus: 0.000001 credits of [/x]" in text


def test_bounds_effects_and_duties_in_words() -> None:
    decision = decision_pb2.Decision(verdict=decision_pb2.VERDICT_DENY, amount=money_pb2.Money(currency_code="USD"))
    decision.disposition = decision_pb2.DISPOSITION_MANUAL_REVIEW
    decision.bounds.CopyFrom(decision_pb2.AmountBounds(min=USD, max=USD, max_credits_micros=2_500_000))
    decision.effects.add(type=decision_pb2.EFFECT_TYPE_CANCEL_NOW, order_ref="ORD-1")
    decision.effects.add(type=decision_pb2.EFFECT_TYPE_RESTORE_CREDITS, usage_event_id="u-1", credits_micros=1_000_000)
    decision.obligations.add(type=decision_pb2.OBLIGATION_TYPE_PAY_BY).not_before.seconds = 0
    decision.missing.add(code="order_ref", ask="Ask for the order.", clause_id="a/b")
    decision.warnings.add(code="nothing_paid", message="Nothing was paid.", clause_id="a/b")
    decision.citations.add(clause_id="a/b", title="B", note="here", role=decision_pb2.CITATION_ROLE_BARS)
    decision.citations.add(clause_id="a/b", title="B", role=decision_pb2.CITATION_ROLE_LIMITS)

    lines = [" ".join(line.split()) for line in card(decision).splitlines()]

    for line in (
        "DENY USD 0.00 manual review",
        "A reviewer may grant USD 1.00 to USD 1.00, and restore up to 2.5 credits",
        "cancel now order ORD-1",
        "restore credits: 1 credit for u-1",
        "pay by from 1970-01-01T00:00:00Z",
        "Ask for the order. a/b",
        "Nothing was paid. a/b",
        "bars, limits B: here a/b",
    ):
        assert line in lines
