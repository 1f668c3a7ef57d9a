"""What the calendars of policy versions say: windows, working days and statutory periods, as instants.

Python lists days, Rego counts them. Days are counted from the day after the event; an end is the midnight that begins
the next day. Which zones and holidays hold is read from the versions' parameters, never written here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from decider.bundle.catalog import JSON, Catalog, LawPeriod, PolicyInfo, PolicyVersion
from decider.evaluation.facts.account import Account
from decider.evaluation.facts.selection import Order
from decider.evaluation.policy_input.days_off import DaysOff
from decider.evaluation.policy_input.document import CalendarInput, WithdrawalInput
from decider.evaluation.times import add_months, day_start, local_date

__all__ = ["calendars_of", "canonical_country", "canonical_subdivision"]

_DAY = timedelta(days=1)
_SATURDAY = 5
_WINDOW_DAYS = 14
_CACHED = 16_384


def calendars_of(
    account: Account, order: Order, policy: PolicyInfo, catalog: Catalog, plan_bought_at: int
) -> dict[str, CalendarInput]:
    """Return the calendar of every version that may be judged.

    Those are the versions in force at the request, the first one (for what was bought before it), and the pinned one.
    `plan_bought_at` is the requested plan's time of purchase. Raises ValueError for a zone that does not exist.
    """
    pinned = account.request.policy_version
    return {
        version.version: _calendar(account, order, _Terms.of(version), catalog, plan_bought_at)
        for index, version in enumerate(policy.versions)
        if index == 0 or version.effective_from_ns <= account.requested_at or version.version == pinned
    }


def canonical_country(account: Account, catalog: Catalog) -> str:
    """Return the customer's country, EL and UK read as GR and GB (ruling 22); empty where it is not told."""
    code = account.facts.customer.country_code
    return catalog.country_aliases.get(code, code)


def canonical_subdivision(account: Account, aliases: Mapping[str, str]) -> str:
    """Return the customer's region, EL and UK read as GR and GB (ruling 36); empty where it is not told."""
    country, dash, region = account.facts.customer.subdivision_code.partition("-")
    return f"{aliases.get(country, country)}{dash}{region}"


@dataclass(frozen=True, slots=True)
class _Terms:
    """The parameters of a version that the calendars read."""

    window_zone: str
    window_days: int
    business_zone: str
    holidays: tuple[str, ...]
    longest: int

    @classmethod
    def of(cls, version: PolicyVersion) -> _Terms:
        """Read them; a policy without one of them has UTC, 14 days and no holidays of its own.

        `longest` is the longest term that the version counts in working days: its calendar reaches so far (ruling 44).
        """

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


def _calendar(account: Account, order: Order, terms: _Terms, catalog: Catalog, plan_bought_at: int) -> CalendarInput:
    zone = account.facts.customer.time_zone or terms.window_zone
    requested_on = local_date(account.requested_at, zone)
    completed = _working_days(account.completed_at, terms)
    approved = _working_days(account.evaluate_at, terms)
    bought = [(lot.id, lot.purchased_at) for lot in order.lots]
    country = canonical_country(account, catalog)
    regime = catalog.regimes.get(country)
    withdrawal: dict[str, WithdrawalInput] = {}
    if regime is not None:
        period = catalog.periods[regime]
        days_off = DaysOff.of(country, canonical_subdivision(account, catalog.country_aliases), catalog.holidays)
        for key, bought_at in [*bought, *([("", plan_bought_at)] if order.plan is not None else [])]:
            withdrawal[key] = _withdrawal(local_date(bought_at, zone), zone, days_off, period)
    return {
        "window_ends": {
            lot_id: day_start(
                local_date(bought_at, terms.window_zone) + (terms.window_days + 1) * _DAY, terms.window_zone
            )
            for lot_id, bought_at in bought
        },
        "completion_days": [end for _, end in completed],
        "approval_day_starts": [start for start, _ in approved],
        "approval_day_ends": [end for _, end in approved],
        "requested_on": requested_on.year * 10_000 + requested_on.month * 100 + requested_on.day,
        "withdrawal": withdrawal,
    }


def _working_days(instant: int, terms: _Terms) -> tuple[tuple[int, int], ...]:
    day = local_date(instant, terms.business_zone)
    return _working_days_after(day, terms.business_zone, terms.holidays, terms.longest)


@lru_cache(maxsize=_CACHED)
def _working_days_after(day: date, zone: str, off: tuple[str, ...], count: int) -> tuple[tuple[int, int], ...]:
    """List start and end of the next `count` days, Mondays to Fridays, that are not off."""
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
    """Return the ends of the statutory period (ruling 19): as it is, moved, with the months, and with these moved."""
    last = bought_on + period.days * _DAY
    extended = add_months(last, period.information_months)
    days = (last, days_off.next_working_day(last), extended, days_off.next_working_day(extended))
    return tuple(day_start(day + _DAY, zone) for day in days)
