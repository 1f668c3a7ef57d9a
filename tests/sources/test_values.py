"""Every malformed row is refused with its query, row, id and column, and with what to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from decider.errors import FactsInvalid
from sources.conftest import Load

LOT = {
    "id": "'lot-1'",
    "order_ref": "'ORD-BEN-1'",
    "payment_id": "'pay-ben-1'",
    "category": "'paid'",
    "purchased_at": "1795729806",
    "currency": "'usd'",
    "base_price_minor": "10000",
    "base_micros": "100000000",
}
AT = "lots.sql row 1 (id=lot-1): "

# What replaces the columns of a good lot (None: left out), and the column and message of the fault.
FAULTS: dict[str, tuple[dict[str, str | None], str, str]] = {
    "a float as minor units": (
        {"base_price_minor": "6.935"},
        "base_price_minor",
        "needs a whole number, got a float, 6.935; cast it: CAST(ROUND(x * 100) AS BIGINT) AS base_price_minor",
    ),
    "a float as money": (
        {"base_price_minor": None, "base_price": "6.93"},
        "base_price",
        (
            "needs a decimal number or a text like '12.34', got a float, 6.93 "
            "(SQLite returns every numeric as a float); "
            "cast it: CAST(ROUND(x * 100) AS BIGINT) AS base_price_minor"
        ),
    ),
    "more decimals than the currency has": (
        {"base_price_minor": None, "base_price": "'6.935'"},
        "base_price",
        "has more decimals than USD, which has 2: 6.935; round it in SQL",
    ),
    "decimals of a currency without them": (
        {"base_price_minor": None, "base_price": "'6.5'", "currency": "'JPY'"},
        "base_price",
        "has more decimals than JPY, which has 0: 6.5; round it in SQL",
    ),
    "no text of a decimal": (
        {"base_price_minor": None, "base_price": "'1,000.00'"},
        "base_price",
        (
            "needs a decimal number or a text like '12.34', got '1,000.00'; "
            "cast it: CAST(ROUND(x * 100) AS BIGINT) AS base_price_minor"
        ),
    ),
    "an unknown currency": (
        {"currency": "'ZZZ'"},
        "currency",
        "needs a currency code of ISO 4217, such as 'USD', got 'ZZZ'",
    ),
    "money without a currency": (
        {"currency": None},
        "base_price_minor",
        "needs its currency in the column currency",
    ),
    "a float as micros": (
        {"base_micros": "1.5"},
        "base_micros",
        "needs a whole number, got a float, 1.5; cast it: CAST(FLOOR(x * 1000000) AS BIGINT) AS base_micros",
    ),
    "a float as credits": (
        {"base_micros": None, "base_credits": "1.5"},
        "base_credits",
        (
            "needs a decimal number or a text like '12.34', got a float, 1.5 "
            "(SQLite returns every numeric as a float); "
            "cast it: CAST(FLOOR(x * 1000000) AS BIGINT) AS base_micros"
        ),
    ),
    "credits finer than a micro": (
        {"base_micros": None, "base_credits": "'0.0000001'"},
        "base_credits",
        "has more than 6 decimals: '0.0000001'; floor it in SQL",
    ),
    "a time of 0": ({"purchased_at": "0"}, "purchased_at", "is 0, which is no time; write NULLIF(x, 0)"),
    "milliseconds": (
        {"purchased_at": "1795729806000"},
        "purchased_at",
        "looks like milliseconds: 1795729806000; write x / 1000",
    ),
    "a time before 1970": ({"purchased_at": "-1"}, "purchased_at", "is before 1970: -1"),
    "a time without an offset": (
        {"purchased_at": "'2026-11-26T09:00:00'"},
        "purchased_at",
        (
            "has no offset: 2026-11-26 09:00:00; add one in SQL (x AT TIME ZONE 'UTC'), or state the time zone of its "
            "database in source.yaml"
        ),
    ),
    "a day": (
        {"purchased_at": "'2026-11-26'"},
        "purchased_at",
        "needs a time with its offset, such as '2026-06-11T09:00:00Z', or whole seconds since 1970, got '2026-11-26'",
    ),
    "a float as a time": (
        {"purchased_at": "1795729806.5"},
        "purchased_at",
        (
            "needs a time with its offset, such as '2026-06-11T09:00:00Z', or whole seconds since 1970, "
            "got a float, 1795729806.5"
        ),
    ),
    "an unknown name": (
        {"category": "'status 5'"},
        "category",
        "needs one of paid, promotional, service, got 'status 5'; map it with CASE",
    ),
    "a name that means unknown": (
        {"category": "'unspecified'"},
        "category",
        "needs one of paid, promotional, service, got 'unspecified'; map it with CASE",
    ),
    "a number as a name": (
        {"category": "1"},
        "category",
        "needs one of paid, promotional, service, got 1; map it with CASE",
    ),
    "2 as a boolean": (
        {"fee_kept_by_third_party": "2"},
        "fee_kept_by_third_party",
        "needs a boolean, 0 or 1, got 2; write x = 1 or CASE WHEN",
    ),
    "a text as a boolean": (
        {"fee_kept_by_third_party": "'yes'"},
        "fee_kept_by_third_party",
        "needs a boolean, 0 or 1, got 'yes'; write x = 1 or CASE WHEN",
    ),
    "a float as an id": (
        {"order_ref": "7.0"},
        "order_ref",
        "needs a text, a whole number or a uuid, got a float, 7.0; cast it to text in SQL",
    ),
    "bytes as an id": (
        {"order_ref": "X'00'"},
        "order_ref",
        "needs a text, a whole number or a uuid, got bytes; cast it to text in SQL",
    ),
    "an address where none belongs": (
        {"category": "'ben@example.com'"},
        "category",
        "needs one of paid, promotional, service, got a text with an address; map it with CASE",
    ),
    "a float as a number": (
        {"draw_priority": "1.0"},
        "draw_priority",
        "needs a whole number, got a float, 1.0; cast it: CAST(x AS BIGINT)",
    ),
    "a number of more than 32 bits": (
        {"draw_priority": "2147483648"},
        "draw_priority",
        "must be -2147483648 to 2147483647, got 2147483648",
    ),
    "NULL where a value is required": ({"category": "NULL"}, "category", "is required, and NULL"),
}


def lots(change: dict[str, str | None]) -> str:
    columns = {**LOT, **change}
    return "SELECT " + ", ".join(f"{value} AS {name}" for name, value in columns.items() if value is not None)


@pytest.mark.parametrize(("change", "column", "message"), FAULTS.values(), ids=FAULTS.keys())
def test_a_malformed_cell_is_refused(load: Load, change: dict[str, str | None], column: str, message: str) -> None:
    with pytest.raises(FactsInvalid) as raised:
        load(lots=lots(change), consents="SELECT NULL AS lot_id LIMIT 0")

    assert [(fault.field, fault.description) for fault in raised.value.violations] == [(AT + column, message)]


# Queries that replace those of the source, and the fault.
SHAPES: dict[str, tuple[dict[str, str], str, str]] = {
    "an unknown column": (
        {"risk": "SELECT 'none' AS fraudd"},
        "risk.sql: fraudd",
        "no such column; did you mean fraud?",
    ),
    "a column twice": (
        {"risk": "SELECT 'none' AS fraud, 'none' AS fraud"},
        "risk.sql: fraud",
        "is returned 2 times; name each column once",
    ),
    "a required column is missing": (
        {"disputes": "SELECT 'won' AS status LIMIT 0"},
        "disputes.sql: payment_id",
        "is required, and the query does not return it",
    ),
    "money in two units": (
        {"agreement": "SELECT 'a' AS id, 'USD' AS currency, 1 AS minimum_minor, '1' AS minimum LIMIT 0"},
        "agreement.sql: minimum",
        "is returned beside minimum_minor; return one of them",
    ),
    "a second row": (
        {"risk": "SELECT 'none' AS fraud UNION ALL SELECT 'none'"},
        "risk.sql",
        "returns more than 1 row(s); one request can have no more",
    ),
    "a 1,001st row": (
        {
            "agreement_orders": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1001) "
            "SELECT 'ORD-' || i AS order_ref FROM n",
            "agreement": "SELECT 'agr' AS id, 'refundable' AS terms",
        },
        "agreement_orders.sql",
        "returns more than 1000 row(s); one request can have no more",
    ),
    "a second dispute": (
        {"disputes": "SELECT 'pay-ben-1' AS payment_id, 'won' AS status UNION ALL SELECT 'pay-ben-1', 'lost'"},
        "disputes.sql row 2 (payment_id=pay-ben-1): payment_id",
        "is the second dispute of this payment; choose the worst in SQL",
    ),
    "a second consent": (
        {"consents": "SELECT 'lot-ben-1' AS lot_id, 'v1' AS text_version UNION ALL SELECT 'lot-ben-1', 'v2'"},
        "consents.sql row 2 (lot_id=lot-ben-1): lot_id",
        "is the second consent for the same purchase; choose in SQL",
    ),
    "a consent for no lot": (
        {"consents": "SELECT 'lot-x' AS lot_id"},
        "consents.sql row 1 (lot_id=lot-x): lot_id",
        "lots.sql returns no lot with this id",
    ),
    "a refund of no payment": (
        {"refunds": "SELECT 're-1' AS id, 'pay-x' AS payment_id, 'failed' AS status"},
        "refunds.sql row 1 (id=re-1): payment_id",
        "payments.sql returns no payment with this id",
    ),
    "an address that is no text": (
        {"verified_emails": "SELECT 7 AS email"},
        "verified_emails.sql row 1: email",
        "needs a text, got a value of type int",
    ),
    "a statement that the database does not know": (
        {"risk": "SELECT fraud FROM no_such_table"},
        "risk.sql",
        "the database refuses this query (SQLITE_ERROR); `decider facts check` tells why",
    ),
}


@pytest.mark.parametrize(("queries", "field", "message"), SHAPES.values(), ids=SHAPES.keys())
def test_rows_that_do_not_fit_are_refused(load: Load, queries: dict[str, str], field: str, message: str) -> None:
    with pytest.raises(FactsInvalid) as raised:
        load(**queries)

    assert [(fault.field, fault.description) for fault in raised.value.violations] == [(field, message)]


def test_all_faults_are_in_one_answer(load: Load) -> None:
    with pytest.raises(FactsInvalid) as raised:
        load(
            lots=lots({"category": "'x'", "base_micros": "1.5"}),
            risk="SELECT 'none' AS fraudd",
            consents="SELECT NULL AS lot_id LIMIT 0",
        )

    assert [fault.field for fault in raised.value.violations] == [
        "risk.sql: fraudd",
        f"{AT}category",
        f"{AT}base_micros",
    ]


def test_an_address_as_id_is_not_told(load: Load) -> None:
    with pytest.raises(FactsInvalid) as raised:
        load(lots=lots({"id": "'ben@example.com'", "category": "'x'"}), consents="SELECT NULL AS lot_id LIMIT 0")

    assert "@" not in str(raised.value)
    assert [fault.field for fault in raised.value.violations] == ["lots.sql row 1: category"]


GOOD: dict[str, tuple[dict[str, str | None], str, object]] = {
    "a decimal text": ({"base_price_minor": None, "base_price": "'6.90'"}, "base_price.amount_minor", 690),
    "a currency in small letters": ({}, "base_price.currency_code", "USD"),
    "credits as a text": ({"base_micros": None, "base_credits": "'1.5'"}, "base_micros", 1_500_000),
    "a whole number as an id": ({"sold_by": "7"}, "sold_by", "7"),
    "a boolean as 1": ({"fee_kept_by_third_party": "1"}, "fee_kept_by_third_party", True),
    "a name in capitals": ({"category": "'PAID'"}, "category", 1),
    "a time with an offset": ({"expires_at": "'2026-12-01T01:00:00+01:00'"}, "expires_at.seconds", 1_796_083_200),
    "NULL in an optional column": ({"sold_by": "NULL"}, "sold_by", ""),
}


@pytest.mark.parametrize(("change", "field", "value"), GOOD.values(), ids=GOOD.keys())
def test_a_well_formed_cell_is_read(load: Load, change: dict[str, str | None], field: str, value: object) -> None:
    loaded = load(lots=lots(change), consents="SELECT NULL AS lot_id LIMIT 0")

    found: object = loaded.facts.lots[0]
    for name in field.split("."):
        found = getattr(found, name)
    assert found == value


def test_a_time_without_an_offset_is_read_in_the_zone_of_its_database(load: Load, source: Path) -> None:
    file = source / "source.yaml"
    file.write_text(file.read_text().replace('billing.db"}', 'billing.db", timezone: Europe/Berlin}'))
    none = "SELECT NULL AS lot_id LIMIT 0"

    loaded = load(lots=lots({"purchased_at": "'2026-06-11 09:00:00'"}), consents=none)
    assert loaded.facts.lots[0].purchased_at.ToJsonString() == "2026-06-11T07:00:00Z"

    with pytest.raises(FactsInvalid, match="falls into a change of clocks in Europe/Berlin"):
        load(lots=lots({"purchased_at": "'2026-10-25 02:30:00'"}), consents=none)
