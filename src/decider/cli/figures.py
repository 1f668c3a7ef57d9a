"""Money, credits, times, durations and enums as text, without floats, and in UTC whatever the machine's zone is."""

from __future__ import annotations

from google.protobuf.descriptor import EnumDescriptor
from google.protobuf.timestamp_pb2 import Timestamp

from decider.currencies import minor_digits
from decider.v1 import money_pb2

__all__ = ["amount_text", "credits_text", "duration_text", "enum_text", "money_text", "time_text"]

_MICRO_DIGITS = 6
_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


def money_text(money: money_pb2.Money) -> str:
    """Format an amount with its currency and the decimals of ISO 4217: `USD 74.00`, `JPY 500`."""
    return f"{money.currency_code} {amount_text(money.amount_minor, money.currency_code)}"


def amount_text(minor: int, currency: str) -> str:
    """Format minor units as units of the currency: -350 of USD is `-3.50`.

    If ISO 4217 gives a code no decimals, the result is the number of minor units.
    """
    return _decimal(minor, minor_digits(currency))


def credits_text(micros: int) -> str:
    """Format millionths of a credit as credits, without trailing zeros: `74 credits`, `0.000001 credits`."""
    whole, point, rest = _decimal(micros, _MICRO_DIGITS).partition(".")
    rest = rest.rstrip("0")
    number = f"{whole}{point}{rest}" if rest else whole
    return f"{number} credit" if number == "1" else f"{number} credits"


def time_text(time: Timestamp) -> str:
    """Format an instant in UTC: `2026-06-15 23:59:59 UTC`."""
    return f"{time.ToJsonString().removesuffix('Z').replace('T', ' ')} UTC"


def duration_text(seconds: int) -> str:
    """Format a duration of at least 0 in its largest unit, rounded down: `5 days`, `1 hour`, `0 seconds`."""
    unit, size = next((unit for unit in _UNITS if seconds >= unit[1]), _UNITS[-1])
    count = seconds // size
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def enum_text(enum: EnumDescriptor, number: int) -> str:
    """Format an enum value as words: `needs information`. A value that this program does not know is its number."""
    prefix = enum.values_by_number[0].name.removesuffix("UNSPECIFIED")
    value = enum.values_by_number.get(number)
    return str(number) if value is None else value.name.removeprefix(prefix).replace("_", " ").lower()


def _decimal(value: int, digits: int) -> str:
    sign = "-" if value < 0 else ""
    text = str(abs(value)).rjust(digits + 1, "0")
    return f"{sign}{text[:-digits]}.{text[-digits:]}" if digits else f"{sign}{text}"
