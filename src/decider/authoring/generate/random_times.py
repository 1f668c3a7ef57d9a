"""Generate instants: purchases near the dates of a policy, and requests near the ends of its windows."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from decider.authoring.generate.chance import Dice
from decider.authoring.generate.policy_edges import Scope

__all__ = [
    "DAY",
    "SECOND",
    "WITHDRAWN",
    "after_withdrawal",
    "asked_at",
    "bought_at",
    "bought_before_withdrawal",
    "text",
]

SECOND = 10**9
DAY = 86_400 * SECOND
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ASIDE = (-SECOND, -1, 0, 0, 0, 1, SECOND, 3600 * SECOND)
# Since this day the use of a withdrawal function is acknowledged (ruling 22).
_FUNCTION_SINCE = date(2026, 6, 19)
# A currency that was withdrawn with the year 2025 (ruling 37).
WITHDRAWN = "BGN"
_WITHDRAWN_SINCE = date(2026, 2, 1)
# Days about which the law of some countries treats a day as a holiday, though it is none (ruling 36).
_FEASTS = ((6, 5), (6, 19), (6, 25), (12, 24), (12, 31))


def text(moment: int) -> str:
    """Write an instant (ns since 1970) as RFC 3339 in UTC."""
    seconds, rest = divmod(moment, SECOND)
    fraction = f".{rest:09d}".rstrip("0") if rest else ""
    return (_EPOCH + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%S") + fraction + "Z"


def bought_at(dice: Dice, scope: Scope) -> int:
    """Return the instant of a purchase: mostly under the first version, now and then at its edge or before."""
    kind = dice.weighted({"soon": 30, "later": 20, "edge": 2, "before": 3, "feast": 3})
    if kind == "feast":
        feast = date(_day_of(scope.since_ns, "UTC").year, *dice.pick(_FEASTS))
        bought = _start_of(feast, "UTC") - dice.pick(scope.days) * DAY + _time_of_day(dice)
        return max(scope.since_ns, bought)
    if kind == "edge":
        return dice.pick(scope.versions)[1] + dice.pick((-1, 0, 0, 1))
    if kind == "before":
        return scope.since_ns - dice.between(1, 40 * 86_400) * SECOND
    days = dice.between(0, 45 if kind == "soon" else 330)
    return scope.since_ns + days * DAY + _time_of_day(dice)


def bought_before_withdrawal(dice: Dice) -> int:
    """Return an instant in the last months of a withdrawn currency."""
    return _start_of(date(2025, 11, 1), "UTC") + dice.between(0, 40) * DAY + _time_of_day(dice)


def after_withdrawal(dice: Dice) -> int:
    """Return an instant after the withdrawal of that currency."""
    return _start_of(_WITHDRAWN_SINCE, "UTC") + dice.between(0, 100) * DAY


def asked_at(dice: Dice, scope: Scope, bought: int, zone: str) -> int:
    """Return the instant of a request for a purchase: in time, too late, or just at the limit.

    `zone` is where the customer's days begin and end.
    """
    days = dice.pick(scope.days)
    kind = dice.weighted({"in time": 50, "edge": 9, "midnight": 10, "late": 14, "year": 9, "at once": 1, "function": 3})
    if kind == "in time":
        asked = bought + dice.between(0, days * 86_400) * SECOND
    elif kind == "edge":
        asked = bought + days * DAY + dice.pick(_ASIDE)
    elif kind == "midnight":
        # Past a weekend or holidays the end is some days later.
        day = _day_of(bought, zone) + timedelta(days=days + dice.weighted({1: 6, 0: 1, 2: 1, 3: 2, 4: 1}))
        asked = _start_of(day, dice.weighted({zone: 5, "UTC": 1})) + dice.pick(_ASIDE)
    elif kind == "late":
        asked = bought + (days * 86_400 + dice.between(0, 40 * 86_400)) * SECOND
    elif kind == "year":
        asked = _within_twelve_months(dice, bought, days, zone)
    elif kind == "function":
        asked = _start_of(_FUNCTION_SINCE, zone) + dice.pick(_ASIDE)
    else:
        asked = bought
    return max(bought, asked)


def _time_of_day(dice: Dice) -> int:
    kind = dice.weighted({"noon": 3, "evening": 3, "midnight": 1, "end": 1, "any": 6})
    whole = {"noon": 12 * 3600 * SECOND, "evening": (22 * 3600 + 1800) * SECOND, "midnight": 0, "end": DAY - 1}
    return whole[kind] if kind in whole else dice.between(0, 86_399) * SECOND


def _within_twelve_months(dice: Dice, bought: int, days: int, zone: str) -> int:
    end = _day_of(bought, zone) + timedelta(days=days)
    last = end.replace(year=end.year + 1, day=min(end.day, 28) if end.month == 2 else end.day)
    if dice.chance(0.5):
        return bought + dice.between(days * 86_400, 400 * 86_400) * SECOND
    return _start_of(last + timedelta(days=dice.between(0, 4)), zone) + dice.pick(_ASIDE)


def _day_of(moment: int, zone: str) -> date:
    return (_EPOCH + timedelta(seconds=moment // SECOND)).astimezone(ZoneInfo(zone)).date()


def _start_of(day: date, zone: str) -> int:
    first = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))
    return int(first.timestamp()) * SECOND
