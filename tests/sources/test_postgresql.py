"""PostgreSQL as a database of a source: it is read only in depth, and gives the same facts as SQLite."""

from __future__ import annotations

import re
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import psycopg
import pytest
from psycopg import sql

from decider.errors import FactsInvalid, FactsUnavailable, OrderNotFound
from decider.sources import Asked, LoadedFacts, open_source
from decider.sources.check import check_source
from sources.conftest import REQUESTED_AT
from support.billing import BILLING, billing_source
from support.postgres import MISSING, cluster, programs

pytestmark = pytest.mark.skipif(programs() is None, reason=MISSING)

Loads: TypeAlias = Callable[..., LoadedFacts]
NUMBERED = "CREATE TABLE numbered (id integer PRIMARY KEY, at timestamptz, price numeric, email text)"


@pytest.fixture(scope="module")
def server(seeded: Path) -> Iterator[str]:
    """Run a cluster with the tables and rows of the reference schema, and a role that may only read."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # short, because the path of a socket is
    try:
        with cluster(folder) as url:
            with psycopg.connect(url) as connection:
                connection.execute((BILLING / "schema.sql").read_text().replace(" INTEGER", " bigint"))
                copy(seeded, connection)
                connection.execute(NUMBERED)
                connection.execute("INSERT INTO numbered VALUES (7, '2026-06-11 09:00:00+00', 6.90, 'a@example.com')")
                connection.execute("CREATE ROLE reader LOGIN")
                connection.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")
            yield url
    finally:
        shutil.rmtree(folder)


def copy(seeded: Path, connection: psycopg.Connection) -> None:
    """Copy all rows of the seeded database."""
    connection.execute("SET session_replication_role = replica")  # in any order
    with sqlite3.connect(seeded) as lite:
        for (table,) in lite.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            rows = lite.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 (a table of ours)
            if rows:
                marks = sql.SQL(", ").join([sql.Placeholder()] * len(rows[0]))
                insert = sql.SQL("INSERT INTO {} VALUES ({})").format(sql.Identifier(table), marks)
                connection.cursor().executemany(insert, rows)
    lite.close()


@pytest.fixture
def postgres(source: Path, server: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The source of the reference schema over PostgreSQL, as a role that may only read."""
    monkeypatch.setenv("BILLING_DSN", server.replace("owner@", "reader@"))
    file = source / "source.yaml"
    file.write_text(re.sub(r"url: .*}", "url_env: BILLING_DSN}", file.read_text()))
    return source


def loaded(source: Path, account_id: str = "ben", order_ref: str = "ORD-BEN-1", **queries: str) -> LoadedFacts:
    for name, text in queries.items():
        (source / f"{name}.sql").write_text(text)
    with open_source(source) as opened:
        return opened.load_now(Asked(account_id, order_ref, REQUESTED_AT, ("req-dee-1",)), time.monotonic() + 10)


def test_gives_the_same_facts_as_sqlite(postgres: Path, tmp_path: Path, seeded: Path) -> None:
    lite = billing_source(tmp_path / "lite", seeded)
    with sqlite3.connect(seeded) as connection:
        orders = connection.execute(
            "SELECT account_id, order_ref FROM credit_lots WHERE order_ref IS NOT NULL "
            "UNION SELECT account_id, order_ref FROM subscriptions"
        ).fetchall()
    connection.close()
    with open_source(lite) as on_lite, open_source(postgres) as on_postgres:
        for account_id, order_ref in orders:
            asked = Asked(account_id, order_ref, REQUESTED_AT, ("req-dee-1", "req-dee-2"))
            found = [one.load_now(asked, time.monotonic() + 10) for one in (on_lite, on_postgres)]
            for one in found:
                one.facts.ledger.ClearField("taken_at")
            assert found[0].facts == found[1].facts
            assert found[0].origins == found[1].origins


def test_the_time_of_the_snapshot_is_that_of_the_database(postgres: Path) -> None:
    before = time.time_ns()

    taken_at = loaded(postgres).facts.ledger.taken_at.ToNanoseconds()

    assert abs(taken_at - before) < 60_000_000_000


@pytest.mark.parametrize("role", ["reader", "owner"])
def test_a_text_of_several_statements_is_refused(
    postgres: Path, server: str, role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BILLING_DSN", server.replace("owner@", f"{role}@"))

    with pytest.raises(FactsInvalid, match=r"risk.sql: the database refuses this query \(42601\)"):
        loaded(postgres, risk="SELECT 'none' AS fraud; COMMIT; BEGIN; DELETE FROM numbered; COMMIT")

    with psycopg.connect(server) as connection:
        assert connection.execute("SELECT count(*) FROM numbered").fetchone() == (1,)


def test_even_the_owner_cannot_write(postgres: Path, server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BILLING_DSN", server)

    with pytest.raises(FactsInvalid, match=r"\(25006\)"):
        loaded(postgres, risk="WITH gone AS (DELETE FROM numbered RETURNING 'none' AS fraud) SELECT fraud FROM gone")

    with psycopg.connect(server) as connection:
        assert connection.execute("SELECT count(*) FROM numbered").fetchone() == (1,)


@pytest.mark.parametrize("account_id", ["07", " 7 ", "x", "99999999999", ""])
def test_the_account_must_be_found_byte_for_byte(postgres: Path, account_id: str) -> None:
    (postgres / "order.sql").unlink()
    stated = (postgres / "source.yaml").read_text().replace("[ledger]", "[ledger, order]")
    (postgres / "source.yaml").write_text(stated)
    account = "SELECT id, 'active' AS status FROM numbered WHERE id = :account_id"
    lots = (
        "SELECT 'lot' AS id, 'ORD-7' AS order_ref, 'paid' AS category, at AS purchased_at, price AS base_price, "
        "'usd' AS currency, '1.5' AS base_credits FROM numbered"
    )
    found = loaded(postgres, "7", "ORD-7", account=account, lots=lots)
    lot = found.facts.lots[0]
    assert (lot.base_price.amount_minor, lot.purchased_at.ToJsonString()) == (690, "2026-06-11T09:00:00Z")

    if account_id:
        with pytest.raises(OrderNotFound):
            loaded(postgres, account_id, "ORD-7")


def test_a_value_of_the_wrong_type_elsewhere_is_a_fault_of_the_query(postgres: Path) -> None:
    with pytest.raises(FactsInvalid, match=r"risk.sql: the database refuses this query \(22P02\)"):
        loaded(postgres, risk="SELECT 'none' AS fraud FROM numbered WHERE CAST(email AS integer) = 1")


@pytest.mark.parametrize("time", ["infinity", "0044-03-15 BC"])
def test_a_time_that_python_does_not_know_is_a_fault_of_the_query(postgres: Path, time: str) -> None:
    lots = f"SELECT 'lot' AS id, 'service' AS category, CAST('{time}' AS timestamptz) AS purchased_at"

    with pytest.raises(FactsInvalid, match=r"lots.sql: the database refuses this query \(DataError\)"):
        loaded(postgres, lots=lots)


def test_what_is_no_number_is_refused(postgres: Path) -> None:
    lots = (
        "SELECT 'lot' AS id, 'service' AS category, now() AS purchased_at, CAST('NaN' AS numeric) AS base_credits, "
        "CAST('{}' AS jsonb) AS order_ref, 1.5 AS used_micros, CAST(1.5 AS float8) AS bonus_credits"
    )
    with pytest.raises(FactsInvalid) as raised:
        loaded(postgres, lots=lots, consents="SELECT NULL AS lot_id LIMIT 0")

    columns = ["base_credits", "order_ref", "used_micros", "bonus_credits"]
    assert [fault.field for fault in raised.value.violations] == [f"lots.sql row 1 (id=lot): {one}" for one in columns]


def test_a_slow_query_ends_with_the_statement_timeout(postgres: Path) -> None:
    stated = (postgres / "source.yaml").read_text().replace("BILLING_DSN}", "BILLING_DSN, statement_timeout: 100ms}")
    (postgres / "source.yaml").write_text(stated)

    with pytest.raises(FactsUnavailable, match=r"the database billing does not answer \(57014\)"):
        loaded(postgres, risk="SELECT 'none' AS fraud FROM pg_sleep(30)")


def test_a_database_that_is_away_is_unavailable(postgres: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BILLING_DSN", "postgresql://reader:secret@/postgres?host=/nonexistent")

    with pytest.raises(FactsUnavailable) as raised:
        loaded(postgres)

    assert raised.value.message == "the database billing does not answer"


def test_the_check_warns_of_roles_that_can_write(postgres: Path, server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def warnings() -> list[str]:
        with open_source(postgres) as opened:
            report = check_source(opened, 30)
        assert report.faults == []
        return [one.description for one in report.warnings]

    assert warnings() == []
    monkeypatch.setenv("BILLING_DSN", server)
    assert warnings() == ["its role is a superuser; use a role that may only SELECT"]


def test_the_check_tells_why_a_query_is_refused(postgres: Path) -> None:
    (postgres / "risk.sql").write_text("SELECT fraud FROM no_such_table")

    with open_source(postgres) as opened:
        report = check_source(opened, 30)

    assert [fault.field for fault in report.faults] == ["risk.sql"]
    assert 'relation "no_such_table" does not exist' in report.faults[0].description
