"""The calendars of policy versions: windows, working days and statutory periods, as instants.

Python lists days, and Rego counts them. A count begins on the day after the event. The end of a day is the midnight
that begins the next one. Zones and holidays are parameters of the versions and never written here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from decider.bundle.catalog import JSON, Catalog, LawPeriod, PolicyInfo, PolicyVersion
from decider.evaluation.facts import Facts
from decider.evaluation.facts.selection import Order
from decider.evaluation.policy_input.days_off import DaysOff
from decider.evaluation.policy_input.input_types import CalendarInput, WithdrawalInput
from decider.evaluation.times import add_months, day_start, local_date

__all__ = ["calendars_of"]

_DAY = timedelta(days=1)
_SATURDAY = 5
_WINDOW_DAYS = 14
_CACHED = 16_384


def calendars_of(
    facts: Facts, order: Order, policy: PolicyInfo, catalog: Catalog, plan_bought_at: int | None
) -> dict[str, CalendarInput]:
    """Return the calendar of each version that may judge the request.

    Those are the versions in force at the request, the first one (for purchases before it), and the pinned one.
    `plan_bought_at` is the time of purchase of the requested plan, if one is requested. Raises ValueError for a zone
    that does not exist.
    """
    request = facts.request
    return {
        version.version: _calendar(facts, order, _CalendarParameters.of(version), catalog, plan_bought_at)
        for index, version in enumerate(policy.versions)
        if index == 0 or version.effective_from_ns <= request.requested_at or version.version == request.policy_version
    }


@dataclass(frozen=True, slots=True)
class _CalendarParameters:
    """The parameters of a version that calendars read.

    `longest` is the longest period that the version counts in working days; its calendar lists so many (ruling 44).
    """

    window_zone: str
    window_days: int
    business_zone: str
    holidays: tuple[str, ...]
    longest: int

    @classmethod
    def of(cls, version: PolicyVersion) -> _CalendarParameters:
        """Read the parameters; the defaults are UTC, 14 days and no holidays."""

        def value(name: str) -> JSON:
            parameter = version.parameters.get(name)
            return None if parameter is None else parameter.value

        window_zone, days, business_zone = value("window.tz"), value("window.days"), value("business_tz")
        listed = value("holidays")
        return cls(
            window_zone=window_zone if isinstance(window_zone, str) else "UTC",
            window_days=days if isinstance(days, int) else _WINDOW_DAYS,
            business_zone=business_zone if isinstance(business_zone, str) else "UTC",
            holidays=tuple(str(day) for day in listed)
            if isinstance(listed, Sequence) and not isinstance(listed, str)
            else (),
            longest=max(version.working_day_terms, default=0),
        )


def _calendar(
    facts: Facts, order: Order, parameters: _CalendarParameters, catalog: Catalog, plan_bought_at: int | None
) -> CalendarInput:
    customer = facts.customer
    zone = customer.time_zone or parameters.window_zone
    requested_on = local_date(facts.request.requested_at, zone)
    completed = _working_days(facts.request.completed_at, parameters)
    approved = _working_days(facts.evaluate_at, parameters)
    bought = [(lot.id, lot.purchased_at) for lot in order.lots]
    withdrawal: dict[str, WithdrawalInput] = {}
    if customer.country is not None and customer.country in catalog.regimes:
        period = catalog.periods[catalog.regimes[customer.country]]
        days_off = DaysOff.of(customer.country, customer.subdivision, catalog.holidays)
        for key, bought_at in [*bought, *([] if plan_bought_at is None else [("", plan_bought_at)])]:
            withdrawal[key] = _withdrawal(local_date(bought_at, zone), zone, days_off, period)
    return {
        "window_ends": {
            lot_id: day_start(
                local_date(bought_at, parameters.window_zone) + (parameters.window_days + 1) * _DAY,
                parameters.window_zone,
            )
            for lot_id, bought_at in bought
        },
        "completion_days": [end for _, end in completed],
        "approval_day_starts": [start for start, _ in approved],
        "approval_day_ends": [end for _, end in approved],
        "requested_on": requested_on.year * 10_000 + requested_on.month * 100 + requested_on.day,
        "withdrawal": withdrawal,
    }


def _working_days(instant: int, parameters: _CalendarParameters) -> tuple[tuple[int, int], ...]:
    day = local_date(instant, parameters.business_zone)
    return _working_days_after(day, parameters.business_zone, parameters.holidays, parameters.longest)


@lru_cache(maxsize=_CACHED)
def _working_days_after(day: date, zone: str, off: tuple[str, ...], count: int) -> tuple[tuple[int, int], ...]:
    """List start and end of the next `count` days that are not Saturdays, Sundays or off."""
    listed = frozenset(off)
    found: list[tuple[int, int]] = []
    while len(found) < count:
        day += _DAY
        if day.weekday() < _SATURDAY and day.isoformat() not in listed:
            found.append((day_start(day, zone), day_start(day + _DAY, zone)))
    return tuple(found)


def _withdrawal(bought_on: date, zone: str, days_off: DaysOff, period: LawPeriod) -> WithdrawalInput:
    ends, moved, extended, extended_moved = _period_ends(bought_on, zone, days_off, period)
    return {
        "ends": ends,
        "moved_ends": moved,
        "extended_ends": extended,
        "extended_moved_ends": extended_moved,
    }


@lru_cache(maxsize=_CACHED)
def _period_ends(bought_on: date, zone: str, days_off: DaysOff, period: LawPeriod) -> tuple[int, ...]:
    """Return the ends of the statutory period (ruling 19): plain, moved, extended, and extended and moved."""
    last = bought_on + period.days * _DAY
    extended = add_months(last, period.information_months)
    days = (last, days_off.next_working_day(last), extended, days_off.next_working_day(extended))
    return tuple(day_start(day + _DAY, zone) for day in days)
