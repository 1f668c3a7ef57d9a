"""A closed loop: so many calls in flight for so many seconds, each followed by the next."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from cpu import cpu_s

__all__ = ["Call", "Load", "Sample", "drive"]

# Makes one call and returns the bytes of its answer.
Call = Callable[[], Awaitable[bytes]]

MOST_CALLS = 50_000


@dataclass(frozen=True)
class Load:
    """What is measured: one call in flight for each of `calls`, and `decisions` in each call.

    `pids` are the processes that work on it, by what they are called; this one, the client, is always among them.
    """

    calls: Sequence[Call]
    pids: Mapping[str, int]
    decisions: int = 1


@dataclass(frozen=True)
class Sample:
    """What one round of a load gave: seconds of wall clock, of each call, and of CPU by process (if measured)."""

    decisions: int
    wall_s: float
    calls_s: Sequence[float]
    cpu_s: Mapping[str, float]

    @property
    def rate(self) -> float:
        """Decisions a second."""
        return self.decisions / self.wall_s


async def drive(load: Load, seconds: float, most_calls: int = MOST_CALLS) -> Sample:
    """Keep the load up for `seconds`, or `most_calls`. Fails unless all calls get the same answer."""
    pids = {**load.pids, "client": os.getpid()}
    calls_s: list[float] = []
    answers: set[bytes] = set()
    cpu_before, began = cpu_s(pids), time.perf_counter()
    until = began + seconds

    async def keep(call: Call) -> None:
        now = time.perf_counter()
        while now < until and len(calls_s) < most_calls:
            answers.add(await call())
            before, now = now, time.perf_counter()
            calls_s.append(now - before)

    async with asyncio.TaskGroup() as group:
        for call in load.calls:
            group.create_task(keep(call))
    wall_s, cpu_after = time.perf_counter() - began, cpu_s(pids)
    assert len(answers) == 1, answers
    used = {name: cpu_after[name] - before for name, before in cpu_before.items()}
    return Sample(len(calls_s) * load.decisions, wall_s, calls_s, used)
