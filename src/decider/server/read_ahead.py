"""Evaluates the requests of a stream concurrently, and yields the results in the order of the requests.

Only a window of requests is read ahead of the results that the caller has taken. gRPC holds back unread requests, so a
caller that reads slowly slows down its own stream, and memory does not grow.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine
from typing import Any, TypeVar

from decider.server.limits import WINDOW_BYTES, WINDOW_REQUESTS
from decider.server.traffic import Traffic, service_stops

__all__ = ["in_order"]

_Request = TypeVar("_Request")
_Result = TypeVar("_Result")


async def in_order(
    requests: AsyncIterator[_Request],
    work: Callable[[_Request], Coroutine[Any, Any, _Result]],
    size: Callable[[_Request], int],
    traffic: Traffic,
) -> AsyncGenerator[_Result]:
    """Yield the result of `work` for each request.

    An error of reading a request is raised after the results of the earlier requests. When `traffic` stops, reading
    ends, and EngineUnavailable is raised after the results of the requests that were read. Close the iterator to cancel
    all running work.
    """
    window = _Window()
    started: asyncio.Queue[asyncio.Task[_Result] | None] = asyncio.Queue()
    tasks: set[asyncio.Task[Any]] = set()

    async def read_ahead() -> None:
        async for request in requests:
            window.add(size(request))
            task = asyncio.create_task(work(request))
            tasks.add(task)
            started.put_nowait(task)
            await window.room()

    reader = asyncio.create_task(read_ahead(), name="read-ahead")
    # A `finally` in `read_ahead` would not do: a task that is cancelled before its first step never enters it.
    reader.add_done_callback(lambda _: started.put_nowait(None))
    tasks.add(reader)
    try:
        with traffic.reading(reader):
            while (task := await started.get()) is not None:
                yield await task
                tasks.discard(task)
                window.remove()
        if traffic.stopping and reader.cancelled():
            raise service_stops()
        await reader
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class _Window:
    """The sizes of the requests that were read and whose results the caller has not taken."""

    def __init__(self) -> None:
        self._sizes: deque[int] = deque()
        self._bytes = 0
        self._has_room = asyncio.Event()

    def add(self, size: int) -> None:
        """Add the request that was read last."""
        self._sizes.append(size)
        self._bytes += size
        if len(self._sizes) >= WINDOW_REQUESTS or self._bytes >= WINDOW_BYTES:
            self._has_room.clear()

    def remove(self) -> None:
        """Remove the request that was read first."""
        self._bytes -= self._sizes.popleft()
        if len(self._sizes) < WINDOW_REQUESTS and self._bytes < WINDOW_BYTES:
            self._has_room.set()

    async def room(self) -> None:
        """Wait until another request may be read."""
        if len(self._sizes) >= WINDOW_REQUESTS or self._bytes >= WINDOW_BYTES:
            await self._has_room.wait()
