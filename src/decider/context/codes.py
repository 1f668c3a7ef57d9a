"""Codes of money and places: which are in use."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import pycountry
from iso4217 import Currency, raw_xml

__all__ = ["is_country", "is_currency"]


def is_currency(code: str) -> bool:
    """Whether `code` is money in active use (ISO 4217).

    Codes without minor units (gold, testing, "no currency") and of funds (USN, CLF) name no money that is charged.
    """
    return code in _currencies()


def is_country(code: str, aliases: Mapping[str, str]) -> bool:
    """Whether `code` is an ISO 3166-1 alpha-2 code or an alias that the law reads as one (ruling 22)."""
    return code in aliases or code in _countries()


@lru_cache(maxsize=1)
def _currencies() -> frozenset[str]:
    names = ((entry.findtext("Ccy"), entry.find("CcyNm")) for entry in raw_xml.iter("CcyNtry"))
    funds = {code for code, name in names if name is not None and name.get("IsFund")}
    return frozenset(one.code for one in Currency if one.exponent is not None) - funds


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    return frozenset(country.alpha_2 for country in pycountry.countries)
