"""Codes of countries and their regions (ISO 3166)."""

from __future__ import annotations

from functools import lru_cache

import pycountry

__all__ = ["is_country", "is_subdivision"]


def is_country(code: str) -> bool:
    """Whether `code` is an ISO 3166-1 alpha-2 code."""
    return code in _countries()


def is_subdivision(code: str) -> bool:
    """Whether `code` is an ISO 3166-2 code."""
    return code in _subdivisions()


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    return frozenset(country.alpha_2 for country in pycountry.countries)


@lru_cache(maxsize=1)
def _subdivisions() -> frozenset[str]:
    return frozenset(subdivision.code for subdivision in pycountry.subdivisions)
