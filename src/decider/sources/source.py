"""A source of facts: loads the facts of an order from its databases, in a bounded pool of threads."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from decider.errors import FactsUnavailable, OrderNotFound
from decider.sources.assembly import LoadedFacts, assemble
from decider.sources.databases import SerializationFailure, open_database
from decider.sources.definition import SourceDefinition, read_source
from decider.sources.loading import Asked, Load

__all__ = ["Source", "open_source"]


class Source:
    """A source of facts with its databases. Safe for several threads; close it at the end."""

    def __init__(self, definition: SourceDefinition) -> None:
        self.definition = definition
        self.databases = {name: open_database(one) for name, one in definition.databases.items()}
        threads = min(one.pool_size for one in definition.databases.values())  # so that no thread waits for a pool
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="facts")
        self._zones = {
            name: definition.databases[statement.database].zone for name, statement in definition.statements.items()
        }

    def close(self) -> None:
        """Close the databases after the loads that run."""
        self._threads.shutdown(cancel_futures=True)
        for database in self.databases.values():
            database.close()

    async def load(self, asked: Asked, timeout_s: float) -> LoadedFacts:
        """Load the facts of an order in a thread, within `timeout_s` seconds. Raises what `load_now` raises."""
        until = time.monotonic() + timeout_s
        loading = asyncio.get_running_loop().run_in_executor(self._threads, self.load_now, asked, until)
        try:
            return await asyncio.wait_for(loading, timeout_s)
        except TimeoutError:
            raise FactsUnavailable("the facts were not loaded within the deadline") from None

    def load_now(self, asked: Asked, until: float) -> LoadedFacts:
        """Load the facts of an order; `until` is the deadline in monotonic seconds.

        Raises OrderNotFound, FactsInvalid with every fault of the rows, FactsUnavailable, and InvalidFacts if the
        source needs the id of the account.
        """
        try:
            return self._load(asked, until)
        except SerializationFailure:  # as a standby raises it
            pass
        try:
            return self._load(asked, until)
        except SerializationFailure:
            raise FactsUnavailable("a database could not keep its snapshot") from None

    def _load(self, asked: Asked, until: float) -> LoadedFacts:
        with Load(self.definition, self.databases, asked, until) as load:
            raw = load.raw()
            taken_at = load.taken_at
        loaded = assemble(raw, self._zones, taken_at, self.definition.consumption_order)
        if not loaded.names_order(asked.order_ref):
            raise OrderNotFound
        return loaded


@contextmanager
def open_source(folder: Path) -> Iterator[Source]:
    """Open the source in a folder while the block runs. It connects when it is first asked. Raises SourceInvalid."""
    source = Source(read_source(folder))
    try:
        yield source
    finally:
        source.close()
