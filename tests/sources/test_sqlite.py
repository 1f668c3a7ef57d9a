"""SQLite as a database of a source: one snapshot a load, no writing, an end at the deadline."""

from __future__ import annotations

import sqlite3
import threading
import time
from pathlib import Path

import pytest

from decider.errors import FactsInvalid, FactsUnavailable, InvalidFacts, OrderNotFound
from decider.sources import Asked, open_source
from decider.sources.databases import Snapshot
from sources.conftest import REQUESTED_AT, Load

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT 'none' AS fraud FROM n WHERE i < 0"


def database(source: Path) -> Path:
    return source.parents[2] / "build" / "billing.db"


def rows(source: Path, table: str) -> int:
    with sqlite3.connect(database(source)) as connection:
        (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 (a table of ours)
    connection.close()
    return int(count)


WRITES = {
    "delete": "DELETE FROM refunds",
    "delete and return": "DELETE FROM refunds RETURNING 'none' AS fraud",
    "several statements": "SELECT 'none' AS fraud; DELETE FROM refunds",
    "attach": "ATTACH 'made.db' AS made",
    "pragma": "PRAGMA query_only = 0",
    "temporary table": "CREATE TEMP TABLE t (x)",
    "vacuum into": "VACUUM INTO 'made.db'",
}


@pytest.mark.parametrize("statement", WRITES.values(), ids=WRITES.keys())
def test_nothing_but_reading_is_possible(
    source: Path, load: Load, statement: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = rows(source, "refunds")

    with pytest.raises(FactsInvalid, match=r"risk.sql: the database refuses this query"):
        load(risk=statement)

    assert rows(source, "refunds") == before
    assert not (tmp_path / "made.db").exists()


def test_all_queries_see_one_state(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with sqlite3.connect(database(source)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    real = Snapshot.rows
    seen: list[object] = []

    def between(self: Snapshot, *given: object) -> object:
        found = real(self, *given)  # type: ignore[arg-type]
        if not seen:
            seen.append(found)
            with sqlite3.connect(database(source)) as writer:
                writer.execute("UPDATE credit_lots SET used_micros = base_micros")
            writer.close()
        return found

    monkeypatch.setattr(Snapshot, "rows", between)
    with open_source(source) as opened:
        asked = Asked("ada", "ORD-ADA-1", REQUESTED_AT)
        assert opened.load_now(asked, time.monotonic() + 10).facts.lots[0].used_micros == 0
        assert opened.load_now(asked, time.monotonic() + 10).facts.lots[0].used_micros == 100_000_000
    connection.close()


def test_the_deadline_ends_a_query(source: Path) -> None:
    (source / "risk.sql").write_text(ENDLESS)
    with open_source(source) as opened, pytest.raises(FactsUnavailable) as raised:
        opened.load_now(Asked("ben", "ORD-BEN-1", REQUESTED_AT), time.monotonic() + 0.2)

    assert raised.value.message == "the database billing does not answer (SQLITE_INTERRUPT)"


async def test_a_load_waits_for_a_thread_within_its_deadline(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = source / "source.yaml"
    file.write_text(file.read_text().replace('billing.db"', 'billing.db", pool_size: 1'))
    free = threading.Event()
    real = Snapshot.rows

    def held(self: Snapshot, *given: object) -> object:
        free.wait(timeout=60)
        return real(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(Snapshot, "rows", held)
    with open_source(source) as opened:
        for _ in range(2):
            with pytest.raises(FactsUnavailable) as raised:
                await opened.load(Asked("ben", "ORD-BEN-1", REQUESTED_AT), 0.1)
            assert raised.value.message == "the facts were not loaded within the deadline"
        free.set()
        loaded = await opened.load(Asked("ben", "ORD-BEN-1", REQUESTED_AT), 60)
    assert loaded.account_id == "ben"


def test_a_database_that_is_not_there_is_unavailable(source: Path, load: Load) -> None:
    database(source).unlink()

    with pytest.raises(FactsUnavailable) as raised:
        load()

    assert raised.value.message == "the database billing does not answer (SQLITE_CANTOPEN)"
    assert not database(source).exists()


def test_the_account_of_an_order_is_found(load: Load) -> None:
    assert load("").account_id == "ben"


@pytest.mark.parametrize(
    ("account_id", "order_ref"),
    [
        ("ben", "ORD-ADA-1"),
        ("BEN", "ORD-BEN-1"),
        (" ben", "ORD-BEN-1"),
        ("nobody", "ORD-BEN-1"),
        ("ben", "ORD-X"),
        ("", "ORD-X"),
    ],
)
def test_an_order_of_another_account_is_not_found(load: Load, account_id: str, order_ref: str) -> None:
    with pytest.raises(OrderNotFound) as raised:
        load(account_id, order_ref)

    assert raised.value.message == "the account has no such order"


def without_order(source: Path) -> None:
    (source / "order.sql").unlink()
    file = source / "source.yaml"
    file.write_text(file.read_text().replace("[ledger]", "[ledger, order]"))


def test_a_source_that_finds_no_account_needs_it(source: Path, load: Load) -> None:
    without_order(source)

    assert load("ben").account_id == "ben"
    with pytest.raises(InvalidFacts) as raised:
        load("")
    assert [fault.field for fault in raised.value.violations] == ["order.account_id"]


@pytest.mark.parametrize("order_ref", ["ORD-ADA-1", "ORD-X"])
def test_an_order_that_no_lot_and_no_plan_names_is_not_found(source: Path, load: Load, order_ref: str) -> None:
    without_order(source)

    with pytest.raises(OrderNotFound):
        load("ben", order_ref)


@pytest.mark.parametrize("found", ["07", " 7 ", "7.0"])
def test_the_account_must_be_found_byte_for_byte(load: Load, found: str) -> None:
    account = "SELECT 7 AS id, 'active' AS status"
    with pytest.raises(OrderNotFound):
        load(found, order=f"SELECT '{found}' AS account_id", account=account)


def test_only_contested_usage_events_are_asked_for(load: Load) -> None:
    assert list(load("dee", "ORD-DEE-1").facts.usage_events) == []
    events = load("dee", "ORD-DEE-1", "req-dee-2", "req-dee-1", "unknown").facts.usage_events
    assert [event.id for event in events] == ["req-dee-1", "req-dee-2"]


def test_a_query_gets_the_time_of_the_request_and_the_constants(source: Path, load: Load) -> None:
    file = source / "source.yaml"
    file.write_text(file.read_text() + "parameters: {suspicion: confirmed}\n")
    loaded = load(
        risk="SELECT :suspicion AS fraud, "
        "CASE WHEN unixepoch(:requested_at) = :requested_at_epoch THEN 'suspected' END AS tos_violation"
    )

    assert (loaded.facts.risk.fraud, loaded.facts.risk.tos_violation) == (3, 2)


def test_two_databases_are_two_snapshots(source: Path, seeded: Path) -> None:
    file = source / "source.yaml"
    file.write_text(
        file.read_text().replace("databases:", f'databases:\n  disputes: {{url: "sqlite:///{seeded}"}}')
        + "queries:\n"
        + "".join(f"  {one.stem}: {{database: billing}}\n" for one in source.glob("*.sql") if one.stem != "disputes")
    )
    with sqlite3.connect(database(source)) as connection:
        connection.execute("DROP TABLE disputes")
    connection.close()
    with open_source(source) as opened:
        loaded = opened.load_now(Asked("quin", "ORD-QUIN-1", REQUESTED_AT), time.monotonic() + 10)

    assert loaded.facts.payments[0].HasField("dispute")


def test_a_violation_is_located_in_the_facts_and_in_the_source(load: Load) -> None:
    from decider.errors import Violation

    loaded = load("pam", "ORD-PAM-1")

    def located(path: str) -> str:
        return loaded.located(Violation(path, "")).field

    assert located("facts.lots[0].base_price") == "facts.lots[0].base_price (lots.sql row 1)"
    assert located("facts.payments[0].dispute.amount") == "facts.payments[0].dispute.amount (disputes.sql row 1)"
    assert located("facts.payments[0].refunds") == "facts.payments[0].refunds (payments.sql row 1)"
    assert located("facts.lots") == "facts.lots (lots.sql)"
    assert located("facts.account.verified_emails[0]") == "facts.account.verified_emails[0] (verified_emails.sql row 1)"
    assert located("request.order_ref") == "request.order_ref"
