"""Faults of single values that need a catalogue: currencies, countries, time zones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from decider.bundle.formats import is_zone
from decider.currencies import is_currency, is_withdrawn
from decider.evaluation.facts.account import Account
from decider.evaluation.facts.iso_codes import is_country, is_subdivision
from decider.evaluation.facts.model import Money, Payment, read_money
from decider.evaluation.policy_input.calendars import canonical_subdivision
from decider.evaluation.times import nanoseconds
from decider.evaluation.validation.violations import Faults

__all__ = ["check_codes"]


def check_codes(account: Account, aliases: Mapping[str, str], faults: Faults) -> None:
    """Find codes that name no currency, country or zone; `aliases` are country codes that the law's data reads too."""
    for path, money, paid_at in _money(account, faults):
        field = f"{path}.currency_code"
        if not faults.sound(field):
            continue
        if not is_currency(money.currency):
            faults.add(field, "not an ISO 4217 currency code")
        elif paid_at is not None and is_withdrawn(money.currency, paid_at):
            faults.add(field, "no longer an ISO 4217 currency code when it was paid")
    customer = account.facts.customer
    country, zone = "facts.customer.country_code", "facts.customer.time_zone"
    if customer.country_code and not is_country(customer.country_code, aliases) and faults.sound(country):
        faults.add(country, "not an ISO 3166-1 alpha-2 country code")
    _check_subdivision(account, aliases, faults)
    if customer.time_zone and not is_zone(customer.time_zone) and faults.sound(zone):
        faults.add(zone, "not an IANA time zone")


def _check_subdivision(account: Account, aliases: Mapping[str, str], faults: Faults) -> None:
    """Find a region that ISO 3166-2 does not know, or that is not one of the customer's country."""
    customer = account.facts.customer
    field = "facts.customer.subdivision_code"
    if not customer.subdivision_code or not faults.sound(field):
        return
    subdivision = canonical_subdivision(account, aliases)
    if not customer.country_code:
        faults.add(field, "a region without its country: country_code must be told too")
    elif not is_subdivision(subdivision):
        faults.add(field, "not an ISO 3166-2 code of a region")
    elif faults.sound("facts.customer.country_code"):
        country = aliases.get(customer.country_code, customer.country_code)
        if subdivision.partition("-")[0] != country:
            faults.add(field, f"not a region of {customer.country_code}")


def _money(account: Account, faults: Faults) -> Iterator[tuple[str, Money, int | None]]:
    """Yield every amount that is told, with its path and the time (ns) at which its currency must have been active.

    The time is None where no payment dates the amount, and where the amount must be in the currency of a captured one:
    the captured amount alone is reported then.
    """
    if account.request.HasField("requested_amount"):
        yield "request.requested_amount", read_money(account.request.requested_amount), None
    if account.facts.agreement.HasField("minimum"):
        yield "facts.agreement.minimum", read_money(account.facts.agreement.minimum), None
    for payment in account.payments:
        paid_at = _paid_at(payment, _bought_at(account, payment), faults)
        if payment.captured is not None:
            yield f"{payment.path}.captured", payment.captured, paid_at
    for path, money, paid_by, bought_at in _amounts(account):
        if money is not None:
            is_captured = paid_by is not None and paid_by.captured is not None
            yield path, money, None if is_captured else _paid_at(paid_by, bought_at, faults)


def _amounts(account: Account) -> Iterator[tuple[str, Money | None, Payment | None, int | None]]:
    """Yield all amounts but the captured ones, each with its payment and the time of its purchase (ns)."""
    for lot in account.lots:
        for name, money in (("base_price", lot.base_price), ("fee", lot.fee), ("tax", lot.tax)):
            yield f"{lot.path}.{name}", money, account.payment_of(lot), lot.purchased_at
    plan = account.plan
    if plan is not None:
        yield f"{plan.path}.amount", plan.amount, account.payment_of(plan), plan.charged_at
    for payment in account.payments:
        bought_at = _bought_at(account, payment)
        yield f"{payment.path}.expected", payment.expected, payment, bought_at
        yield f"{payment.path}.dispute.amount", payment.dispute_amount, payment, bought_at
        for refund in payment.refunds:
            yield f"{refund.path}.amount", refund.amount, payment, bought_at


def _paid_at(payment: Payment | None, bought_at: int | None, faults: Faults) -> int | None:
    """Return when a payment was captured (ns), where that is not told the time of the purchase (ruling 37)."""
    if payment is None or not payment.message.HasField("captured_at"):
        return bought_at
    return nanoseconds(payment.message.captured_at) if faults.parts_sound(payment.path, "captured_at") else None


def _bought_at(account: Account, payment: Payment) -> int | None:
    """Return when the first of what a payment paid for was bought (ns), None where it paid for nothing."""
    plan = account.plan_of(payment)
    charged = [] if plan is None or plan.charged_at is None else [plan.charged_at]
    return min([*(lot.purchased_at for lot in account.lots_of(payment)), *charged], default=None)
