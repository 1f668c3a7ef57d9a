"""Zones, days, windows and statutory periods, against plain datetime."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decider.bundle.catalog import Catalog
from decider.bundle.formats import _zones
from decider.evaluation.policy_input.input_types import CalendarInput
from decider.evaluation.times import SECOND, add_months, day_start, local_date
from support.building import policy_input
from support.sample import CATALOG, HOLIDAYS, PARAMETERS, catalog, request, version

DAY = timedelta(days=1)
PLAN = {
    "order_ref": "SUB-1",
    "payment_id": "pay-1",
    "amount": {"currency_code": "USD", "amount_minor": 10350},
    "concluded_at": "2026-06-06T22:30:00Z",
    "charged_at": "2026-06-07T09:00:00Z",
    "period_start": "2026-06-06T09:00:00Z",
    "period_end": "2026-07-06T09:00:00Z",
}


def ns(text: str) -> int:
    """An instant as the cases write it."""
    return int((datetime.fromisoformat(text) - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(seconds=1)) * SECOND


def calendar(change: dict[str, Any], *unset: str, with_: Catalog = CATALOG) -> CalendarInput:
    message = request(change, unset)
    return policy_input(message, with_)["calendars"]["2026-05-16"]


@given(zone=st.sampled_from(sorted(_zones())), day=st.dates(date(1970, 1, 3), date(2199, 12, 31)))
@settings(max_examples=400)
def test_a_day_starts_where_the_day_before_ends(zone: str, day: date) -> None:
    start = day_start(day, zone)

    assert local_date(start - 1, zone) < day
    assert all(local_date(start + minutes * 60 * SECOND, zone) >= day for minutes in range(0, 180, 10))


@pytest.mark.parametrize(
    ("zone", "day", "start"),
    [
        ("UTC", date(2026, 6, 20), "2026-06-20T00:00:00Z"),
        ("Europe/Berlin", date(2026, 6, 20), "2026-06-19T22:00:00Z"),
        # Midnight is skipped: the day begins at 01:00, which is when the day before ends.
        ("America/Sao_Paulo", date(2018, 11, 4), "2018-11-04T03:00:00Z"),
        # 00:00 becomes 23:00 of the day before, which is then an hour longer.
        ("America/Sao_Paulo", date(2018, 2, 18), "2018-02-18T03:00:00Z"),
        # 00:01 becomes 23:01: midnight strikes twice, and the day before ends with the second.
        ("America/St_Johns", date(2006, 10, 29), "2006-10-29T03:30:00Z"),
        # 01:00 becomes 00:00: the day begins with the first.
        ("America/Havana", date(2026, 11, 1), "2026-11-01T04:00:00Z"),
        # A day that never was.
        ("Pacific/Apia", date(2011, 12, 30), "2011-12-30T10:00:00Z"),
        ("Pacific/Apia", date(2011, 12, 31), "2011-12-30T10:00:00Z"),
    ],
)
def test_midnights(zone: str, day: date, start: str) -> None:
    assert day_start(day, zone) == ns(start)


def test_a_skip_around_midnight_is_found_to_the_second() -> None:
    """Toronto's clocks went from 23:30 on 30 March 1919 to 00:30."""
    assert day_start(date(1919, 3, 31), "America/Toronto") == ns("1919-03-31T04:30:00Z")


def test_months_end_where_they_end() -> None:
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert add_months(date(2026, 12, 31), 2) == date(2027, 2, 28)
    assert add_months(date(2026, 6, 20), 0) == date(2026, 6, 20)


def test_the_window_ends_with_day_fourteen_of_the_policy_zone() -> None:
    berlin = catalog(router_one=(version("2026-05-16", 0, window__tz="Europe/Berlin", window__days=7),))

    assert calendar({})["window_ends"] == {"lot-1": ns("2026-06-21T00:00:00Z")}
    assert calendar({}, with_=berlin)["window_ends"] == {"lot-1": ns("2026-06-13T22:00:00Z")}


def test_working_days_leave_out_weekends_holidays_and_the_day_itself() -> None:
    off = catalog(router_one=(version("2026-05-16", 0, holidays=["2026-06-15"], business_tz="America/New_York"),))

    found = calendar({}, with_=off)

    assert found["completion_days"][:2] == [ns("2026-06-13T04:00:00Z"), ns("2026-06-17T04:00:00Z")]
    assert found["approval_day_starts"][:2] == [ns("2026-06-12T04:00:00Z"), ns("2026-06-16T04:00:00Z")]
    assert found["approval_day_ends"] == found["completion_days"]


def test_a_policy_without_calendar_parameters_has_utc_and_fourteen_days() -> None:
    bare = version("2026-05-16", 0, **dict.fromkeys([name.replace(".", "__") for name in PARAMETERS]))

    no_days: dict[str, list[int]] = {
        "completion_days": [],
        "approval_day_starts": [],
        "approval_day_ends": [],
    }
    assert calendar({}, with_=catalog(router_one=(bare,))) == {**calendar({}), **no_days}


@pytest.mark.parametrize("days", [1, 5, 30])
def test_the_calendar_reaches_as_far_as_the_longest_term(days: int) -> None:
    terms = version("2026-05-16", 0, review__days=2, payout__to_days=days)

    found = calendar({}, with_=catalog(router_one=(terms,)))

    lists = (found["completion_days"], found["approval_day_starts"], found["approval_day_ends"])
    assert [len(one) for one in lists] == [max(2, days)] * 3


def test_completion_counts_from_completed_at() -> None:
    found = calendar({"request.completed_at": "2026-06-12T09:00:00Z", "evaluate_at": "2026-06-13T09:00:00Z"})

    assert found["completion_days"][0] == ns("2026-06-16T00:00:00Z")
    assert found["approval_day_starts"][0] == ns("2026-06-15T00:00:00Z")


def test_the_customers_day_of_the_request() -> None:
    late = {"request.requested_at": "2026-06-11T23:00:00Z", "evaluate_at": "2026-06-12T00:00:00Z"}

    assert calendar({**late, "facts.customer.time_zone": "Europe/Berlin"})["requested_on"] == 20260612
    assert calendar(late, "facts.customer.time_zone")["requested_on"] == 20260611


def test_the_statutory_period_in_paris() -> None:
    """R68: day 14 is Saturday 20 June 2026, moved to the end of Monday in Paris."""
    found = calendar({"facts.customer.country_code": "FR", "facts.customer.time_zone": "Europe/Paris"})

    assert found["withdrawal"] == {
        "lot-1": {
            "ends": ns("2026-06-20T22:00:00Z"),
            "moved_ends": ns("2026-06-22T22:00:00Z"),
            "extended_ends": ns("2027-06-20T22:00:00Z"),
            "extended_moved_ends": ns("2027-06-21T22:00:00Z"),
        }
    }


def test_public_holidays_move_the_end() -> None:
    """14 July 2026 is a Tuesday, and a holiday in France alone."""
    bought = {"facts.lots.0.purchased_at": "2026-06-30T09:00:00Z", "request.requested_at": "2026-07-01T09:00:00Z"}
    change = {**bought, "evaluate_at": "2026-07-01T09:00:00Z", "facts.customer.time_zone": "UTC"}

    moved = {
        code: calendar({**change, "facts.customer.country_code": code})["withdrawal"]["lot-1"]["moved_ends"]
        for code in ("FR", "DE")
    }

    assert moved == {"FR": ns("2026-07-16T00:00:00Z"), "DE": ns("2026-07-15T00:00:00Z")}


def moved_end(country: str, bought: str, subdivision: str = "", with_: Catalog = CATALOG) -> str:
    """The day (UTC) at the end of which the period ends for a purchase at noon of a day."""
    at = f"{bought}T12:00:00Z"
    change = {"facts.customer.country_code": country, "facts.customer.time_zone": "UTC", "evaluate_at": at}
    change |= {"facts.lots.0.purchased_at": at, "request.requested_at": at, "facts.payments.0.captured_at": at}
    if subdivision:
        change["facts.customer.subdivision_code"] = subdivision
    end = calendar(change, with_=with_)["withdrawal"]["lot-1"]["moved_ends"]
    return (local_date(end, "UTC") - DAY).isoformat()


@pytest.mark.parametrize(
    ("country", "bought", "ends"),
    [
        # 24 December 2026 is a Thursday; Saturday and Sunday follow the 25th, and Monday the 28th is a working day.
        ("SE", "2026-12-10", "2026-12-28"),
        ("DK", "2026-12-10", "2026-12-28"),
        ("DE", "2026-12-10", "2026-12-24"),
        ("FI", "2026-12-10", "2026-12-28"),
        # 31 December 2026 is a Thursday; after New Year's Day comes a weekend.
        ("SE", "2026-12-17", "2027-01-04"),
        ("DK", "2026-12-17", "2027-01-04"),
        ("NO", "2026-12-17", "2026-12-31"),
        # Midsummer Eve is the Friday from 19 to 25 June.
        ("SE", "2027-06-11", "2027-06-28"),
        ("SE", "2026-06-05", "2026-06-22"),
        ("DK", "2027-06-11", "2027-06-25"),
        ("SE", "2027-06-10", "2027-06-24"),
        # Denmark's Constitution Day, a Friday in 2026.
        ("DK", "2026-05-22", "2026-06-08"),
        ("SE", "2026-05-22", "2026-06-05"),
        # Good Friday 2027 is 26 March, and Easter Monday the 29th is a holiday in all of these.
        ("AT", "2027-03-12", "2027-03-30"),
        ("DE", "2027-03-12", "2027-03-30"),
        ("FR", "2027-03-12", "2027-03-26"),
    ],
)
def test_days_that_national_law_treats_as_holidays(country: str, bought: str, ends: str) -> None:
    assert moved_end(country, bought) == ends


def test_the_law_can_turn_the_days_of_a_country_off() -> None:
    austria = replace(HOLIDAYS.treated["AT"], applies=False)
    off = replace(CATALOG, holidays=replace(HOLIDAYS, treated={**HOLIDAYS.treated, "AT": austria}))

    assert moved_end("AT", "2027-03-12", with_=off) == "2027-03-26"


@pytest.mark.parametrize(
    ("subdivision", "bought", "ends"),
    [
        # All Saints' Day 2027 is a Monday: a holiday in Bavaria, not in Berlin.
        ("DE-BY", "2027-10-18", "2027-11-02"),
        ("DE-BE", "2027-10-18", "2027-11-01"),
        ("", "2027-10-18", "2027-11-01"),
        # Assumption Day is one in all of Saarland, but not in all of Bavaria. In 2028 it is a Tuesday.
        ("DE-SL", "2028-08-01", "2028-08-16"),
        ("DE-BY", "2028-08-01", "2028-08-15"),
        # Corpus Christi, Thursday 27 May 2027, is one in some places of Saxony and Thuringia only.
        ("DE-HE", "2027-05-13", "2027-05-28"),
        ("DE-SN", "2027-05-13", "2027-05-27"),
        ("DE-TH", "2027-05-13", "2027-05-27"),
        # Good Friday is one in some places of Alsace and Moselle, Saint Stephen's Day in all of them.
        ("FR-6AE", "2027-03-12", "2027-03-26"),
        ("FR-57", "2027-03-12", "2027-03-26"),
        ("FR-57", "2028-12-12", "2028-12-27"),
        # The patron saint's day of a chief town is not one of its province; Whit Monday is one in South Tyrol.
        ("IT-MI", "2027-11-23", "2027-12-07"),
        ("IT-BZ", "2027-05-03", "2027-05-18"),
        ("PT-11", "2028-05-30", "2028-06-13"),
        ("PT-20", "2027-05-03", "2027-05-18"),
        # Regions that the library does not know have the national holidays.
        ("SE-AB", "2026-12-10", "2026-12-28"),
        ("ES-M", "2027-05-03", "2027-05-17"),
        ("ES-GA", "2027-05-03", "2027-05-18"),
        # EL and UK are read as GR and GB.
        ("UK-SCT", "2027-11-16", "2027-12-01"),
        ("GB-ENG", "2027-11-16", "2027-11-30"),
        ("EL-I", "2027-11-16", "2027-11-30"),
    ],
)
def test_holidays_of_the_whole_region(subdivision: str, bought: str, ends: str) -> None:
    assert moved_end(subdivision[:2] or "DE", bought, subdivision) == ends


def test_the_region_counts_in_the_twelve_months_too() -> None:
    """All Saints' Day 2027 is the Monday twelve months and 14 days after 18 October 2026."""
    change = {
        "facts.customer.country_code": "DE",
        "facts.customer.time_zone": "UTC",
        "facts.customer.subdivision_code": "DE-BY",
        "facts.lots.0.purchased_at": "2026-10-18T12:00:00Z",
        "request.requested_at": "2026-10-19T12:00:00Z",
        "evaluate_at": "2026-10-19T12:00:00Z",
    }

    assert calendar(change)["withdrawal"]["lot-1"]["extended_moved_ends"] == ns("2027-11-03T00:00:00Z")


def test_aliases_and_countries_without_a_regime() -> None:
    change = {"facts.customer.time_zone": "UTC"}

    assert calendar({**change, "facts.customer.country_code": "EL"}) == calendar(
        {**change, "facts.customer.country_code": "GR"}
    )
    assert calendar({**change, "facts.customer.country_code": "UK"})["withdrawal"]
    assert calendar({**change, "facts.customer.country_code": "CH"})["withdrawal"] == {}
    assert calendar(change, "facts.customer.country_code")["withdrawal"] == {}


def test_the_plan_counts_from_its_conclusion() -> None:
    found = calendar(
        {
            "facts.lots": [],
            "facts.subscription": PLAN,
            "request.order_ref": "SUB-1",
            "facts.customer.country_code": "DE",
            "facts.customer.time_zone": "Europe/Berlin",
        }
    )

    assert found["window_ends"] == {}
    assert found["withdrawal"][""]["ends"] == ns("2026-06-21T22:00:00Z")


def test_every_version_that_may_be_judged_has_a_calendar() -> None:
    versions = (
        version("first", 1_900_000_000),
        version("past", 1_780_000_000),
        version("future", 1_950_000_000),
        version("pinned", 1_960_000_000),
    )
    message = request({"request.policy_version": "pinned"})

    found = policy_input(message, catalog(router_one=versions))

    assert sorted(found["calendars"]) == ["first", "past", "pinned"]
    assert found["pinned_version"] == "pinned"


@given(
    bought=st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1)),  # noqa: DTZ001 (made aware below)
    zone=st.sampled_from(["UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Apia", "Asia/Kathmandu"]),
)
def test_a_period_ends_fourteen_days_after_the_local_day(bought: datetime, zone: str) -> None:
    at = ns(bought.replace(tzinfo=UTC, microsecond=0).isoformat())
    end = day_start(local_date(at, zone) + 15 * DAY, zone)

    # Samoa went from 29 to 31 December 2011: a day that never was counts as one of the fourteen.
    never = zone == "Pacific/Apia" and local_date(at, zone) < date(2011, 12, 30) <= local_date(end, zone)
    days = 13 if never else 14
    assert local_date(end - 1, zone) in (local_date(at, zone) + 14 * DAY, local_date(at, zone) + 13 * DAY)
    assert days * 86_400 - 7_200 <= (end - at) // SECOND <= 15 * 86_400 + 7_200


def test_a_zone_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="no IANA time zone"):
        local_date(0, "../x")
