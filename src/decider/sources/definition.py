"""Reads a source: a folder with source.yaml and one .sql file for each query."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import URL, TextClause, bindparam, make_url, text
from sqlalchemy.exc import ArgumentError, CompileError

from decider.bundle.formats import is_zone, zone_of
from decider.bundle.yaml_core import YamlFault, parse_yaml
from decider.errors import SourceInvalid, Violation
from decider.hints import instead_of
from decider.sources.queries import ACCOUNT, QUERIES, SAMPLE, Query
from decider.v1 import facts_pb2

__all__ = ["DatabaseDefinition", "SourceDefinition", "Statement", "read_source"]

_FILE = "source.yaml"
_DURATION = re.compile(r"(\d{1,6})(ms|s)")
_OPTIONAL = {SAMPLE.name: SAMPLE}
_BACKENDS = ("sqlite", "postgresql")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Database(_Strict):
    url: str | None = None
    url_env: str | None = None
    url_file: Path | None = None
    timezone: str | None = None
    statement_timeout: Annotated[str, Field(pattern=f"^{_DURATION.pattern}$")] = "1s"
    pool_size: Annotated[int, Field(ge=1, le=64)] = 4


class _Query(_Strict):
    database: str


class _File(_Strict):
    version: Literal[1]
    databases: Annotated[dict[str, _Database], Field(min_length=1)]
    queries: dict[str, _Query] = {}
    parameters: dict[str, str | int | bool] = {}
    consumption_order: Literal["promotional_first", "base_first", "proportional"] | None = None
    absent: list[str] = []


@dataclass(frozen=True)
class DatabaseDefinition:
    """A database of a source, how long a statement may take there, and how many connections are kept."""

    name: str
    url: URL
    zone: ZoneInfo | None
    statement_timeout_s: float
    pool_size: int


@dataclass(frozen=True)
class Statement:
    """The SQL of a query, the database that it asks, and the parameters that it uses."""

    query: Query
    database: str
    sql: TextClause
    parameters: frozenset[str]


@dataclass(frozen=True)
class SourceDefinition:
    """A source: its databases and statements by name, its constants, and the queries that it declares absent."""

    folder: Path
    databases: Mapping[str, DatabaseDefinition]
    statements: Mapping[str, Statement]
    constants: Mapping[str, str | int | bool]
    consumption_order: facts_pb2.ConsumptionOrder.ValueType
    absent: tuple[str, ...]


def read_source(folder: Path) -> SourceDefinition:
    """Read the source in a folder. It connects to no database. Raises SourceInvalid with every fault."""
    faults: list[Violation] = []
    stated = _read_file(folder, faults)
    if stated is None:
        raise SourceInvalid(folder, faults)
    databases = {
        name: database
        for name, one in stated.databases.items()
        if (database := _database(name, one, folder, faults)) is not None
    }
    faults += _query_faults(folder, stated)
    order = stated.consumption_order or "unspecified"
    default = next(iter(stated.databases))
    statements = {}
    for name, query in {**QUERIES, **_OPTIONAL}.items():
        file = folder / query.file
        if file.is_file():
            asked = stated.queries[name].database if name in stated.queries else default
            statement = _statement(query, asked, file, stated.parameters, faults)
            if statement is not None:
                statements[name] = statement
    if faults:
        raise SourceInvalid(folder, faults)
    return SourceDefinition(
        folder,
        databases,
        statements,
        stated.parameters,
        facts_pb2.ConsumptionOrder.Value(f"CONSUMPTION_ORDER_{order.upper()}"),
        tuple(stated.absent),
    )


def _read_file(folder: Path, faults: list[Violation]) -> _File | None:
    try:
        return _File.model_validate(parse_yaml((folder / _FILE).read_bytes()))
    except OSError as failure:
        faults.append(Violation(_FILE, f"cannot be read: {failure.strerror}"))
    except YamlFault as fault:
        faults.append(Violation(_FILE, str(fault)))
    except ValidationError as error:
        faults += [Violation(f"{_FILE}: {'.'.join(map(str, one['loc']))}", one["msg"]) for one in error.errors()]
    return None


def _database(name: str, stated: _Database, folder: Path, faults: list[Violation]) -> DatabaseDefinition | None:
    at = f"{_FILE}: databases.{name}"
    url = _url(at, stated, folder, faults)
    if stated.timezone is not None and not is_zone(stated.timezone):
        faults.append(Violation(f"{at}.timezone", "must be an IANA time zone, such as Europe/Berlin"))
        return None
    if url is None:
        return None
    duration = _DURATION.fullmatch(stated.statement_timeout)
    assert duration is not None  # noqa: S101 (the model checks the pattern)
    seconds = int(duration[1]) / (1000 if duration[2] == "ms" else 1)
    zone = zone_of(stated.timezone) if stated.timezone is not None else None
    return DatabaseDefinition(name, url, zone, seconds, stated.pool_size)


def _url(at: str, stated: _Database, folder: Path, faults: list[Violation]) -> URL | None:
    """Return the URL of a database. No message quotes it, because it may hold a password."""
    ways = [name for name in ("url", "url_env", "url_file") if getattr(stated, name) is not None]
    if len(ways) != 1:
        faults.append(Violation(at, "needs exactly one of url, url_env and url_file"))
        return None
    field = f"{at}.{ways[0]}"
    content = stated.url
    if stated.url_env is not None:
        content = os.environ.get(stated.url_env)
        if content is None:
            faults.append(Violation(field, f"the environment variable {stated.url_env} is not set"))
            return None
    if stated.url_file is not None:
        try:
            content = (folder / stated.url_file).read_text().strip()
        except (OSError, UnicodeDecodeError):
            faults.append(Violation(field, f"{stated.url_file} cannot be read"))
            return None
    try:
        url = make_url(content or "")
    except (ArgumentError, ValueError):
        faults.append(
            Violation(field, "must be a URL, such as sqlite:///billing.db or postgresql://decider@host/billing")
        )
        return None
    backend = url.get_backend_name()
    if backend not in _BACKENDS or (backend == "sqlite" and not url.database):
        faults.append(
            Violation(field, "must be a URL of a SQLite file (sqlite:///...) or of PostgreSQL (postgresql://...)")
        )
        return None
    if stated.url is not None and (url.password is not None or "password" in url.query):
        faults.append(Violation(field, "holds a password; use url_env or url_file"))
        return None
    if backend == "sqlite":
        return url.set(database=str((folder / (url.database or "")).absolute()))
    return url


def _query_faults(folder: Path, stated: _File) -> Iterator[Violation]:
    """Find queries that are neither there nor declared absent, and names that no query has."""
    yield from _file_faults(folder, stated)
    names = list(QUERIES)
    for name in stated.absent:
        if name not in QUERIES:
            yield Violation(f"{_FILE}: absent", f"{name} is no query; {instead_of(name, names)}")
        elif name == ACCOUNT.name:
            yield Violation(f"{_FILE}: absent", "account cannot be absent")
    for name, one in stated.queries.items():
        if name not in QUERIES and name not in _OPTIONAL:
            yield Violation(f"{_FILE}: queries.{name}", f"is no query; {instead_of(name, names)}")
        if one.database not in stated.databases:
            hint = instead_of(one.database, list(stated.databases))
            yield Violation(f"{_FILE}: queries.{name}.database", f"{one.database} is no database; {hint}")
    for name in stated.parameters:
        if name in QUERIES["usage_events"].parameters:
            yield Violation(f"{_FILE}: parameters.{name}", "is the name of a parameter that decider sets")


def _file_faults(folder: Path, stated: _File) -> Iterator[Violation]:
    files = {file.name for file in folder.iterdir() if not file.name.startswith(".")}
    known = {query.file for query in (*QUERIES.values(), SAMPLE)} | {_FILE, "README.md"}
    for file in sorted(files - known):
        yield Violation(file, f"is no file of a source; {instead_of(file, sorted(known))}")
    for name, query in QUERIES.items():
        if query.file in files and name in stated.absent:
            yield Violation(query.file, "is declared absent in source.yaml, and is there")
        elif query.file not in files and name not in stated.absent:
            cost = f"; without it: {query.absence}. Write it, or add it to absent" if query.absence else ""
            yield Violation(query.file, f"is missing{cost}")


def _statement(
    query: Query, database: str, file: Path, constants: Mapping[str, object], faults: list[Violation]
) -> Statement | None:
    try:
        sql = text(file.read_text(encoding="utf-8").strip().removesuffix(";"))
        used = frozenset(sql.compile().params)
    except (OSError, UnicodeDecodeError, CompileError):
        faults.append(Violation(query.file, "cannot be read as UTF-8"))
        return None
    known = query.parameters | constants.keys()
    for name in sorted(used - known):
        hint = instead_of(name, sorted(known))
        faults.append(
            Violation(f"{query.file}: :{name}", f"no such parameter, or a plain colon, which is written \\:; {hint}")
        )
    if "usage_event_ids" in used:
        sql = sql.bindparams(bindparam("usage_event_ids", expanding=True))
    return Statement(query, database, sql, used)
