from __future__ import annotations

import os
import time

import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from hypothesis import given
from hypothesis import strategies as st

from decider.cli.figures import amount_text, credits_text, duration_text, enum_text, money_text, time_text
from decider.v1 import decision_pb2, money_pb2


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (7400, "USD", "USD 74.00"),
        (-350, "USD", "USD -3.50"),
        (5, "USD", "USD 0.05"),
        (-5, "USD", "USD -0.05"),
        (0, "USD", "USD 0.00"),
        (500, "JPY", "JPY 500"),
        (1234, "KWD", "KWD 1.234"),
        (9223372036854775807, "USD", "USD 92233720368547758.07"),
        (12, "XAU", "XAU 12"),
        # withdrawn ones
        (1234, "BGN", "BGN 12.34"),
        (1234, "HRK", "HRK 12.34"),
        (1234, "BYR", "BYR 1234"),
        (1234, "ITL", "ITL 1234"),
        (12, "???", "??? 12"),
    ],
)
def test_money_is_exact(minor: int, currency: str, text: str) -> None:
    assert money_text(money_pb2.Money(currency_code=currency, amount_minor=minor)) == text


@given(st.integers(-(2**63), 2**63 - 1))
def test_an_amount_keeps_every_digit(minor: int) -> None:
    whole, _, decimals = amount_text(minor, "EUR").partition(".")

    assert len(decimals) == 2
    assert int(whole + decimals) == minor


@pytest.mark.parametrize(
    ("micros", "text"),
    [
        (74000000, "74 credits"),
        (1000000, "1 credit"),
        (1, "0.000001 credits"),
        (1500000, "1.5 credits"),
        (0, "0 credits"),
        (100000000, "100 credits"),
    ],
)
def test_credits_are_exact(micros: int, text: str) -> None:
    assert credits_text(micros) == text


def test_a_time_is_in_utc_whatever_the_machine_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "TZ", "Asia/Shanghai")
    time.tzset()
    try:
        assert time_text(Timestamp(seconds=1782431999)) == "2026-06-25 23:59:59 UTC"
        assert time_text(Timestamp(seconds=1782431999, nanos=500_000_000)) == "2026-06-25 23:59:59.500 UTC"
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 seconds"),
        (1, "1 second"),
        (59, "59 seconds"),
        (60, "1 minute"),
        (7199, "1 hour"),
        (86_399, "23 hours"),
        (86_400, "1 day"),
        (16 * 86_400 + 3_600, "16 days"),
    ],
)
def test_a_duration_is_rounded_down_to_its_largest_unit(seconds: int, text: str) -> None:
    assert duration_text(seconds) == text


def test_an_enum_value_in_words() -> None:
    assert enum_text(decision_pb2.Disposition.DESCRIPTOR, decision_pb2.DISPOSITION_HOLD) == "hold"
    assert enum_text(decision_pb2.EffectType.DESCRIPTOR, 99) == "99"
