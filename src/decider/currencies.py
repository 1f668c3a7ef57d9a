"""Currencies of ISO 4217: which codes are or were money, until when, and with how many decimals.

The library `iso4217` knows the active codes. `withdrawn_currencies.toml` lists the withdrawn codes.
"""

from __future__ import annotations

import tomllib
from calendar import timegm
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from iso4217 import Currency, raw_xml

__all__ = ["is_currency", "is_withdrawn", "minor_digits"]

_SECOND = 1_000_000_000
_DECEMBER = 12
_MINOR_DIGITS = 2


def is_currency(code: str) -> bool:
    """Whether `code` is or was a currency that people pay in.

    Codes without minor units (gold, testing, "no currency") and codes of funds (USN, CLF) are not.
    """
    return code in _active() or code in _withdrawn()


def is_withdrawn(code: str, at: int) -> bool:
    """Whether ISO 4217 had withdrawn a code at an instant (ns). A code ends with its last month, in UTC."""
    since = _withdrawn().get(code)
    return since is not None and at >= since


def minor_digits(code: str) -> int:
    """Return the number of decimals of a currency; 0 for a code that has no minor unit or is unknown."""
    if code in _withdrawn():
        return 0 if code in _data()["without_minor_unit"] else _MINOR_DIGITS
    return _digits_of_active().get(code, 0)


@cache
def _active() -> frozenset[str]:
    names = ((entry.findtext("Ccy"), entry.find("CcyNm")) for entry in raw_xml.iter("CcyNtry"))
    funds = {code for code, name in names if name is not None and name.get("IsFund")}
    return frozenset(_digits_of_active()) - funds


@cache
def _digits_of_active() -> Mapping[str, int]:
    return {currency.code: currency.exponent for currency in Currency if currency.exponent is not None}


@cache
def _withdrawn() -> Mapping[str, int]:
    return {code: _end_of(month) for code, month in _data()["last_month"].items()}


@cache
def _data() -> dict[str, Any]:
    text = resources.files("decider").joinpath("withdrawn_currencies.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _end_of(month: str) -> int:
    """Return the instant (ns) at which a month (YYYY-MM) ends in UTC."""
    years, months = divmod(int(month[:4]) * 12 + int(month[5:]), _DECEMBER)
    return timegm((years, months + 1, 1, 0, 0, 0)) * _SECOND
