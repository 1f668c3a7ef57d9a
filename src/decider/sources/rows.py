"""Reads the rows of a query: first its columns, then each cell. Each fault has its query, row, id and column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from decider.errors import Violation
from decider.hints import instead_of
from decider.printable import printable
from decider.sources.queries import Column, Kind, Query
from decider.sources.values import WrongValue, in_minor_units, read_value
from decider.v1 import money_pb2

__all__ = ["RawRows", "Row", "column_faults", "read_rows"]

# The columns that name a row in messages, the best first.
_IDS = ("id", "payment_id", "lot_id")
_SHOWN_ID = 64
_MONEY = frozenset({Kind.MAJOR, Kind.MINOR})


@dataclass(frozen=True)
class RawRows:
    """What a database returned for a query: at most the rows that the query may have, and one more."""

    columns: tuple[str, ...]
    rows: Sequence[Sequence[object]] = ()


@dataclass(frozen=True)
class Row:
    """A row: the file and number for messages, the row with its id for messages, and the values by field."""

    place: str
    name: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def fault(self, column: str, description: str) -> Violation:
        """Return a fault of a cell of this row."""
        return Violation(f"{self.name}: {column}", description)


def read_rows(
    query: Query,
    raw: RawRows,
    zone: ZoneInfo | None,
    faults: list[Violation],
    currency_of: Callable[[Mapping[str, Any]], str] = lambda _: "",
) -> list[Row]:
    """Return the rows whose columns and cells are right, and add what is wrong with the others to `faults`.

    `currency_of` gives the currency of a row that states none.
    """
    wrong = column_faults(query, raw.columns)
    faults += wrong
    if len(raw.rows) > query.rows:
        faults.append(Violation(query.file, f"returns more than {query.rows} row(s); one request can have no more"))
    if wrong:
        return []
    columns = [query.columns[name] for name in raw.columns]
    read = (
        _read(query, columns, number, cells, zone, faults, currency_of)
        for number, cells in enumerate(raw.rows[: query.rows], start=1)
    )
    return [row for row in read if row is not None]


@lru_cache(maxsize=256)
def column_faults(query: Query, names: tuple[str, ...]) -> Sequence[Violation]:
    """Return what is wrong with the columns of a query."""
    return tuple(_column_faults(query, names))


def _column_faults(query: Query, names: tuple[str, ...]) -> Iterator[Violation]:
    for name, count in Counter(names).items():
        if name not in query.columns:
            description = f"no such column; {instead_of(name, sorted(query.columns))}"
            yield Violation(f"{query.file}: {printable(name)}", description)
        elif count > 1:
            yield Violation(f"{query.file}: {name}", f"is returned {count} times; name each column once")
    fields: dict[str, list[Column]] = {}
    for column in query.columns.values():
        fields.setdefault(column.field, []).append(column)
    for variants in fields.values():
        called = [column.name for column in variants if column.name in names]
        if len(called) > 1:
            yield Violation(f"{query.file}: {called[0]}", f"is returned beside {called[1]}; return one of them")
        elif not called and variants[0].required:
            one_of = " or ".join(column.name for column in variants)
            yield Violation(f"{query.file}: {one_of}", "is required, and the query does not return it")


def _read(
    query: Query,
    columns: Sequence[Column],
    number: int,
    cells: Sequence[object],
    zone: ZoneInfo | None,
    faults: list[Violation],
    currency_of: Callable[[Mapping[str, Any]], str],
) -> Row | None:
    """Return a row, or None if a cell of it is wrong."""
    place = f"{query.file} row {number}"
    row = Row(place, place + _id_of(columns, cells))
    values: dict[str, Any] = {}
    amounts: list[tuple[Column, Decimal | int]] = []
    found = len(faults)
    for column, cell in zip(columns, cells, strict=True):
        try:
            value = _cell(column, cell, zone)
        except WrongValue as fault:
            faults.append(row.fault(column.name, str(fault)))
            continue
        if value is not None and column.kind in _MONEY:
            amounts.append((column, value))
        elif value is not None:
            values[column.field] = value
    if len(faults) > found:
        return None
    currency = values.pop("currency", None) or currency_of(values)
    for column, amount in amounts:
        try:
            values[column.field] = _money(column, amount, currency)
        except WrongValue as fault:
            faults.append(row.fault(column.name, str(fault)))
    return None if len(faults) > found else Row(row.place, row.name, values)


def _cell(column: Column, cell: object, zone: ZoneInfo | None) -> Any:  # noqa: ANN401 (as read_value)
    if cell is not None:
        return read_value(column, cell, zone)
    if column.required:
        raise WrongValue("is required, and NULL")
    return None


def _money(column: Column, amount: Decimal | int, currency: str) -> money_pb2.Money:
    if not currency:
        raise WrongValue("needs its currency in the column currency")
    return money_pb2.Money(currency_code=currency, amount_minor=in_minor_units(column, amount, currency))


def _id_of(columns: Sequence[Column], cells: Sequence[object]) -> str:
    """Return the id of a row for messages; it is empty if the row has none, or one that holds an address."""
    ids = {column.name: cell for column, cell in zip(columns, cells, strict=True)}
    name = next((key for key in _IDS if ids.get(key) is not None), "")
    text = "" if isinstance(ids.get(name), bytes) else printable(str(ids.get(name, "")))[:_SHOWN_ID]
    return f" ({name}={text})" if text and "@" not in text else ""
