"""Works on the requests of a stream side by side, and gives the results in their order.

Only a window of requests is read ahead of the results that the caller has taken. gRPC holds back what is not read, so a
caller that reads slowly slows down its own stream, and memory stays flat.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine
from typing import Any, TypeVar

from decider.server.traffic import Traffic, service_stops

__all__ = ["MOST_BYTES", "MOST_REQUESTS", "in_order"]

# Two queries of the engine hold 128 requests; a longer window is no faster.
MOST_REQUESTS = 128
# Of large requests fewer are read: one more after the window has so many bytes.
MOST_BYTES = 4 * 1024 * 1024

_Request = TypeVar("_Request")
_Result = TypeVar("_Result")


async def in_order(
    requests: AsyncIterator[_Request],
    work: Callable[[_Request], Coroutine[Any, Any, _Result]],
    size: Callable[[_Request], int],
    traffic: Traffic,
) -> AsyncGenerator[_Result]:
    """Yield the result of `work` for each request.

    What reading a request raises is raised after the results of the requests before. Once `traffic` stops, nothing more
    is read, and EngineUnavailable follows the results of what was. Close the iterator: that cancels all work under way.
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
    # Not in a `finally`: a task that is cancelled before its first step runs none.
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
    """The sizes of the requests that were read and whose results were not taken."""

    def __init__(self) -> None:
        self._sizes: deque[int] = deque()
        self._bytes = 0
        self._has_room = asyncio.Event()

    def add(self, size: int) -> None:
        """Take in the request that was read last."""
        self._sizes.append(size)
        self._bytes += size
        if len(self._sizes) >= MOST_REQUESTS or self._bytes >= MOST_BYTES:
            self._has_room.clear()

    def remove(self) -> None:
        """Let go of the request that was read first."""
        self._bytes -= self._sizes.popleft()
        if len(self._sizes) < MOST_REQUESTS and self._bytes < MOST_BYTES:
            self._has_room.set()

    async def room(self) -> None:
        """Wait until another request may be read."""
        if len(self._sizes) >= MOST_REQUESTS or self._bytes >= MOST_BYTES:
            await self._has_room.wait()
