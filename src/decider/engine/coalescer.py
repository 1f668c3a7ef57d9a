"""Concurrent calls share queries: the HTTP hop is paid once for all that wait, and nobody waits for company.

A few queries are in flight at a time. An item that finds a free place goes at once; the others queue and go together
when a place falls free. Calls take turns in filling a query, so that a batch of 1,000 does not hold up a single item.
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
# 64 items are 25 to 30 ms of evaluation: the longest that a single item waits for a place.
ITEMS_PER_QUERY = 64
# A query of so many bytes takes no more items. The largest item has some 5 MiB, since every list of a request has a
# limit, and OPA takes bodies of 12 MiB.
BYTES_PER_QUERY = 2 * 1024 * 1024
# Below this a query is not split between free places: the hop costs as much as evaluating two items.
SPLIT_FROM = 8
# How many items a call puts into a query before the next call's turn.
TURN = 16

_log = structlog.get_logger(__name__)


@dataclass(eq=False)
class _Call:
    """One caller's items: `sent` of them are in queries or answered, `open` are without an answer."""

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
        """Return a result or an error for each input, in order. Raises nothing but cancellation.

        Items without an answer after `timeout_s` seconds get EngineUnavailable(deadline=True) and are sent no more.
        """
        if not inputs:
            return []
        loop = asyncio.get_running_loop()
        call = _Call(inputs, loop.time() + timeout_s, loop.create_future())
        self._waiting.append(call)
        if not self._scheduled:
            # At the end of this turn of the event loop, so that calls made in the same turn go together.
            self._scheduled = True
            loop.call_soon(self._pump)
        alarm = loop.call_later(timeout_s, _wake, call.done)
        try:
            await call.done
        finally:
            alarm.cancel()
            call.done.cancel()  # also when the caller was cancelled: nothing more of it is sent
        late = EngineUnavailable("the policy engine did not answer in time", deadline=True)
        return [late if result is None else result for result in call.results]

    async def aclose(self) -> None:
        """Cancel the queries under way; their items, and those waiting, get EngineUnavailable."""
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
        """Take the next query's items from the waiting calls, in turns; calls that nobody waits for are dropped."""
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
        except Exception as bug:  # noqa: BLE001 (callers get an error at once instead of waiting for their deadline)
            _log.error("engine.bug", type=type(bug).__name__)
            results = [EngineUnavailable("the policy engine failed")] * len(items)
        for (call, index), result in zip(items, results, strict=True):
            call.answer(index, result)

    async def _ask(self, items: list[tuple[_Call, int]]) -> list[Result]:
        """Query the items together; where the policy fails, one by one, so that only the poisoned item fails."""
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
