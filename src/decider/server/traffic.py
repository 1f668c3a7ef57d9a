"""The calls that are under way, so that the server can end them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from decider.errors import EngineUnavailable

__all__ = ["Traffic", "service_stops"]


def service_stops() -> EngineUnavailable:
    """Return the error of calls that the end of the service cuts off."""
    return EngineUnavailable("the service is stopping, and what has no answer yet was not decided; ask again")


@dataclass
class Traffic:
    """Counts the calls that arrive, and keeps the tasks of those that are running. Use it from one event loop."""

    arrived: int = 0
    under_way: set[asyncio.Task[object]] = field(default_factory=set)
    readers: set[asyncio.Task[None]] = field(default_factory=set)
    stopping: bool = False
    cut_off: bool = False

    def stop_reading(self) -> None:
        """Stop all streams from reading. Requests that were read are still answered."""
        self.stopping = True
        for task in self.readers:
            task.cancel()

    def cut(self) -> None:
        """End the calls under way. Their error says that the service stops."""
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
        """Count the call of the current task, which is under way as long as the block lasts."""
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("calls are handled in tasks")
        self.arrived += 1
        self.under_way.add(task)
        try:
            yield
        finally:
            self.under_way.discard(task)
