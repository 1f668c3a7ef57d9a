"""How calls share queries, with a query that the test holds in its hands."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from decider.engine import coalescer
from decider.engine.coalescer import Coalescer, Result
from decider.errors import EngineUnavailable, PolicyError

TIMEOUT_S = 10.0


class Desk:
    """A query that answers each item with itself; `closed` holds all answers back."""

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.open.set()
        self.asked: list[list[str]] = []
        self.timeouts: list[float] = []
        self.most = self.now = 0

    async def query(self, items: Sequence[bytes], timeout_s: float) -> list[Result]:
        self.asked.append([item.decode() for item in items])
        self.timeouts.append(timeout_s)
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            await asyncio.sleep(0)
            await self.open.wait()
        finally:
            self.now -= 1
        if b"poison" in items:
            raise PolicyError("a rule failed")
        if b"down" in items:
            raise EngineUnavailable("down")
        if b"bug" in items:
            raise KeyError("private")
        return [{"item": item.decode()} for item in items]


def answers(*items: str) -> list[Result]:
    return [{"item": item} for item in items]


async def turn() -> None:
    """Let everything run that can."""
    for _ in range(5):
        await asyncio.sleep(0)


async def test_a_single_item_goes_at_once() -> None:
    desk = Desk()

    assert await Coalescer(desk.query).evaluate([b"a"], TIMEOUT_S) == answers("a")
    assert desk.asked == [["a"]]
    assert 0 < desk.timeouts[0] <= TIMEOUT_S


async def test_calls_of_one_moment_and_calls_that_waited_go_together() -> None:
    desk = Desk()
    desk.open.clear()
    coalescer = Coalescer(desk.query, in_flight=1)
    first = [asyncio.create_task(coalescer.evaluate([b"a%d" % n], TIMEOUT_S)) for n in range(3)]
    await turn()
    second = [asyncio.create_task(coalescer.evaluate([b"b%d" % n], TIMEOUT_S)) for n in range(3)]
    await turn()
    desk.open.set()

    assert await asyncio.gather(*first, *second) == [answers(f"{group}{n}") for group in "ab" for n in range(3)]
    assert desk.asked == [["a0", "a1", "a2"], ["b0", "b1", "b2"]]


async def test_a_large_batch_is_cut_in_chunks_and_shared_between_free_places() -> None:
    desk = Desk()
    items = [b"%d" % n for n in range(300)]

    assert await Coalescer(desk.query).evaluate(items, TIMEOUT_S) == answers(*map(str, range(300)))
    assert [len(asked) for asked in desk.asked][:2] == [64, 64]
    assert sum(len(asked) for asked in desk.asked) == 300
    assert desk.most == 2

    desk.asked.clear()
    await Coalescer(desk.query).evaluate(items[:40], TIMEOUT_S)
    assert [len(asked) for asked in desk.asked] == [20, 20]


async def test_a_single_item_does_not_wait_for_a_whole_batch() -> None:
    desk = Desk()
    desk.open.clear()
    coalescer = Coalescer(desk.query, in_flight=1, items_per_query=64)
    batch = asyncio.create_task(coalescer.evaluate([b"batch"] * 1000, TIMEOUT_S))
    await turn()
    single = asyncio.create_task(coalescer.evaluate([b"single"], TIMEOUT_S))
    await turn()
    desk.open.set()

    assert await single == answers("single")
    assert "single" in desk.asked[1]
    assert len(await batch) == 1000


async def test_large_items_share_no_query(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coalescer, "BYTES_PER_QUERY", 10)
    desk = Desk()
    items = [b"a" * 4] * 5 + [b"b" * 50] * 2

    assert await Coalescer(desk.query, in_flight=1).evaluate(items, TIMEOUT_S) == answers(
        *(one.decode() for one in items)
    )
    assert [[len(one) for one in asked] for asked in desk.asked] == [[4, 4, 4], [4, 4, 50], [50]]


async def test_sharing_can_be_turned_off() -> None:
    desk = Desk()
    coalescer = Coalescer(desk.query, items_per_query=1)
    await asyncio.gather(*(coalescer.evaluate([b"a", b"b"], TIMEOUT_S) for _ in range(3)))

    assert [len(asked) for asked in desk.asked] == [1] * 6


async def test_late_items_are_told_so_and_not_sent() -> None:
    desk = Desk()
    desk.open.clear()
    coalescer = Coalescer(desk.query, in_flight=1)
    held = asyncio.create_task(coalescer.evaluate([b"held"], TIMEOUT_S))
    await turn()
    [late] = await coalescer.evaluate([b"late"], 0.01)
    desk.open.set()

    assert isinstance(late, EngineUnavailable)
    assert late.code == "DEADLINE_EXCEEDED"
    assert await held == answers("held")
    assert await coalescer.evaluate([b"next"], TIMEOUT_S) == answers("next")
    assert desk.asked == [["held"], ["next"]]


async def test_what_was_answered_in_time_is_kept() -> None:
    desk = Desk()

    async def slow(items: Sequence[bytes], timeout_s: float) -> list[Result]:
        if items == [b"slow"]:
            await asyncio.Event().wait()
        return await desk.query(items, timeout_s)

    coalescer = Coalescer(slow, in_flight=1, items_per_query=1)
    first, second = await coalescer.evaluate([b"quick", b"slow"], 0.1)

    await coalescer.aclose()

    assert first == {"item": "quick"}
    assert isinstance(second, EngineUnavailable)


async def test_who_gives_up_harms_no_other() -> None:
    desk = Desk()
    desk.open.clear()
    coalescer = Coalescer(desk.query, in_flight=1)
    leaving, staying = (asyncio.create_task(coalescer.evaluate([item], TIMEOUT_S)) for item in (b"leaving", b"staying"))
    await turn()
    queued = asyncio.create_task(coalescer.evaluate([b"queued"], TIMEOUT_S))
    await turn()
    leaving.cancel()
    queued.cancel()
    await turn()
    desk.open.set()

    assert await staying == answers("staying")
    assert desk.asked == [["leaving", "staying"]]
    with pytest.raises(asyncio.CancelledError):
        await leaving


async def test_poison_is_found_item_by_item() -> None:
    desk = Desk()
    results = await Coalescer(desk.query, in_flight=1).evaluate([b"a", b"poison", b"b"], TIMEOUT_S)

    assert results[0] == {"item": "a"}
    assert isinstance(results[1], PolicyError)
    assert results[2] == {"item": "b"}
    assert desk.asked == [["a", "poison", "b"], ["a"], ["poison"], ["b"]]


@pytest.mark.parametrize("trouble", ["down", "bug"])
async def test_an_engine_in_trouble_fails_the_query_and_the_next_one_is_tried(trouble: str) -> None:
    desk = Desk()
    coalescer = Coalescer(desk.query, in_flight=1)
    results = await coalescer.evaluate([b"a", trouble.encode()], TIMEOUT_S)

    assert [type(result) for result in results] == [EngineUnavailable] * 2
    assert "private" not in str(results[0])
    assert desk.asked == [["a", trouble]]
    assert await coalescer.evaluate([b"b"], TIMEOUT_S) == answers("b")


async def test_closing_answers_all() -> None:
    desk = Desk()
    desk.open.clear()
    coalescer = Coalescer(desk.query, in_flight=1)
    under_way = asyncio.create_task(coalescer.evaluate([b"a"], TIMEOUT_S))
    await turn()
    await coalescer.aclose()

    [result] = await under_way
    assert isinstance(result, EngineUnavailable)
    assert result.code == "UNAVAILABLE"
