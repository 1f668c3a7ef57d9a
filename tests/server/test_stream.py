"""Streams over the wire: their order, how far the service reads ahead, the errors of their results, and their end."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import Any

import grpc
import pytest
from structlog.testing import capture_logs

from decider.engine import JSONObject
from decider.errors import DeciderError, EngineUnavailable
from decider.evaluation import RefundEvaluator
from decider.server import GrpcServer
from decider.server.limits import WINDOW_BYTES, WINDOW_REQUESTS
from decider.server.read_ahead import in_order
from decider.server.traffic import Traffic
from decider.settings import Settings
from decider.v1 import decision_service_pb2, decision_service_pb2_grpc, facts_pb2
from support import answers, sample
from support.fakes import FakeEngine, details, pay_captured, served, unpacked
from support.processes import TIMEOUT_S, until

Request = decision_service_pb2.StreamEvaluateRefundsRequest
METHOD = "/decider.v1.DecisionService/StreamEvaluateRefunds"
# What gRPC itself holds on the way of results that nobody reads: its windows of 64 KiB at both ends.
ON_THE_WAY = 400


def asked(number: int = 0, change: Mapping[str, Any] | None = None) -> Request:
    """Return a request whose captured amount has `number` on top."""
    request = sample.request(change)
    request.facts.lots[0].base_price.amount_minor += number
    request.facts.payments[0].captured.amount_minor += number
    return Request(request=request)


class Unhurried(FakeEngine):
    """Answers after a while that differs from request to request."""

    async def evaluate(self, inputs: Sequence[bytes], timeout_s: float) -> Sequence[JSONObject | DeciderError]:
        await asyncio.sleep(random.random() / 100)
        return await super().evaluate(inputs, timeout_s)


def stub_of(channel: grpc.aio.Channel) -> Any:
    return decision_service_pb2_grpc.DecisionServiceStub(channel)


async def settled(count: Callable[[], int], least: int = 1) -> int:
    """Wait until a count comes to `least`, then until it stays what it is for a quarter of a second."""
    await until(lambda: count() >= least)
    before = -1
    while before != (now := count()):
        before = now
        await asyncio.sleep(0.25)
    return before


async def read_all(call: Any) -> tuple[list[Any], grpc.aio.AioRpcError | None]:
    """Read a stream to its end: the results, and the error where it ends with an error."""
    results = []
    try:
        async for one in call:
            results.append(one)  # noqa: PERF401 (an error may follow)
    except grpc.aio.AioRpcError as error:
        return results, error
    return results, None


async def test_1000_results_are_in_the_order_of_their_requests() -> None:
    requests = [asked(number) for number in range(1000)]
    async with served(Unhurried(pay_captured)) as channel:
        amounts = [
            one.result.decision.amount.amount_minor async for one in stub_of(channel).StreamEvaluateRefunds(requests)
        ]

    assert amounts == [10350 + number for number in range(1000)]


async def test_a_stream_without_requests_has_no_results() -> None:
    async with served(FakeEngine()) as channel:
        assert [one async for one in stub_of(channel).StreamEvaluateRefunds([])] == []


async def test_requests_of_a_stream_are_evaluated_side_by_side() -> None:
    engine = FakeEngine()
    engine.free.clear()
    async with served(engine) as channel:
        call = stub_of(channel).StreamEvaluateRefunds([asked()] * 1000)
        assert await settled(lambda: len(engine.asked), WINDOW_REQUESTS) == WINDOW_REQUESTS
        engine.free.set()

        assert len([one async for one in call]) == 1000


async def test_a_slow_reader_holds_back_its_own_stream() -> None:
    engine = FakeEngine()
    # A client's window grows with what it could read; here it stays what it is at first.
    async with served(engine, options=[("grpc.http2.bdp_probe", 0)]) as channel:
        call = aiter(stub_of(channel).StreamEvaluateRefunds([asked()] * 3000))
        read = 0
        for more in (0, 500, 1000):
            for _ in range(more):
                await anext(call)
            read += more
            assert await settled(lambda: len(engine.asked), read) <= read + WINDOW_REQUESTS + ON_THE_WAY
        rest = [one async for one in call]

    assert len(rest) == 3000 - read


async def test_large_requests_are_read_ahead_by_their_bytes() -> None:
    one = asked()
    for number in range(1000):
        event = one.request.facts.usage_events.add(id=f"{number:0250}", outcome=facts_pb2.USAGE_OUTCOME_SUCCESS)
        event.occurred_at.seconds = 1_781_000_000
    engine = FakeEngine()
    engine.free.clear()
    async with served(engine) as channel:
        call = stub_of(channel).StreamEvaluateRefunds([one] * 50)
        most = -(-WINDOW_BYTES // one.ByteSize())
        ahead = await settled(lambda: len(engine.asked), most)
        engine.free.set()
        answered = len([answer async for answer in call])

    assert ahead == most < 20
    assert answered == 50


async def test_a_bad_request_is_the_error_of_its_own_result() -> None:
    empty, unknown = asked(), asked()
    empty.request.facts.ClearField("account")
    unknown.MergeFromString(b"\xf8\x3e\x01")
    inside = asked()
    inside.request.facts.lots[0].MergeFromString(b"\xf8\x3e\x01")
    absent = asked(change={"request.policy_id": "none-such"})
    async with served(FakeEngine()) as channel:
        requests = [asked(), empty, unknown, inside, absent, Request(), asked()]
        results = [one.result async for one in stub_of(channel).StreamEvaluateRefunds(requests)]

    assert [one.WhichOneof("result") for one in results] == ["decision", *["error"] * 5, "decision"]
    assert [set(unpacked(one.error)[1]) for one in results[1:6]] == [
        {"facts.account"},
        {"request"},
        {"facts.lots[0]"},
        set(),
        {"request", "source"},
    ]
    assert unpacked(results[4].error)[0].metadata["field"] == "request.policy_id"


async def test_bytes_that_are_no_message_end_the_stream_after_the_results_before() -> None:
    async with served(FakeEngine()) as channel:
        content = [asked().SerializeToString()] * 20 + [b"\xff"]
        results, error = await read_all(channel.stream_stream(METHOD, bytes, bytes)(iter(content)))

    assert len(results) == 20
    assert error is not None
    assert (error.code(), details(error)[0].reason) == (grpc.StatusCode.INVALID_ARGUMENT, "MALFORMED_REQUEST")


def left_behind() -> list[asyncio.Task[Any]]:
    return [task for task in asyncio.all_tasks() if "evaluate" in repr(task) or task.get_name() == "read-ahead"]


@pytest.mark.parametrize("ending", ["cancel", "deadline"])
async def test_a_stream_that_nobody_waits_for_leaves_nothing_behind(ending: str) -> None:
    engine = FakeEngine()
    engine.free.clear()
    async with served(engine) as channel:
        stub = stub_of(channel)
        await channel.channel_ready()
        timeout = 3 if ending == "deadline" else None
        with capture_logs() as logs:
            call = stub.StreamEvaluateRefunds([asked()] * 200, timeout=timeout)
            await until(lambda: bool(engine.asked))
            if ending == "cancel":
                call.cancel()
            with pytest.raises(asyncio.CancelledError if ending == "cancel" else grpc.aio.AioRpcError):
                await call.read()
            await until(lambda: not left_behind() and any(entry["event"] == "call" for entry in logs))

    assert [(one["method"], one["code"]) for one in logs if one["event"] == "call"] == [
        ("decider.v1.DecisionService/StreamEvaluateRefunds", "CANCELLED")
    ]


async def started(engine: FakeEngine) -> GrpcServer:
    evaluator = RefundEvaluator(engine, clock=lambda: answers.EVALUATE_AT)
    return await GrpcServer.start(evaluator, engine, Settings(address="127.0.0.1:0"))


async def test_a_stream_ends_with_the_service_after_the_results_of_what_was_read() -> None:
    async def endless() -> AsyncIterator[Request]:
        for _ in range(10):
            yield asked()
        await asyncio.Event().wait()

    engine = FakeEngine()
    engine.free.clear()
    server = await started(engine)
    async with asyncio.timeout(TIMEOUT_S), grpc.aio.insecure_channel(server.address) as channel:
        call = stub_of(channel).StreamEvaluateRefunds(endless())
        reading = asyncio.create_task(read_all(call))
        await until(lambda: len(engine.asked) == 10)
        async with asyncio.timeout(TIMEOUT_S):
            stopping = asyncio.create_task(server.stop(60))
            await asyncio.sleep(0)
            engine.free.set()
            await stopping
            results, error = await reading

    assert len(results) == 10
    assert error is not None
    assert (error.code(), details(error)[0].reason) == (grpc.StatusCode.UNAVAILABLE, "ENGINE_UNAVAILABLE")


async def test_a_stream_that_begins_while_the_service_stops_is_refused() -> None:
    traffic = Traffic()
    traffic.stop_reading()

    async def requests() -> AsyncIterator[int]:
        yield 1

    async def work(number: int) -> int:
        return number

    async with asyncio.timeout(TIMEOUT_S):
        with pytest.raises(EngineUnavailable):
            await anext(in_order(requests(), work, int, traffic))


async def test_a_slow_reader_does_not_prolong_the_end_of_the_service() -> None:
    engine = FakeEngine()
    server = await started(engine)
    async with grpc.aio.insecure_channel(server.address) as channel:
        call = stub_of(channel).StreamEvaluateRefunds([asked()] * 2000)
        await call.read()
        await settled(lambda: len(engine.asked))
        async with asyncio.timeout(TIMEOUT_S):
            await server.stop(10 * TIMEOUT_S)
        call.cancel()


async def test_a_stream_is_one_line_in_the_log() -> None:
    with capture_logs() as logs:
        async with served(FakeEngine()) as channel:
            requests = [asked(), Request(), asked()]
            assert len([one async for one in stub_of(channel).StreamEvaluateRefunds(requests)]) == 3

    (line,) = [one for one in logs if one["event"] == "call"]
    assert (line["code"], line["items"], line["errors"]) == ("OK", 3, 1)
