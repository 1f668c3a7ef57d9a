"""Rules for single values that need a list: currencies, countries, regions, time zones."""

from __future__ import annotations

from collections.abc import Iterator

from decider.bundle.formats import is_zone
from decider.currencies import is_currency, is_withdrawn
from decider.evaluation.facts import Facts
from decider.evaluation.facts.iso_codes import is_country, is_subdivision
from decider.evaluation.facts.model import Customer, Money, Payment
from decider.evaluation.validation.violations import Violations

__all__ = ["check_codes"]

_COUNTRY = "facts.customer.country_code"
_SUBDIVISION = "facts.customer.subdivision_code"
_ZONE = "facts.customer.time_zone"


def check_codes(facts: Facts, violations: Violations) -> None:
    """Find codes that name no currency, country, region or zone."""
    for path, money, paid_at in _money(facts, violations):
        field = f"{path}.currency_code"
        if not violations.sound(field):
            continue
        if not is_currency(money.currency):
            violations.add(field, "not an ISO 4217 currency code")
        elif paid_at is not None and is_withdrawn(money.currency, paid_at):
            violations.add(field, "no longer an ISO 4217 currency code when it was paid")
    customer = facts.customer
    if customer.country is not None and not is_country(customer.country) and violations.sound(_COUNTRY):
        violations.add(_COUNTRY, "not an ISO 3166-1 alpha-2 country code")
    if customer.subdivision is not None and violations.sound(_SUBDIVISION):
        _check_subdivision(customer, customer.subdivision, violations)
    if customer.time_zone is not None and not is_zone(customer.time_zone) and violations.sound(_ZONE):
        violations.add(_ZONE, "not an IANA time zone")


def _check_subdivision(customer: Customer, subdivision: str, violations: Violations) -> None:
    """Find a region that ISO 3166-2 does not list, or that is not a region of the customer's country."""
    if customer.country is None:
        violations.add(_SUBDIVISION, "a region without its country: country_code must be told too")
    elif not is_subdivision(subdivision):
        violations.add(_SUBDIVISION, "not an ISO 3166-2 code of a region")
    elif violations.sound(_COUNTRY) and subdivision.partition("-")[0] != customer.country:
        violations.add(_SUBDIVISION, f"not a region of {customer.country_code}")


def _money(facts: Facts, violations: Violations) -> Iterator[tuple[str, Money, int | None]]:
    """Yield each amount with its path and the time (ns) at which its currency must have been active.

    The time is None if no payment dates the amount. It is also None if the amount must be in the currency of a captured
    amount, so that only the captured amount is reported.
    """
    if facts.request.amount is not None:
        yield "request.requested_amount", facts.request.amount, None
    if facts.agreement is not None and facts.agreement.minimum is not None:
        yield "facts.agreement.minimum", facts.agreement.minimum, None
    for payment in facts.payments:
        paid_at = _paid_at(payment, _bought_at(facts, payment), violations)
        if payment.captured is not None:
            yield f"{payment.path}.captured", payment.captured, paid_at
    for path, money, paid_by, bought_at in _amounts(facts):
        if money is not None:
            is_captured = paid_by is not None and paid_by.captured is not None
            yield path, money, None if is_captured else _paid_at(paid_by, bought_at, violations)


def _amounts(facts: Facts) -> Iterator[tuple[str, Money | None, Payment | None, int | None]]:
    """Yield all amounts but the captured ones, each with its payment and the time of its purchase (ns)."""
    for lot in facts.lots:
        for name, money in (("base_price", lot.base_price), ("fee", lot.fee), ("tax", lot.tax)):
            yield f"{lot.path}.{name}", money, facts.payment_of(lot), lot.purchased_at
    plan = facts.plan
    if plan is not None:
        yield f"{plan.path}.amount", plan.amount, facts.payment_of(plan), plan.charged_at
    for payment in facts.payments:
        bought_at = _bought_at(facts, payment)
        yield f"{payment.path}.expected", payment.expected, payment, bought_at
        yield f"{payment.path}.dispute.amount", payment.dispute.amount, payment, bought_at
        for refund in payment.refunds:
            yield f"{refund.path}.amount", refund.amount, payment, bought_at


def _paid_at(payment: Payment | None, bought_at: int | None, violations: Violations) -> int | None:
    """Return the time (ns) at which a payment was captured, or that of the purchase if that is absent (ruling 37)."""
    if payment is None or payment.captured_at is None:
        return bought_at
    return payment.captured_at if violations.parts_sound(payment.path, "captured_at") else None


def _bought_at(facts: Facts, payment: Payment) -> int | None:
    """Return the time (ns) of the first purchase that a payment paid for, None if it paid for nothing."""
    plan = facts.plan_of(payment)
    charged = [] if plan is None or plan.charged_at is None else [plan.charged_at]
    return min([*(lot.purchased_at for lot in facts.lots_of(payment)), *charged], default=None)
