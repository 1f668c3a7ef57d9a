"""The statutory right of withdrawal: who has it, until when, and what it pays (section 2, rulings 18 to 22)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays

from oracle.credit import Credits
from oracle.times import SECOND, add_year, day_of, end_of, instant, moved
from oracle.world import Doc, World, minor

ALIASES = {"EL": "GR", "UK": "GB"}


@dataclass
class Claim:
    """What the statute pays for one purchase, before earlier refunds are taken off.

    `sure` is due without a judgement; `most` is what a reviewer may find due where a record is missing.
    """

    sure: int = 0
    most: int = 0
    total: int = 0
    extended: bool = False
    unused: bool = False

    @property
    def open(self) -> bool:
        """Whether a legal call is needed."""
        return self.most > self.sure


@cache
def _holidays(country: str, year: int) -> frozenset[str]:
    try:
        return frozenset(day.isoformat() for day in holidays.country_holidays(country, years=year))
    except NotImplementedError:
        return frozenset()


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
    zone = (world.facts.get("customer") or {}).get("time_zone") or world.p["window.tz"]
    last = day_of(start, zone) + timedelta(days=14)
    rolls = world.p["statutory.rollover"].get(country, True)

    def end(day: date) -> int:
        free = _holidays(country, day.year) | _holidays(country, day.year + 1)
        return end_of(moved(day, free) if rolls else day, zone)

    if world.asked < end(last):
        return "in"
    if not consent.get("withdrawal_information_given") and world.asked < end(add_year(last)):
        return "extended"
    return "over"


def lot_total(world: World, lot: Doc) -> int:
    """Return the total price that the statute pays back."""
    fee = world.p["statutory.fee_included"] and not lot.get("fee_kept_by_third_party")
    return minor(lot.get("base_price")) + minor(lot.get("tax")) + (minor(lot.get("fee")) if fee else 0)


def lot_claim(world: World, lot: Doc, have: Credits, part: int | None = None) -> Claim:
    """Return the claim for a lot; `part` is how many base credits the request names."""
    if country_of(world) is None or lot["category"] != "PAID" or lot.get("sold_by"):
        return Claim()
    coverage = have.base + have.bonus
    total = full = lot_total(world, lot)
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
    consent = record or {}
    when = period(world, start, consent)
    if when == "over":
        return Claim()
    if renewed:
        when = "extended"
    allow = world.p["no_consent_mode"] == "allow"
    maybe = Claim(total if allow else 0, total, total, extended=when == "extended", unused=used == 0)
    if used == 0:
        return maybe if when == "extended" else Claim(total, total, total, unused=True)
    deemed = world.p["deemed_consent"]
    express = bool(consent.get("express_request_at")) or deemed
    acknowledged = bool(consent.get("loss_acknowledged_at")) or deemed
    confirmed = bool(consent.get("confirmation_sent_at"))
    if world.p["statutory.class"] == "digital_content":
        return Claim() if express and acknowledged and confirmed else maybe
    if used >= coverage and express and acknowledged:
        return Claim()
    if express and consent.get("withdrawal_information_given"):
        return Claim(due, 0, total)
    return maybe
