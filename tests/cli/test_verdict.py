from __future__ import annotations

import pytest

from decider.cli.verdict import bounds_text, exit_code, headline, style_of
from decider.v1 import decision_pb2
from decider.v1.money_pb2 import Money

ALLOW, DENY = decision_pb2.VERDICT_ALLOW, decision_pb2.VERDICT_DENY
ANSWERS = [
    (ALLOW, decision_pb2.DISPOSITION_CASH_REFUND, "ALLOW  USD 0.00  cash refund", 0),
    (ALLOW, decision_pb2.DISPOSITION_CANCELLATION, "ALLOW  USD 0.00  cancellation", 0),
    (DENY, decision_pb2.DISPOSITION_NOT_REFUNDABLE, "DENY  USD 0.00  not refundable", 3),
    (DENY, decision_pb2.DISPOSITION_NEEDS_INFORMATION, "NEEDS INFORMATION  not decided yet: information is missing", 6),
    (DENY, decision_pb2.DISPOSITION_MANUAL_REVIEW, "MANUAL REVIEW  not decided yet: a person must decide", 6),
    (DENY, decision_pb2.DISPOSITION_HOLD, "ON HOLD  not decided yet: something else must end first", 6),
]


def answer(
    verdict: decision_pb2.Verdict.ValueType, disposition: decision_pb2.Disposition.ValueType, amount: int = 0
) -> decision_pb2.Decision:
    return decision_pb2.Decision(
        verdict=verdict, disposition=disposition, amount=Money(currency_code="USD", amount_minor=amount)
    )


@pytest.mark.parametrize(("verdict", "disposition", "line", "code"), ANSWERS)
def test_headline_and_exit_code(
    verdict: decision_pb2.Verdict.ValueType, disposition: decision_pb2.Disposition.ValueType, line: str, code: int
) -> None:
    decision = answer(verdict, disposition)
    decision.final = code != 6

    assert headline(decision) == line
    assert exit_code(decision) == code
    assert ("red" in style_of(decision)) == line.startswith("DENY")


def test_every_kind_of_answer_has_its_colour() -> None:
    styles = {style_of(answer(verdict, disposition)) for verdict, disposition, *_ in ANSWERS}

    assert len(styles) == 5  # ALLOW, DENY and three that are not decided


@pytest.mark.parametrize(("final", "code"), [(True, 3), (False, 6)])
def test_a_denial_of_a_newer_kind_goes_by_final(code: int, *, final: bool) -> None:
    decision = answer(DENY, decision_pb2.DISPOSITION_UNSPECIFIED)
    decision.final = final

    assert exit_code(decision) == code


@pytest.mark.parametrize(
    ("disposition", "bounds", "said"),
    [
        ("MANUAL_REVIEW", (0, 5000, 0), "A reviewer may grant up to USD 50.00"),
        ("MANUAL_REVIEW", (1000, 5000, 0), "A reviewer may grant USD 10.00 to USD 50.00"),
        ("MANUAL_REVIEW", (5000, 5000, 0), "A reviewer may grant USD 50.00"),
        ("MANUAL_REVIEW", (0, 0, 2_500_000), "A reviewer may restore up to 2.5 credits"),
        ("MANUAL_REVIEW", (0, 1, 1_000_000), "A reviewer may grant up to USD 0.01 and restore up to 1 credit"),
        ("MANUAL_REVIEW", (0, 0, 0), "Nothing more can follow"),
        ("HOLD", (0, 5000, 0), "The decision may pay up to USD 50.00 when the hold ends"),
        ("HOLD", (0, 0, 0), "Nothing more can follow when the hold ends"),
        (
            "NEEDS_INFORMATION",
            (0, 5000, 0),
            "The decision may pay up to USD 50.00 when the missing information arrives",
        ),
        (
            "NEEDS_INFORMATION",
            (0, 0, 9),
            "The decision may restore up to 0.000009 credits when the missing information arrives",
        ),
    ],
)
def test_bounds_in_words(disposition: str, bounds: tuple[int, int, int], said: str) -> None:
    decision = answer(DENY, decision_pb2.Disposition.Value(f"DISPOSITION_{disposition}"))
    assert bounds_text(decision) == ""

    least, most, credit = bounds
    decision.bounds.min.CopyFrom(Money(currency_code="USD", amount_minor=least))
    decision.bounds.max.CopyFrom(Money(currency_code="USD", amount_minor=most))
    decision.bounds.max_credits_micros = credit

    assert bounds_text(decision) == f"{said} (not for the customer)."
