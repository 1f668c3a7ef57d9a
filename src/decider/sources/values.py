"""Reads the value of one cell of a row. The kind of its column says what it must be, and nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from google.protobuf.timestamp_pb2 import Timestamp

from decider.currencies import is_currency, minor_digits
from decider.printable import printable
from decider.sources.queries import Column, Kind

__all__ = ["WrongValue", "in_minor_units", "read_value"]

_DECIMAL = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_INTEGER_BOUND = 1 << 63
_SHORT_BOUND = 1 << 31
_CREDIT_PLACES = 6
# The last second of 2199. A larger number is no time in seconds.
_LAST_SECOND = 7_258_118_399
_SHOWN = 40
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class WrongValue(ValueError):
    """Says what a value should have been, and what to write instead. It never quotes an address."""


def read_value(column: Column, value: object, zone: ZoneInfo | None) -> Any:  # noqa: ANN401 (a text, number or message)
    """Return the value of a cell for the field of its column. `zone` is that of times without an offset.

    An amount in major units is returned as a Decimal, because only its currency says how many decimals it may have.
    Raises WrongValue.
    """
    if column.kind is Kind.TIME:
        return _time(value, zone)
    if column.kind is Kind.NAME:
        return _name(column, value)
    return _READERS[column.kind](column, value)


def in_minor_units(column: Column, amount: Decimal | int, currency: str) -> int:
    """Return an amount in minor units of its currency. Raises WrongValue if it has more decimals than the currency."""
    if column.kind is Kind.MINOR:
        return int(amount)
    digits = minor_digits(currency)
    minor = Decimal(amount).scaleb(digits)
    if minor != minor.to_integral_value():
        raise WrongValue(f"has more decimals than {currency}, which has {digits}: {amount}; round it in SQL")
    return _bounded(int(minor), _INTEGER_BOUND)


def _text(_: Column, value: object) -> str:
    if isinstance(value, str | UUID):
        return str(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise WrongValue(f"needs a text, a whole number or a uuid, got {_shown(value)}; cast it to text in SQL")


def _email(_: Column, value: object) -> str:
    if isinstance(value, str):
        return value
    raise WrongValue(f"needs a text, got a value of type {type(value).__name__}")


def _currency(_: Column, value: object) -> str:
    code = value.upper() if isinstance(value, str) else ""
    if not is_currency(code):
        raise WrongValue(f"needs a currency code of ISO 4217, such as 'USD', got {_shown(value)}")
    return code


def _flag(_: Column, value: object) -> bool:
    if isinstance(value, bool) or (isinstance(value, int) and value in {0, 1}):
        return bool(value)
    raise WrongValue(f"needs a boolean, 0 or 1, got {_shown(value)}; write x = 1 or CASE WHEN")


def _name(column: Column, value: object) -> int:
    assert column.enum is not None  # noqa: S101 (only names have this kind)
    prefix = column.enum.values_by_number[0].name.removesuffix("UNSPECIFIED")
    name = value.upper() if isinstance(value, str) else ""
    known = column.enum.values_by_name.get(prefix + name)
    if known is None or not known.number:
        names = ", ".join(one.name.removeprefix(prefix).lower() for one in column.enum.values if one.number)
        raise WrongValue(f"needs one of {names}, got {_shown(value)}; map it with CASE")
    return int(known.number)


def _integer(column: Column, value: object) -> int:
    bound = _SHORT_BOUND if column.kind is Kind.SHORT else _INTEGER_BOUND
    return _bounded(_whole(value, "cast it: CAST(x AS BIGINT)"), bound)


def _minor(column: Column, value: object) -> int:
    hint = f"cast it: CAST(ROUND(x * 100) AS BIGINT) AS {column.name}"
    return _bounded(_whole(value, hint), _INTEGER_BOUND)


def _micros(column: Column, value: object) -> int:
    hint = f"cast it: CAST(FLOOR(x * 1000000) AS BIGINT) AS {column.name}"
    return _bounded(_whole(value, hint), _INTEGER_BOUND)


def _major(column: Column, value: object) -> Decimal:
    return _decimal(value, f"CAST(ROUND(x * 100) AS BIGINT) AS {column.name}_minor")


def _credits(column: Column, value: object) -> int:
    micros = column.name.removesuffix("_credits") + "_micros"
    amount = _decimal(value, f"CAST(FLOOR(x * 1000000) AS BIGINT) AS {micros}").scaleb(_CREDIT_PLACES)
    if amount != amount.to_integral_value():
        raise WrongValue(f"has more than {_CREDIT_PLACES} decimals: {_shown(value)}; floor it in SQL")
    return _bounded(int(amount), _INTEGER_BOUND)


def _whole(value: object, hint: str) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, Decimal) and value.is_finite() and value == value.to_integral_value():
        return int(value)  # PostgreSQL sums whole numbers to numeric
    raise WrongValue(f"needs a whole number, got {_shown(value)}; {hint}")


def _decimal(value: object, hint: str) -> Decimal:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        amount = Decimal(value)
        if amount.is_finite():
            return amount
    if isinstance(value, str) and _DECIMAL.fullmatch(value):
        try:
            return Decimal(value)
        except InvalidOperation:  # more digits than Python computes with
            raise WrongValue(f"is too large: {_shown(value)}") from None
    floats = " (SQLite returns every numeric as a float)" if isinstance(value, float) else ""
    raise WrongValue(f"needs a decimal number or a text like '12.34', got {_shown(value)}{floats}; cast it: {hint}")


def _bounded(number: int, bound: int) -> int:
    if not -bound <= number < bound:
        raise WrongValue(f"must be {-bound} to {bound - 1}, got {_shown(number)}")
    return number


def _time(value: object, zone: ZoneInfo | None) -> Timestamp:
    if isinstance(value, int) and not isinstance(value, bool):
        return _epoch(value)
    moment = value
    if isinstance(value, str):
        try:
            moment = datetime.fromisoformat(value) if len(value) > len("2026-06-11") else None
        except ValueError:
            moment = None
    if not isinstance(moment, datetime):
        raise WrongValue(
            f"needs a time with its offset, such as '2026-06-11T09:00:00Z', or whole seconds since 1970, "
            f"got {_shown(value)}"
        )
    since = _aware(moment, zone).astimezone(UTC) - _EPOCH
    return Timestamp(seconds=since.days * 86_400 + since.seconds, nanos=since.microseconds * 1000)


def _epoch(seconds: int) -> Timestamp:
    if seconds == 0:
        raise WrongValue("is 0, which is no time; write NULLIF(x, 0)")
    if seconds > _LAST_SECOND:
        raise WrongValue(f"looks like milliseconds: {_shown(seconds)}; write x / 1000")
    if seconds < 0:
        raise WrongValue(f"is before 1970: {_shown(seconds)}")
    return Timestamp(seconds=seconds)


def _aware(moment: datetime, zone: ZoneInfo | None) -> datetime:
    if moment.tzinfo is not None:
        return moment
    if zone is None:
        raise WrongValue(
            f"has no offset: {moment}; add one in SQL (x AT TIME ZONE 'UTC'), or state the time zone of its database "
            "in source.yaml"
        )
    first, second = (moment.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() != second.utcoffset():
        raise WrongValue(f"falls into a change of clocks in {zone.key}: {moment}; store it with its offset")
    return first


def _shown(value: object) -> str:
    """Return a value for a message, without addresses."""
    if isinstance(value, float):
        return f"a float, {value}"
    if isinstance(value, bytes | bytearray | memoryview):
        return "bytes"
    if isinstance(value, dict | list):
        return "JSON or an array"
    text = printable(str(value))
    if "@" in text:
        return "a text with an address"
    text = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
    return f"'{text}'" if isinstance(value, str) else text


_READERS: Mapping[Kind, Callable[[Column, object], Any]] = {
    Kind.TEXT: _text,
    Kind.EMAIL: _email,
    Kind.CURRENCY: _currency,
    Kind.FLAG: _flag,
    Kind.INTEGER: _integer,
    Kind.SHORT: _integer,
    Kind.MINOR: _minor,
    Kind.MAJOR: _major,
    Kind.MICROS: _micros,
    Kind.CREDITS: _credits,
}
