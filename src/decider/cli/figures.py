"""Money, credits and times as text: exact, by whole numbers only, in UTC whatever the machine's zone."""

from __future__ import annotations

from google.protobuf.timestamp_pb2 import Timestamp

from decider.currencies import minor_digits
from decider.v1 import money_pb2

__all__ = ["amount_text", "credits_text", "money_text", "time_text"]

_MICRO_DIGITS = 6


def money_text(money: money_pb2.Money) -> str:
    """Show an amount with its currency and the decimals that ISO 4217 gives it: `USD 74.00`, `JPY 500`."""
    return f"{money.currency_code} {amount_text(money.amount_minor, money.currency_code)}"


def amount_text(minor: int, currency: str) -> str:
    """Show minor units of a currency as its units: -350 of USD is `-3.50`.

    Of a code that ISO 4217 gives no decimals the minor units themselves are shown.
    """
    return _decimal(minor, minor_digits(currency))


def credits_text(micros: int) -> str:
    """Show millionths of a credit as credits, without trailing zeros: `74 credits`, `0.000001 credits`."""
    whole, point, rest = _decimal(micros, _MICRO_DIGITS).partition(".")
    rest = rest.rstrip("0")
    number = f"{whole}{point}{rest}" if rest else whole
    return f"{number} credit" if number == "1" else f"{number} credits"


def time_text(time: Timestamp) -> str:
    """Show an instant as RFC 3339 in UTC: `2026-06-15T23:59:59Z`."""
    return time.ToJsonString()


def _decimal(value: int, digits: int) -> str:
    sign = "-" if value < 0 else ""
    text = str(abs(value)).rjust(digits + 1, "0")
    return f"{sign}{text[:-digits]}.{text[-digits:]}" if digits else f"{sign}{text}"
