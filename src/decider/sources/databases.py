"""Reads databases and never writes to them: one snapshot a load, within a deadline, on SQLite and PostgreSQL.

| guard | SQLite | PostgreSQL |
|---|---|---|
| the connection cannot write | `mode=ro` | `default_transaction_read_only` |
| the transaction reads one state | BEGIN | REPEATABLE READ, READ ONLY |
| a text of several statements fails | the driver takes one | every statement is prepared (`prepare_threshold=0`) |
| nothing but reading | an authorizer | the role of the operator: `decider facts check` warns |
| the time is limited | a progress handler | `statement_timeout` |
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

import psycopg
from google.protobuf.timestamp_pb2 import Timestamp
from sqlalchemy import Connection, Engine, QueuePool, create_engine, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from decider.errors import FactsUnavailable
from decider.sources.definition import DatabaseDefinition, Statement
from decider.sources.rows import RawRows

__all__ = ["Database", "QueryRefused", "SerializationFailure", "Snapshot", "open_database"]

_AUTHORIZED = "authorized"
_CONNECT_S = 2.0
# How often SQLite asks whether the time is up, in steps of its virtual machine.
_STEPS = 2000
_READS = frozenset(
    {
        sqlite3.SQLITE_SELECT,
        sqlite3.SQLITE_READ,
        sqlite3.SQLITE_FUNCTION,
        sqlite3.SQLITE_RECURSIVE,
        sqlite3.SQLITE_TRANSACTION,
    }
)
# Errors of PostgreSQL that say that a value is no key of a table: invalid text, and a number out of range.
_NO_KEY = frozenset({"22P02", "22003"})
_SERIALIZATION = "40001"
# Errors of PostgreSQL by class: connection, resources, operator intervention, system. 55P03 is a lock not available.
_AWAY = frozenset({"08", "53", "57", "58"})
_LOCKED = "55P03"

_POSTGRESQL_BEGIN = text(
    "SELECT set_config('statement_timeout', :limit, true), set_config('lock_timeout', :limit, true), "
    "CAST(extract(epoch FROM coalesce(CASE WHEN pg_is_in_recovery() THEN pg_last_xact_replay_timestamp() END, now())) "
    "* 1000000 AS bigint)"
)


class QueryRefused(Exception):
    """A database does not run a query. `code` is its own error code; `told` is its text, which may quote data.

    `no_key` says that a parameter cannot be a key of the table, as the text x is none of a table of integers.
    """

    def __init__(self, code: str, told: str, *, no_key: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.told = told
        self.no_key = no_key


class SerializationFailure(Exception):
    """The database ended the transaction, because it could not keep the snapshot."""


class Database:
    """A database of a source, with its pool of connections. Safe for several threads."""

    def __init__(self, definition: DatabaseDefinition) -> None:
        self.definition = definition
        self._engine = self._open()

    @contextmanager
    def snapshot(self, until: float) -> Iterator[Snapshot]:
        """Hold a snapshot in the block; `until` is the deadline in monotonic seconds.

        Raises FactsUnavailable or SerializationFailure.
        """
        with _named_errors(self.definition.name):
            connection = self._engine.connect()
        try:
            with _named_errors(self.definition.name):
                connection.begin()
                taken_at = self._begin(connection, _left(until))
            yield Snapshot(self, connection, until, taken_at)
        finally:
            self._end(connection)
            connection.close()  # and rolls back

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def _limit_s(self, until: float) -> float:
        """Return how long the next statement may take."""
        return min(self.definition.statement_timeout_s, _left(until))

    def _pool(self) -> Mapping[str, Any]:
        return {"pool_size": self.definition.pool_size, "max_overflow": 0, "pool_timeout": _CONNECT_S}

    def _open(self) -> Engine:
        raise NotImplementedError

    def _begin(self, connection: Connection, limit_s: float) -> Timestamp:
        """Begin a snapshot whose statements take at most `limit_s` seconds; return its time."""
        raise NotImplementedError

    def _limit(self, connection: Connection, limit_s: float) -> None:
        """Limit the time of the next statement, where the database does not do so by itself."""

    def _end(self, connection: Connection) -> None:
        """Undo what is left of a snapshot at the connection."""


class Snapshot:
    """One consistent state of a database. `taken_at` is its time by the clock of the database."""

    def __init__(self, database: Database, connection: Connection, until: float, taken_at: Timestamp) -> None:
        self.connection = connection
        self.taken_at = taken_at
        self._database = database
        self._until = until

    def rows(self, statement: Statement, parameters: Mapping[str, object]) -> RawRows:
        """Run a query and fetch at most one row more than it may have.

        Raises FactsUnavailable, QueryRefused or SerializationFailure.
        """
        with _named_errors(self._database.definition.name):
            self._database._limit(self.connection, self._database._limit_s(self._until))  # noqa: SLF001 (its own part)
            with self.connection.execute(statement.sql, dict(parameters)) as result:
                if not result.returns_rows:
                    raise QueryRefused("no rows", "the statement returns no rows")
                return RawRows(tuple(result.keys()), result.fetchmany(statement.query.rows + 1))


class _Sqlite(Database):
    def _open(self) -> Engine:
        path = quote(self.definition.url.database or "")

        def connect() -> sqlite3.Connection:
            return sqlite3.connect(
                f"file:{path}?mode=ro",
                uri=True,
                isolation_level=None,  # no BEGIN but ours, or two queries could see two states
                check_same_thread=False,
                timeout=self.definition.statement_timeout_s,
            )

        return create_engine("sqlite://", creator=connect, poolclass=QueuePool, **self._pool())

    def _begin(self, connection: Connection, limit_s: float) -> Timestamp:  # noqa: ARG002 (_limit does it)
        taken_at = Timestamp()
        taken_at.FromNanoseconds(time.time_ns())
        connection.exec_driver_sql("BEGIN")
        if not connection.info.get(_AUTHORIZED):  # once, because SQLite then forgets its prepared statements
            _sqlite(connection).set_authorizer(_authorize)
            connection.info[_AUTHORIZED] = True
        connection.exec_driver_sql("SELECT 1 FROM sqlite_master")  # the first read takes the snapshot
        return taken_at

    def _limit(self, connection: Connection, limit_s: float) -> None:
        until = time.monotonic() + limit_s
        _sqlite(connection).set_progress_handler(lambda: time.monotonic() > until, _STEPS)

    def _end(self, connection: Connection) -> None:
        _sqlite(connection).set_progress_handler(None, 0)


class _Postgresql(Database):
    def _open(self) -> Engine:
        url = self.definition.url.set(drivername="postgresql+psycopg")
        options = "-c default_transaction_read_only=on -c idle_in_transaction_session_timeout=60s"
        return create_engine(
            url,
            isolation_level="REPEATABLE READ",
            execution_options={"postgresql_readonly": True},
            connect_args={"options": options, "prepare_threshold": 0, "connect_timeout": round(_CONNECT_S)},
            pool_pre_ping=True,  # a connection may have died with the server
            **self._pool(),
        )

    def _begin(self, connection: Connection, limit_s: float) -> Timestamp:
        micros = connection.execute(_POSTGRESQL_BEGIN, {"limit": str(max(1, round(limit_s * 1000)))}).one()[2]
        taken_at = Timestamp()
        taken_at.FromMicroseconds(micros)
        return taken_at


def open_database(definition: DatabaseDefinition) -> Database:
    """Return a database. It connects when it is first asked."""
    return (_Sqlite if definition.url.get_backend_name() == "sqlite" else _Postgresql)(definition)


def _left(until: float) -> float:
    """Return the seconds until a deadline. Raises FactsUnavailable if it has passed."""
    left = until - time.monotonic()
    if left <= 0:
        raise FactsUnavailable("the deadline passed before the facts were loaded")
    return left


def _sqlite(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)  # noqa: S101 (opened above)
    return driver


def _authorize(action: int, *_: object) -> int:
    return sqlite3.SQLITE_OK if action in _READS else sqlite3.SQLITE_DENY


@contextmanager
def _named_errors(name: str) -> Iterator[None]:
    """Turn the errors of a database and its pool into errors that name the database and quote nothing."""
    try:
        yield
    except PoolTimeout:
        raise FactsUnavailable(f"all connections to the database {name} are in use") from None
    except DBAPIError as error:
        raise _error(name, error.orig) from None
    except SQLAlchemyError as error:
        raise QueryRefused(type(error).__name__, str(error)) from None


def _error(name: str, cause: BaseException | None) -> Exception:
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorname", type(cause).__name__)
        if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_INTERRUPT")):
            return FactsUnavailable(f"the database {name} does not answer ({code})")
        return QueryRefused(code, str(cause))
    if isinstance(cause, psycopg.Error):
        code = cause.sqlstate or ""
        if code == _SERIALIZATION:
            return SerializationFailure()
        lost = not code and isinstance(cause, psycopg.OperationalError)
        if lost or code[:2] in _AWAY or code == _LOCKED:
            return FactsUnavailable(f"the database {name} does not answer" + (f" ({code})" if code else ""))
        return QueryRefused(code or type(cause).__name__, str(cause), no_key=code in _NO_KEY)
    return QueryRefused(type(cause).__name__, str(cause))
