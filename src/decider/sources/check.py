"""Checks a source without an order: its databases, what their roles may do, and the columns of each query."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, text

from decider.errors import FactsUnavailable, Violation
from decider.sources.databases import Database, QueryRefused, SerializationFailure, Snapshot
from decider.sources.definition import Statement
from decider.sources.queries import QUERIES, SAMPLE
from decider.sources.rows import column_faults, read_rows
from decider.sources.source import Source

__all__ = ["SourceReport", "check_source", "newest_orders"]

_SECOND = 1_000_000_000
_CLOCKS_APART_S = 5
_LOOPBACK = frozenset({"", "localhost", "127.0.0.1", "::1"})
_SUPERUSER = text("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
_WRITABLE = text(
    "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema') "
    "AND has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')"
)


@dataclass
class SourceReport:
    """What a check found. `costs` says what cannot be decided without the queries that are declared absent."""

    faults: list[Violation] = field(default_factory=list)
    warnings: list[Violation] = field(default_factory=list)
    costs: list[Violation] = field(default_factory=list)


def check_source(source: Source, timeout_s: float) -> SourceReport:
    """Connect to each database and run each query with NULL for every parameter."""
    report = SourceReport()
    until = time.monotonic() + timeout_s
    definition = source.definition
    for name, database in source.databases.items():
        statements = [one for one in definition.statements.values() if one.database == name]
        try:
            with database.snapshot(until) as snapshot:
                report.warnings += _warnings(database, snapshot)
            for statement in statements:  # each alone, because PostgreSQL runs nothing after a query that it refuses
                with database.snapshot(until) as snapshot:
                    report.faults += _query_faults(snapshot, statement)
        except FactsUnavailable as away:
            report.faults.append(Violation(f"databases.{name}", away.message))
        except SerializationFailure:
            report.faults.append(Violation(f"databases.{name}", "could not keep its snapshot; try again"))
    report.costs = [Violation(QUERIES[name].file, QUERIES[name].absence) for name in definition.absent]
    return report


def newest_orders(source: Source, count: int, timeout_s: float) -> Sequence[tuple[str, str]]:
    """Return the account (empty if unknown) and the order of the first `count` rows of sample.sql.

    Raises FactsUnavailable, QueryRefused or SerializationFailure, and KeyError without that query.
    """
    statement = source.definition.statements[SAMPLE.name]
    some = replace(statement, query=replace(SAMPLE, rows=count))
    faults: list[Violation] = []
    with source.databases[statement.database].snapshot(time.monotonic() + timeout_s) as snapshot:
        raw = snapshot.rows(some, dict.fromkeys(statement.parameters))
    rows = read_rows(some.query, replace(raw, rows=raw.rows[:count]), None, faults)
    return [(row.values.get("account_id", ""), row.values["order_ref"]) for row in rows]


def _query_faults(snapshot: Snapshot, statement: Statement) -> Iterator[Violation]:
    query = statement.query
    values: dict[str, object] = dict.fromkeys(statement.parameters)
    if "usage_event_ids" in values:
        values["usage_event_ids"] = [""]
    try:
        raw = snapshot.rows(statement, values)
    except QueryRefused as refused:
        yield Violation(query.file, f"the database refuses this query: {refused.told}")
    else:
        yield from column_faults(query, raw.columns)


def _warnings(database: Database, snapshot: Snapshot) -> Iterator[Violation]:
    definition, at = database.definition, f"databases.{database.definition.name}"
    apart = abs(time.time_ns() - snapshot.taken_at.ToNanoseconds()) / _SECOND
    if apart > _CLOCKS_APART_S:
        yield Violation(at, f"its clock, or its replica, is {apart:.0f} s from this machine's clock")
    if definition.url.get_backend_name() == "postgresql":
        yield from (Violation(at, told) for told in _role(snapshot.connection))
        host, mode = definition.url.host or "", definition.url.query.get("sslmode")
        if host not in _LOOPBACK and not host.startswith("/") and mode != "verify-full":
            yield Violation(at, "its connection does not prove the server's identity; add ?sslmode=verify-full")


def _role(connection: Connection) -> Iterator[str]:
    if connection.execute(_SUPERUSER).scalar():
        yield "its role is a superuser; use a role that may only SELECT"
    elif tables := connection.execute(_WRITABLE).scalar():
        yield f"its role may write to {tables} table(s); use a role that may only SELECT"
