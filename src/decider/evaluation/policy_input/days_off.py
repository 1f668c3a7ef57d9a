"""The days on which a statutory period does not end: weekends, public holidays, and days that the law treats alike.

They follow Regulation 1182/71 and the law's data (ruling 36). The library `holidays` lists the public holidays.
National holidays count, and regional ones if they hold in the whole region of the customer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays
from dateutil.easter import easter

from decider.bundle.catalog import LawHolidays, YearlyDay

__all__ = ["DaysOff", "load_holidays"]

_DAY = timedelta(days=1)
_WEEK = 7
_SATURDAY = 5
_ANY_YEAR = 2026
_CACHED = 16_384


@dataclass(frozen=True, slots=True)
class DaysOff:
    """The days off of a country and of one of its regions.

    `region` is the part of the ISO 3166-2 code after the country, None if only national holidays count.
    `treated` are days that count like public holidays. `partial` are holidays of the region that do not hold in all of
    it.
    """

    country: str
    region: str | None = None
    treated: tuple[YearlyDay, ...] = ()
    partial: tuple[YearlyDay, ...] = ()

    @classmethod
    def of(cls, country: str, subdivision: str | None, law: LawHolidays) -> DaysOff:
        """Return the days off of a country (ISO 3166-1) and of its region (ISO 3166-2), if it is known."""
        region = None if subdivision is None else subdivision.partition("-")[2]
        if region not in law.regions.get(country, (region,)):
            region = None
        national = law.treated.get(country)
        return cls(
            country=country,
            region=region,
            treated=national.days if national is not None and national.applies else (),
            partial=() if subdivision is None else law.partial.get(subdivision, ()),
        )

    def next_working_day(self, day: date) -> date:
        """Return the day itself if it is a working day, else the next working day."""
        while day.weekday() >= _SATURDAY or day in _days_off(self, day.year):
            day += _DAY
        return day


def load_holidays(countries: Iterable[str]) -> None:
    """Load the lists of public holidays of these countries, which takes a third of a second the first time."""
    for country in countries:
        _public_holidays(country, None, _ANY_YEAR)


@lru_cache(maxsize=_CACHED)
def _days_off(days_off: DaysOff, year: int) -> frozenset[date]:
    """Return the holidays of a year with the days that the law treats alike, without weekends."""
    national = _public_holidays(days_off.country, None, year)
    regional = _public_holidays(days_off.country, days_off.region, year) if days_off.region is not None else frozenset()
    partial = {_in_year(day, year) for day in days_off.partial}
    return national | (regional - partial) | {_in_year(day, year) for day in days_off.treated}


@lru_cache(maxsize=_CACHED)
def _public_holidays(country: str, region: str | None, year: int) -> frozenset[date]:
    """Return the public holidays of a country or region; none if the library has no list of it."""
    try:
        return frozenset(holidays.country_holidays(country, subdiv=region, years=year))
    except NotImplementedError:
        return frozenset()


def _in_year(day: YearlyDay, year: int) -> date:
    if day.days_after_easter is not None:
        return easter(year) + day.days_after_easter * _DAY
    first = date(year, day.month, day.day)
    return first if day.weekday is None else first + (day.weekday - first.weekday()) % _WEEK * _DAY
