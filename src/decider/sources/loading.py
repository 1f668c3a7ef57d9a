"""Runs the queries of a source for one order, in one snapshot of each database."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from google.protobuf.timestamp_pb2 import Timestamp

from decider.errors import FactsInvalid, InvalidFacts, OrderNotFound, Violation
from decider.sources.databases import Database, QueryRefused, Snapshot
from decider.sources.definition import SourceDefinition, Statement
from decider.sources.queries import ACCOUNT, FIRST, ORDER, QUERIES, Query
from decider.sources.rows import RawRows, column_faults
from decider.sources.values import WrongValue, read_value
from decider.v1 import decision_service_pb2

__all__ = ["Asked", "Load"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Asked:
    """What a load is asked for. An empty `account_id` is found by the query `order`."""

    account_id: str
    order_ref: str
    requested_at: Timestamp
    usage_event_ids: tuple[str, ...] = ()

    @classmethod
    def by(cls, request: decision_service_pb2.EvaluateRefundRequest) -> Asked:
        """Return what a request that names its order asks for."""
        order, about = request.order, request.request
        return cls(order.account_id, order.order_ref, about.requested_at, tuple(about.usage_event_ids))


class Load:
    """One load; use it as a context, which holds the snapshots."""

    def __init__(
        self, definition: SourceDefinition, databases: Mapping[str, Database], asked: Asked, until: float
    ) -> None:
        self._definition = definition
        self._databases = databases
        self._asked = asked
        self._until = until
        self._stack = ExitStack()
        self._snapshots: dict[str, Snapshot] = {}
        self._faults: list[Violation] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def raw(self) -> dict[str, RawRows]:
        """Return what the queries return, by their names.

        Raises OrderNotFound, FactsInvalid, FactsUnavailable or SerializationFailure, and InvalidFacts if the source
        cannot find the account of an order.
        """
        account_id = self._account_id()
        raw = {ACCOUNT.name: self._account(account_id)}
        for name, statement in self._definition.statements.items():
            if name in FIRST or name not in QUERIES or (name == "usage_events" and not self._asked.usage_event_ids):
                continue
            try:
                raw[name] = self._run(statement, account_id)
            except QueryRefused as refused:
                self._faults.append(_refusal(statement.query, refused))
        if self._faults:
            raise FactsInvalid(self._faults)
        return raw

    @property
    def taken_at(self) -> Timestamp:
        """The time of the earliest snapshot."""
        return min((snapshot.taken_at for snapshot in self._snapshots.values()), key=Timestamp.ToNanoseconds)

    def _account_id(self) -> str:
        """Return the id of the account; the query `order` must agree with the one that was asked for."""
        asked, statement = self._asked.account_id, self._definition.statements.get(ORDER.name)
        if statement is None:
            if not asked:
                fault = "is needed, because the source of facts does not find the account of an order"
                raise InvalidFacts([Violation("order.account_id", fault)])
            return asked
        found = self._key(statement, asked, "account_id")
        if asked and asked != found:
            raise OrderNotFound
        return found

    def _account(self, account_id: str) -> RawRows:
        statement = self._definition.statements[ACCOUNT.name]
        raw = self._rows_by_key(statement, account_id)
        # A database may find the account 7 by the text " 7" or "07".
        if self._value(statement.query, raw, "id") != account_id:
            raise OrderNotFound
        return raw

    def _key(self, statement: Statement, account_id: str, column: str) -> str:
        return self._value(statement.query, self._rows_by_key(statement, account_id), column)

    def _rows_by_key(self, statement: Statement, account_id: str) -> RawRows:
        """Run a query that finds a key. Raises OrderNotFound if there is none."""
        try:
            raw = self._run(statement, account_id)
        except QueryRefused as refused:
            if refused.no_key:
                raise OrderNotFound from None
            raise FactsInvalid([_refusal(statement.query, refused)]) from None
        if not raw.rows:
            raise OrderNotFound
        return raw

    def _value(self, query: Query, raw: RawRows, column: str) -> str:
        """Return the value of one column of a single row; the row's other faults are found with all others."""
        if len(raw.rows) > 1:
            raise FactsInvalid([Violation(query.file, "returns more than 1 row; one order has one account")])
        if faults := column_faults(query, raw.columns):
            raise FactsInvalid(faults)
        try:
            return str(read_value(query.columns[column], raw.rows[0][raw.columns.index(column)], None))
        except WrongValue as fault:
            raise FactsInvalid([Violation(f"{query.file} row 1: {column}", str(fault))]) from None

    def _run(self, statement: Statement, account_id: str) -> RawRows:
        name = statement.database
        if name not in self._snapshots:
            self._snapshots[name] = self._stack.enter_context(self._databases[name].snapshot(self._until))
        return self._snapshots[name].rows(statement, self._parameters(statement, account_id))

    def _parameters(self, statement: Statement, account_id: str) -> Mapping[str, object]:
        epoch = self._asked.requested_at.seconds
        moment = _EPOCH + timedelta(seconds=epoch, microseconds=self._asked.requested_at.nanos // 1000)
        on_sqlite = self._definition.databases[statement.database].url.get_backend_name() == "sqlite"
        known = {
            **self._definition.constants,
            "account_id": account_id,
            "order_ref": self._asked.order_ref,
            "requested_at": moment.isoformat() if on_sqlite else moment,  # SQLite has no times
            "requested_at_epoch": epoch,
            "usage_event_ids": self._asked.usage_event_ids,
        }
        return {name: known[name] for name in statement.parameters}


def _refusal(query: Query, refused: QueryRefused) -> Violation:
    """Return the fault of a query that its database does not run. The database's own text may quote data."""
    return Violation(query.file, f"the database refuses this query ({refused.code}); `decider facts check` tells why")
