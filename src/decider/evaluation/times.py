"""Converts instants (nanoseconds since the epoch) to the local days of time zones, and back.

Zones come from the pinned tzdata package and never from the machine, so that all machines give the same answer.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from google.protobuf.timestamp_pb2 import Timestamp

from decider.bundle.formats import zone_of

__all__ = ["SECOND", "add_months", "day_start", "local_date", "nanoseconds"]

SECOND = 1_000_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1)
# One batch of requests reads fewer days of all zones. An entry is about 200 bytes.
_DAYS_KEPT = 65_536


def nanoseconds(timestamp: Timestamp) -> int:
    """Return a timestamp in nanoseconds since the epoch."""
    return timestamp.seconds * SECOND + timestamp.nanos


def local_date(instant: int, zone: str) -> date:
    """Return the calendar day on which an instant (ns, from 1970 on) falls in a zone."""
    return datetime.fromtimestamp(instant // SECOND, zone_of(zone)).date()


@lru_cache(maxsize=_DAYS_KEPT)
def day_start(day: date, zone: str) -> int:
    """Return the instant (ns) at which a local day begins and the day before ends.

    If the clocks skip midnight, that is the instant of the skip. If they strike midnight twice, it is the last stroke
    that still ends the day before, so that putting the clocks back never shortens a deadline.
    """
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone_of(zone))
    first, last = (_epoch_seconds(midnight.replace(fold=fold)) for fold in (0, 1))
    if first == last:
        return first * SECOND
    if first > last:  # the clocks skip midnight somewhere between the two readings
        return _first_second_of(day, zone, last, first) * SECOND
    before = datetime.fromtimestamp(last - 1, zone_of(zone)).date()
    return (last if before < day else first) * SECOND


def add_months(day: date, months: int) -> date:
    """Return the same day some months later, or the last day of that month if it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _first_second_of(day: date, zone: str, low: int, high: int) -> int:
    """Search (low, high] for the first second whose local day is not before `day`."""
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, zone_of(zone)).date() < day:
            low = middle
        else:
            high = middle
    return high


def _epoch_seconds(moment: datetime) -> int:
    # Whole seconds by integers: datetime.timestamp() is a float.
    return (moment.astimezone(UTC) - _EPOCH) // timedelta(seconds=1)
