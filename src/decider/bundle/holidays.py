"""Reads `law/holidays/data.yaml`: the days, beside public holidays, on which a statutory period does not end."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from decider.bundle.catalog import JSON, LawHolidays, NationalDays, YearlyDay
from decider.bundle.shapes import Reader

__all__ = ["read_holidays"]

_FILE = "law/holidays/data.yaml"
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_COMMON_YEAR = date(2001, 1, 1)
# Easter Sunday is never earlier than day 81 of a year, so a day at most 80 days before it is in the same year.
_FARTHEST = -80


def read_holidays(reader: Reader) -> LawHolidays:
    """Read the file; its faults are added to those of the reader."""
    document = reader.closed(
        _FILE, frozenset({"treated_as_holidays", "regions_with_holidays", "not_in_the_whole_region"})
    )

    def part(key: str) -> Mapping[str, JSON]:
        return reader.mapping(document.get(key, {}), f"{_FILE}: {key}")

    return LawHolidays(
        treated={
            country: _national(entry, f"{_FILE}: treated_as_holidays.{country}", reader)
            for country, entry in part("treated_as_holidays").items()
        },
        regions={
            country: frozenset(reader.list_of_texts(entry, f"{_FILE}: regions_with_holidays.{country}"))
            for country, entry in part("regions_with_holidays").items()
        },
        partial={
            region: _days(entry, f"{_FILE}: not_in_the_whole_region.{region}", reader)
            for region, entry in part("not_in_the_whole_region").items()
        },
    )


def _national(value: JSON, field: str, reader: Reader) -> NationalDays:
    entry = reader.entry(value, field, frozenset({"source", "applies", "days"}))
    return NationalDays(
        source=reader.text(entry, "source", field),
        applies=reader.flag(entry, "applies", field),
        days=_days(entry.get("days", {}), f"{field}.days", reader),
    )


def _days(value: JSON, field: str, reader: Reader) -> tuple[YearlyDay, ...]:
    return tuple(_day(name, entry, f"{field}.{name}", reader) for name, entry in reader.mapping(value, field).items())


def _day(name: str, value: JSON, field: str, reader: Reader) -> YearlyDay:
    if isinstance(value, dict) and "days_after_easter" in value:
        entry = reader.entry(value, field, frozenset({"days_after_easter"}))
        return YearlyDay(name, days_after_easter=reader.whole(entry, "days_after_easter", field, least=_FARTHEST))
    entry = reader.entry(value, field, frozenset({"date"}), frozenset({"weekday"}))
    weekday = reader.text(entry, "weekday", field)
    if weekday and weekday not in _WEEKDAYS:
        reader.fault(f"{field}.weekday", f"not one of {', '.join(_WEEKDAYS)}")
    day = _date(reader.text(entry, "date", field))
    if day is None:
        if "date" in entry:
            reader.fault(f"{field}.date", "not a day of every year, MM-DD")
        day = _COMMON_YEAR
    return YearlyDay(name, day.month, day.day, _WEEKDAYS.index(weekday) if weekday in _WEEKDAYS else None)


def _date(text: str) -> date | None:
    """Read MM-DD as a day of a common year; 29 February is not a day of every year."""
    if not re.fullmatch(r"\d\d-\d\d", text):
        return None
    try:
        return date.fromisoformat(f"{_COMMON_YEAR.year}-{text}")
    except ValueError:
        return None
