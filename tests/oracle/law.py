"""The statutory right of withdrawal: who has it, until when, and what it pays (rulings 18 to 22)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays

from oracle.contract import Gross
from oracle.credit import Credits
from oracle.times import SECOND, add_year, day_of, end_of, instant, moved
from oracle.world import Doc, World, minor

ALIASES = {"EL": "GR", "UK": "GB"}


@dataclass
class Claim:
    """What the statute pays for one purchase, before earlier refunds are taken off.

    `sure` is due without a judgement. Where a record is missing, the outcomes are `low` and `most`, and `doubts` are
    the codes of what is missing (ruling 48).
    """

    sure: int = 0
    low: int = 0
    most: int = 0
    total: int = 0
    extended: bool = False
    unused: bool = False
    doubts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Record:
    """What is on record of a checkout."""

    express: bool
    acknowledged: bool
    confirmed: bool
    informed: bool
    digital: bool

    @classmethod
    def of(cls, world: World, record: Doc | None) -> Record:
        """Read the record of a purchase; `deemed_consent` takes the purchase itself for consent."""
        told, deemed = record or {}, world.p["deemed_consent"]
        return cls(
            express=bool(told.get("express_request_at")) or deemed,
            acknowledged=bool(told.get("loss_acknowledged_at")) or deemed,
            confirmed=bool(told.get("confirmation_sent_at")),
            informed=bool(told.get("withdrawal_information_given")),
            digital=world.p["statutory.class"] == "digital_content",
        )

    def missing(self, *, is_used: bool) -> frozenset[str]:
        """Return the codes of the records that are missing."""
        agreed = self.express and (self.acknowledged or not self.digital)
        found = {
            "withdrawal_information_not_given": not self.informed,
            "no_consent_record": is_used and not agreed,
            "no_confirmation_record": is_used and self.digital and not self.confirmed,
        }
        return frozenset(code for code, is_missing in found.items() if is_missing)


@cache
def _holidays(country: str, region: str, year: int) -> frozenset[str]:
    """Return the public holidays, and the days that the law of the country treats as such (ruling 36)."""
    found = holidays.country_holidays(country, subdiv=region or None, years=year)
    return frozenset(day.isoformat() for day in found) | frozenset(_like_holidays(country, year))


def _like_holidays(country: str, year: int) -> Iterator[str]:
    if country in ("SE", "DK"):
        yield from (f"{year}-12-24", f"{year}-12-31")
    if country == "SE":
        eves = (date(year, 6, day) for day in range(19, 26))
        yield next(day.isoformat() for day in eves if day.weekday() == 4)
    if country == "DK":
        yield f"{year}-06-05"
    if country == "AT":
        found = holidays.country_holidays(country, years=year, language="en_US")
        [monday] = found.get_named("Easter Monday")
        yield (monday - timedelta(days=3)).isoformat()


def country_of(world: World) -> str | None:
    """Return the covered country of a consumer; None where the overlay does not apply."""
    customer = world.facts.get("customer") or {}
    code = ALIASES.get(customer.get("country_code") or "", customer.get("country_code") or "")
    kind = customer.get("type") or ""
    consumer = kind == "CONSUMER" or (not kind and world.p["unknown_as_consumer"])
    return code if consumer and code in world.p["covered_countries"] else None


def period(world: World, start: int, consent: Doc) -> str:
    """Return `in`, `extended` (in time through the twelve months only) or `over`."""
    country = country_of(world) or ""
    customer = world.facts.get("customer") or {}
    zone = customer.get("time_zone") or world.p["window.tz"]
    region = str(customer.get("subdivision_code") or "").partition("-")[2]
    last = day_of(start, zone) + timedelta(days=14)
    rolls = world.p["statutory.rollover"].get(country, True)

    def end(day: date) -> int:
        free = _holidays(country, region, day.year) | _holidays(country, region, day.year + 1)
        return end_of(moved(day, free) if rolls else day, zone)

    if world.asked < end(last):
        return "in"
    if not consent.get("withdrawal_information_given") and world.asked < end(add_year(last)):
        return "extended"
    return "over"


def lot_gross_of_law(world: World, lot: Doc) -> Gross:
    """Return the total price that the statute pays back."""
    own = world.p["statutory.fee_included"] and not lot.get("fee_kept_by_third_party")
    fee, tax = minor(lot.get("fee")) if own else 0, minor(lot.get("tax"))
    return Gross(minor(lot.get("base_price")) + fee + tax, fee, tax)


def lot_claim(world: World, lot: Doc, have: Credits, part: int | None = None) -> Claim:
    """Return the claim for a lot; `part` is how many base credits the request names."""
    if country_of(world) is None or lot["category"] != "PAID" or lot.get("sold_by"):
        return Claim()
    coverage = have.base + have.bonus
    total = full = lot_gross_of_law(world, lot).total
    owed = full * have.consumed // coverage if coverage else 0
    if part is not None and coverage:
        back = have.base_taken + min(part, have.base_left)
        total = full - full * (coverage - back) // coverage
    start = instant(lot["purchased_at"]) or 0
    return _claim(world, start, lot.get("consent"), (total, min(total, full - owed)), (have.consumed, coverage))


def plan_claim(world: World, plan: Doc) -> Claim:
    """Return the claim for a plan's period, by time; for a renewal only where the consumer was not told (C-565/22)."""
    told = bool((plan.get("consent") or {}).get("withdrawal_information_given"))
    if country_of(world) is None or not plan.get("charged_at") or (told and not plan.get("first_period")):
        return Claim()
    begin, finish = instant(plan["period_start"]) or 0, instant(plan["period_end"]) or 0
    seconds = (finish - begin) // SECOND
    gone = min(max(0, (world.asked - begin) // SECOND), seconds)
    total = minor(plan["amount"])
    start = instant(plan.get("concluded_at")) or instant(plan["charged_at"]) or 0
    due = total - total * gone // seconds
    record = plan.get("consent")
    return _claim(world, start, record, (total, due), (gone, seconds), renewed=not plan.get("first_period"))


def _claim(
    world: World,
    start: int,
    record: Doc | None,
    money: tuple[int, int],
    use: tuple[int, int],
    *,
    renewed: bool = False,
) -> Claim:
    total, due = money
    used, coverage = use
    have = Record.of(world, record)
    when = period(world, start, record or {})
    if when == "over":
        return Claim()
    extended = when == "extended" or renewed

    def sure(amount: int) -> Claim:
        return Claim(amount, amount, amount, total, unused=used == 0)

    def doubtful(low: int) -> Claim:
        if world.p["no_consent_mode"] == "allow":
            return sure(total)
        return Claim(0, 0 if extended else low, total, total, extended, used == 0, have.missing(is_used=used > 0))

    if used == 0:
        return doubtful(0) if extended else sure(total)
    if have.digital:
        return Claim() if have.express and have.acknowledged and have.confirmed else doubtful(0)
    if used >= coverage and have.express and have.acknowledged:
        return Claim()
    return sure(due) if have.express and have.informed else doubtful(due)
