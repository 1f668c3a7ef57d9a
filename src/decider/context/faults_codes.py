"""Faults of single values that need a catalogue: currencies, countries, time zones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from decider.bundle.formats import is_zone
from decider.context.account import Account
from decider.context.codes import is_country, is_currency
from decider.context.faults import Faults
from decider.context.records import Money, read_money

__all__ = ["check_codes"]


def check_codes(account: Account, aliases: Mapping[str, str], faults: Faults) -> None:
    """Find codes that name no currency, country or zone; `aliases` are country codes that the law's data reads too."""
    for path, money in _money(account):
        field = f"{path}.currency_code"
        if not is_currency(money.currency) and faults.sound(field):
            faults.add(field, "not an active ISO 4217 currency code")
    customer = account.facts.customer
    country, zone = "facts.customer.country_code", "facts.customer.time_zone"
    if customer.country_code and not is_country(customer.country_code, aliases) and faults.sound(country):
        faults.add(country, "not an ISO 3166-1 alpha-2 country code")
    if customer.time_zone and not is_zone(customer.time_zone) and faults.sound(zone):
        faults.add(zone, "not an IANA time zone")


def _money(account: Account) -> Iterator[tuple[str, Money]]:
    """Yield every amount that is told, with its path."""
    if account.request.HasField("requested_amount"):
        yield "request.requested_amount", read_money(account.request.requested_amount)
    if account.facts.agreement.HasField("minimum"):
        yield "facts.agreement.minimum", read_money(account.facts.agreement.minimum)
    for path, money in _amounts(account):
        if money is not None:
            yield path, money


def _amounts(account: Account) -> Iterator[tuple[str, Money | None]]:
    for lot in account.lots:
        yield f"{lot.path}.base_price", lot.base_price
        yield f"{lot.path}.fee", lot.fee
        yield f"{lot.path}.tax", lot.tax
    if account.plan is not None:
        yield f"{account.plan.path}.amount", account.plan.amount
    for payment in account.payments:
        yield f"{payment.path}.captured", payment.captured
        yield f"{payment.path}.expected", payment.expected
        yield f"{payment.path}.dispute.amount", payment.dispute_amount
        for refund in payment.refunds:
            yield f"{refund.path}.amount", refund.amount
