"""The calls that are running, so that the server can end them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from decider.errors import EngineUnavailable

__all__ = ["Traffic", "service_stops"]


def service_stops() -> EngineUnavailable:
    """Return the error of calls that are cut off because the service stops."""
    return EngineUnavailable(
        "the service is stopping, and requests without an answer were not decided; send them again"
    )


@dataclass
class Traffic:
    """Counts the calls that arrive, and keeps the tasks of those that are running. Use it from one event loop."""

    arrived: int = 0
    under_way: set[asyncio.Task[object]] = field(default_factory=set)
    readers: set[asyncio.Task[None]] = field(default_factory=set)
    stopping: bool = False
    cut_off: bool = False

    def stop_reading(self) -> None:
        """Stop reading requests from streams; requests that were read are still answered."""
        self.stopping = True
        for task in self.readers:
            task.cancel()

    def cut(self) -> None:
        """Cancel the running calls; their callers get an error that says that the service stops."""
        self.cut_off = True
        for task in self.under_way:
            task.cancel()

    @contextmanager
    def reading(self, reader: asyncio.Task[None]) -> Iterator[None]:
        """Let `stop_reading` cancel the task that reads a stream, while the block runs."""
        self.readers.add(reader)
        if self.stopping:
            reader.cancel()
        try:
            yield
        finally:
            self.readers.discard(reader)

    @contextmanager
    def taking(self) -> Iterator[None]:
        """Count the call of the current task, which is running while the block runs."""
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("calls are handled in tasks")
        self.arrived += 1
        self.under_way.add(task)
        try:
            yield
        finally:
            self.under_way.discard(task)
