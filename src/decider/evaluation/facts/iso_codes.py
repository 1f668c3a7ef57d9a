"""Codes of places: which are in use."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import pycountry

__all__ = ["is_country", "is_subdivision"]


def is_country(code: str, aliases: Mapping[str, str]) -> bool:
    """Whether `code` is an ISO 3166-1 alpha-2 code or an alias that the law reads as one (ruling 22)."""
    return code in aliases or code in _countries()


def is_subdivision(code: str) -> bool:
    """Whether `code` is an ISO 3166-2 code."""
    return code in _subdivisions()


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    return frozenset(country.alpha_2 for country in pycountry.countries)


@lru_cache(maxsize=1)
def _subdivisions() -> frozenset[str]:
    return frozenset(subdivision.code for subdivision in pycountry.subdivisions)
