"""Instants, days and the ends of windows, in whole nanoseconds since 1970."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

SECOND = 10**9
DAY = 86400 * SECOND


def instant(text: str | None) -> int | None:
    """Read an RFC 3339 time; None for an absent one."""
    if not text:
        return None
    whole, digits = text, ""
    if "." in text:
        whole, _, rest = text.partition(".")
        digits = "".join(c for c in rest.split("+")[0].split("-")[0] if c.isdigit())
        whole += rest[len(digits) :]
    moment = datetime.fromisoformat(whole)
    since = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86400 + since.seconds) * SECOND + int(digits.ljust(9, "0") or 0)


def day_of(moment: int, zone: str) -> date:
    """Return the calendar day of an instant in a zone."""
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=moment // SECOND)).astimezone(ZoneInfo(zone)).date()


def end_of(day: date, zone: str) -> int:
    """Return the first instant after a day in a zone."""
    after = day + timedelta(days=1)
    first = datetime(after.year, after.month, after.day, tzinfo=ZoneInfo(zone))
    return round(first.timestamp()) * SECOND


def add_year(day: date) -> date:
    """Return the same day twelve months later, the last of February for its 29th."""
    return date(day.year + 1, day.month, min(day.day, monthrange(day.year + 1, day.month)[1]))


def moved(day: date, holidays: Collection[str]) -> date:
    """Return the day, or the next working day where it is none."""
    while day.weekday() >= 5 or day.isoformat() in holidays:
        day += timedelta(days=1)
    return day


def within_contract(start: int, asked: int, days: int, mode: str, zone: str) -> bool:
    """Tell whether a request is in time under the contract's window (1.4-A)."""
    if mode == "elapsed":
        return asked - start <= days * DAY
    return asked < end_of(day_of(start, zone) + timedelta(days=days), zone)
