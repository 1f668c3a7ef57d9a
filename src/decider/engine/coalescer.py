"""Concurrent calls share queries: waiting items are sent in one HTTP request, and no item waits for further items.

A few queries run at a time. If a place is free, an item is sent at once; otherwise items queue and are sent together
when a query ends. Calls take turns in filling a query, so that a batch of 1,000 does not delay a single item.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

import structlog

from decider.engine.opa_client import JSONObject
from decider.errors import DeciderError, EngineUnavailable, PolicyError, PolicyUndefined

__all__ = ["Coalescer", "Query", "Result"]

Result = JSONObject | DeciderError
Query = Callable[[Sequence[bytes], float], Awaitable[list[Result]]]

# Two queries keep two cores of OPA busy while answers are read; with more, queries hold fewer items each.
IN_FLIGHT = 2
# 64 items take 25 to 30 ms to evaluate, which is the longest time that a single item waits for a place.
ITEMS_PER_QUERY = 64
# A query that has reached this size takes no more items. The largest item has about 5 MiB, because every list of a
# request has a limit, and OPA accepts bodies of 12 MiB.
BYTES_PER_QUERY = 2 * 1024 * 1024
# Fewer waiting items are sent in one query, even if two places are free: a request costs as much as two evaluations.
SPLIT_FROM = 8
# The number of items that a call puts into a query before the next call's turn.
TURN = 16

_log = structlog.get_logger(__name__)


@dataclass(eq=False)
class _Call:
    """The items of a caller: `sent` of them are in queries or answered, `open` of them have no answer."""

    inputs: Sequence[bytes]
    deadline: float
    done: asyncio.Future[None]
    results: list[Result | None] = field(init=False)
    open: int = field(init=False)
    sent: int = 0

    def __post_init__(self) -> None:
        self.results = [None] * len(self.inputs)
        self.open = len(self.inputs)

    def answer(self, index: int, result: Result) -> None:
        self.results[index] = result
        self.open -= 1
        if not self.open and not self.done.done():
            self.done.set_result(None)


class Coalescer:
    """Evaluates items through `query`, which takes JSON documents and a timeout in seconds and keeps their order.

    `items_per_query=1` turns sharing off. Use it from one event loop.
    """

    def __init__(self, query: Query, *, items_per_query: int = ITEMS_PER_QUERY, in_flight: int = IN_FLIGHT) -> None:
        self._query = query
        self._items_per_query = items_per_query
        self._free = in_flight
        self._waiting: deque[_Call] = deque()
        self._queries: set[asyncio.Task[None]] = set()
        self._scheduled = False

    async def evaluate(self, inputs: Sequence[bytes], timeout_s: float) -> list[Result]:
        """Return a result or an error for each input, in order. Raises only CancelledError.

        Items without an answer after `timeout_s` seconds get EngineUnavailable(deadline=True) and are no longer sent.
        """
        if not inputs:
            return []
        loop = asyncio.get_running_loop()
        call = _Call(inputs, loop.time() + timeout_s, loop.create_future())
        self._waiting.append(call)
        if not self._scheduled:
            # Called at the end of this turn of the event loop, so that calls made in the same turn share a query.
            self._scheduled = True
            loop.call_soon(self._pump)
        alarm = loop.call_later(timeout_s, _wake, call.done)
        try:
            await call.done
        finally:
            alarm.cancel()
            call.done.cancel()  # if the caller was cancelled, no more of its items are sent
        late = EngineUnavailable("the policy engine did not answer in time", deadline=True)
        return [late if result is None else result for result in call.results]

    async def aclose(self) -> None:
        """Cancel the running queries; their items and all waiting items get EngineUnavailable."""
        queries = list(self._queries)
        for task in queries:
            task.cancel()
        await asyncio.gather(*queries, return_exceptions=True)
        self._pump()

    def _pump(self) -> None:
        self._scheduled = False
        while self._free > 0 and (items := self._take()):
            self._free -= 1
            task = asyncio.create_task(self._run(items), name="opa-query")
            self._queries.add(task)
            task.add_done_callback(self._finished)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._queries.discard(task)
        self._free += 1
        self._pump()

    def _take(self) -> list[tuple[_Call, int]]:
        """Take the items of the next query from the waiting calls, in turns, and drop calls that were cancelled."""
        self._waiting = deque(call for call in self._waiting if not call.done.done())
        waiting = sum(len(call.inputs) - call.sent for call in self._waiting)
        even_share = max(SPLIT_FROM, -(-waiting // max(1, self._free)))
        room = min(self._items_per_query, even_share)
        items: list[tuple[_Call, int]] = []
        size = 0
        while self._waiting and len(items) < room and size < BYTES_PER_QUERY:
            call = self._waiting.popleft()
            until = min(len(call.inputs), call.sent + min(TURN, room - len(items)))
            while call.sent < until and size < BYTES_PER_QUERY:
                items.append((call, call.sent))
                size += len(call.inputs[call.sent])
                call.sent += 1
            if call.sent < len(call.inputs):
                self._waiting.append(call)
        return items

    async def _run(self, items: list[tuple[_Call, int]]) -> None:
        try:
            results = await self._ask(items)
        except asyncio.CancelledError:
            results = [EngineUnavailable("the policy engine is shutting down")] * len(items)
        except Exception as bug:  # noqa: BLE001 (else the callers would wait until their deadline)
            _log.error("engine.bug", type=type(bug).__name__)
            results = [EngineUnavailable("the policy engine failed")] * len(items)
        for (call, index), result in zip(items, results, strict=True):
            call.answer(index, result)

    async def _ask(self, items: list[tuple[_Call, int]]) -> list[Result]:
        """Query the items together; if the policy fails, query them one by one, so that only the bad item fails."""
        left = max(call.deadline for call, _ in items) - asyncio.get_running_loop().time()
        try:
            return await self._query([call.inputs[index] for call, index in items], left)
        except (PolicyError, PolicyUndefined) as failure:
            if len(items) == 1:
                return [failure]
            return [(await self._ask([item]))[0] for item in items]
        except DeciderError as failure:
            return [failure] * len(items)


def _wake(done: asyncio.Future[None]) -> None:
    if not done.done():
        done.set_result(None)
