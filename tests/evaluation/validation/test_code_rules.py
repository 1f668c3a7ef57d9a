"""Faults of single values: zones, countries, currencies, and what must be told."""

from __future__ import annotations

import pytest

from support.faulty import Row, fields_of
from support.sample import money

ROWS: dict[str, Row] = {
    "no base price": ({}, ("facts.lots.0.base_price",), ["facts.lots[0].base_price"]),
    "no base credits": ({"facts.lots.0.base_micros": 0}, (), ["facts.lots[0].base_micros"]),
    "zone": ({"facts.customer.time_zone": "Europe/Atlantis"}, (), ["facts.customer.time_zone"]),
    "country": ({"facts.customer.country_code": "QQ"}, (), ["facts.customer.country_code"]),
    "country in lower case": ({"facts.customer.country_code": "de"}, (), ["facts.customer.country_code"]),
    "EL": ({"facts.customer.country_code": "EL"}, (), []),
    "UK": ({"facts.customer.country_code": "UK"}, (), []),
    "region": ({"facts.customer.country_code": "DE", "facts.customer.subdivision_code": "DE-BY"}, (), []),
    "region of EL": ({"facts.customer.country_code": "EL", "facts.customer.subdivision_code": "EL-I"}, (), []),
    "region of GB read from UK": (
        {"facts.customer.country_code": "GB", "facts.customer.subdivision_code": "UK-SCT"},
        (),
        [],
    ),
    "region of UK written as of GB": (
        {"facts.customer.country_code": "UK", "facts.customer.subdivision_code": "GB-SCT"},
        (),
        [],
    ),
    "unknown region": (
        {"facts.customer.country_code": "DE", "facts.customer.subdivision_code": "DE-XX"},
        (),
        ["facts.customer.subdivision_code"],
    ),
    "region of another country": (
        {"facts.customer.country_code": "AT", "facts.customer.subdivision_code": "DE-BY"},
        (),
        ["facts.customer.subdivision_code"],
    ),
    "region without its country": (
        {"facts.customer.subdivision_code": "DE-BY"},
        ("facts.customer.country_code",),
        ["facts.customer.subdivision_code"],
    ),
    "region of a country that is at fault": (
        {"facts.customer.country_code": "QQ", "facts.customer.subdivision_code": "DE-BY"},
        (),
        ["facts.customer.country_code"],
    ),
    "currency of a price": (
        {"facts.lots.0.base_price.currency_code": "XXX"},
        (),
        ["facts.lots[0].base_price.currency_code"],
    ),
    "old currency": (
        {"facts.payments.0.captured.currency_code": "DEM"},
        (),
        ["facts.payments[0].captured.currency_code"],
    ),
    "currency in lower case": (
        {"request.requested_amount": money(1, "usd")},
        (),
        ["request.requested_amount.currency_code"],
    ),
    "currency of the agreement": (
        {"facts.agreement": {"minimum": money(1, "XAU")}},
        (),
        ["facts.agreement.minimum.currency_code"],
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_each_fault_names_its_field(name: str) -> None:
    change, unset, expected = ROWS[name]

    assert fields_of(change, *unset) == expected
