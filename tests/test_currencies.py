"""Currencies, active and withdrawn, against the libraries that know some of them."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta
from importlib import resources

import pycountry
import pytest
from iso4217 import Currency

from decider.currencies import is_currency, is_withdrawn, minor_digits

WITHDRAWN: dict[str, str] = tomllib.loads(
    resources.files("decider").joinpath("withdrawn_currencies.toml").read_text(encoding="utf-8")
)["last_month"]
MOMENT = timedelta(microseconds=1)


def ns(moment: datetime) -> int:
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // MOMENT * 1000


@pytest.mark.parametrize(
    ("code", "since"),
    [
        ("BGN", datetime(2026, 2, 1, tzinfo=UTC)),
        ("HRK", datetime(2023, 2, 1, tzinfo=UTC)),
        ("ANG", datetime(2025, 4, 1, tzinfo=UTC)),
        ("SLL", datetime(2024, 1, 1, tzinfo=UTC)),
        ("ZWL", datetime(2024, 10, 1, tzinfo=UTC)),
        ("DEM", datetime(2002, 4, 1, tzinfo=UTC)),
        ("RUR", datetime(2004, 2, 1, tzinfo=UTC)),
        ("ESP", datetime(2002, 4, 1, tzinfo=UTC)),
    ],
)
def test_a_code_is_withdrawn_from_the_day_after_its_last_month(code: str, since: datetime) -> None:
    assert is_currency(code)
    assert not is_withdrawn(code, ns(since - MOMENT))
    assert is_withdrawn(code, ns(since))


@pytest.mark.parametrize("code", ["EUR", "USD", "JPY", "XCG", "SLE", "ZWG", "XXX", ""])
def test_what_is_active_or_no_money_is_not_withdrawn(code: str) -> None:
    assert not is_withdrawn(code, ns(datetime(2199, 12, 31, tzinfo=UTC)))


@pytest.mark.parametrize("code", ["XXX", "XAU", "XTS", "XEU", "USN", "USS", "CHE", "CHC", "ZAL", "usd", "US", ""])
def test_what_names_no_money(code: str) -> None:
    assert not is_currency(code)


def test_no_code_is_both_active_and_withdrawn() -> None:
    """A code that the library has again must leave the list of withdrawn ones."""
    assert WITHDRAWN.keys() & {currency.code for currency in Currency} == set()


def test_every_code_that_a_library_still_has_is_active_or_withdrawn() -> None:
    known = {currency.alpha_3 for currency in pycountry.currencies if not currency.alpha_3.startswith("X")}
    funds = {"BOV", "CHE", "CHW", "CLF", "COU", "MXV", "USN", "UYI", "UYW"}

    assert {code for code in known - funds if not is_currency(code)} == set()


DIGITS = {"USD": 2, "JPY": 0, "KWD": 3, "CLF": 4, "BGN": 2, "HRK": 2, "BYR": 0, "ITL": 0, "XXX": 0, "": 0}


@pytest.mark.parametrize("code", DIGITS)
def test_decimals(code: str) -> None:
    assert minor_digits(code) == DIGITS[code]
