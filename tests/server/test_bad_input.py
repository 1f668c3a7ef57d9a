"""Bad input over the wire: a precise error each, and the next good call is answered."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import grpc
import pytest

from decider.engine import JSONObject
from decider.evaluation.validation import valid_facts
from decider.v1 import decision_pb2, decision_service_pb2, decision_service_pb2_grpc
from support import answers
from support.bad_requests import Bad, all_bad
from support.fakes import FakeEngine, details, send, served, unpacked
from support.full_request import good

Batch = decision_service_pb2.BatchEvaluateRefundsRequest


def deny(policy_input: Mapping[str, Any]) -> JSONObject:
    """Answer whatever comes with an answer that keeps every guard."""
    return {**answers.denied(), "interpretations": [], "currency": policy_input["request"]["currency"]}


def test_there_are_enough_of_them() -> None:
    assert len(all_bad()) > 240


async def test_each_is_answered_precisely() -> None:
    async with served(FakeEngine(deny)) as channel:
        stub = decision_service_pb2_grpc.DecisionServiceStub(channel)
        wrong = [said for bad in all_bad() if (said := await _complaint(stub, bad))]
        after = await stub.EvaluateRefund(good())

    assert wrong == []
    assert after.decision.disposition == decision_pb2.DISPOSITION_NOT_REFUNDABLE


async def _complaint(stub: Any, bad: Bad) -> str:
    """Return what is wrong with the answer to a bad request, or nothing."""
    try:
        await stub.EvaluateRefund(bad.request)
    except grpc.aio.AioRpcError as error:
        info, violations = details(error)
        if (error.code(), info.reason) != (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FACTS"):
            return f"{bad.name}: {error.code()} {info.reason} {error.details()}"
        if not violations or (bad.fields and set(violations) != bad.fields):
            return f"{bad.name}: {violations}, not {sorted(bad.fields)}"
    else:
        if bad.fields:
            return f"{bad.name}: no error"
    return ""


async def test_no_facts_are_asked_for_by_name() -> None:
    request = good()
    request.ClearField("facts")
    async with served(FakeEngine(deny)) as channel:
        stub = decision_service_pb2_grpc.DecisionServiceStub(channel)
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await stub.EvaluateRefund(request)

    assert details(raised.value)[1] == {"source": "must hold facts, or an order"}


async def test_in_a_batch_each_is_the_error_of_its_own_slot() -> None:
    """The good requests between them are answered, in their places."""
    engine = FakeEngine(deny)
    bads = [bad for bad in all_bad() if bad.fields and bad.request.ByteSize() < 10_000]
    requests = [request for bad in bads for request in (bad.request, good())]
    async with served(engine) as channel:
        stub = decision_service_pb2_grpc.DecisionServiceStub(channel)
        response = await stub.BatchEvaluateRefunds(Batch(requests=requests))

    assert len(response.results) == len(requests)
    assert [one.WhichOneof("result") for one in response.results[1::2]] == ["decision"] * len(bads)
    for index, (bad, result) in enumerate(zip(bads, response.results[::2], strict=True)):
        assert result.WhichOneof("result") == "error", bad.name
        info, violations = unpacked(result.error)
        assert (bad.name, info.reason) == (bad.name, "INVALID_FACTS")
        assert (bad.name, set(violations)) == (bad.name, {f"requests[{2 * index}].{one}" for one in bad.fields})
        assert result.error.message.startswith(f"requests[{2 * index}].")
    assert [len(asked) for asked in engine.asked] == [len(bads)]


@pytest.mark.parametrize("count", [0, 1001, 20_000])
async def test_a_batch_beyond_the_limits_is_refused_whole(count: int) -> None:
    engine = FakeEngine(deny)
    small = decision_service_pb2.EvaluateRefundRequest()
    async with served(engine) as channel:
        stub = decision_service_pb2_grpc.DecisionServiceStub(channel)
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await stub.BatchEvaluateRefunds(Batch(requests=[small] * count))

    info, violations = details(raised.value)
    assert (raised.value.code(), info.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FACTS")
    assert violations == {"requests": f"must contain 1 to 1000 item(s), not {count}"}
    assert engine.asked == []


async def test_a_message_beyond_the_limit_is_refused() -> None:
    request = good()
    request.request.reason = "x" * (4 * 1024 * 1024)
    async with served(FakeEngine(deny)) as channel:
        stub = decision_service_pb2_grpc.DecisionServiceStub(channel)
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await stub.EvaluateRefund(request)
        after = await stub.EvaluateRefund(good())

    assert raised.value.code() == grpc.StatusCode.RESOURCE_EXHAUSTED
    assert after.HasField("decision")


async def test_many_violations_still_fit_into_an_answer() -> None:
    """A status travels in the trailers, and clients refuse trailers of more than 8 KiB."""
    request = good()
    for _ in range(999):
        request.facts.lots.add(used_micros=-1)
    async with served(FakeEngine(deny), batch_deadline_s=600) as channel:
        stub = decision_service_pb2_grpc.DecisionServiceStub(channel)
        with pytest.raises(grpc.aio.AioRpcError) as single:
            await stub.EvaluateRefund(request)
        alone = await stub.BatchEvaluateRefunds(Batch(requests=[request]))
        many = await stub.BatchEvaluateRefunds(Batch(requests=[request] * 20))

    info, violations = details(single.value)
    assert int(info.metadata["violations"]) > 3000
    assert info.metadata["violations_told"] == str(len(violations))
    assert len(violations) > 50
    _, all_of_them = unpacked(alone.results[0].error)
    assert len(all_of_them) == int(info.metadata["violations"])
    assert {len(one.error.details) for one in many.results} == {2}
    assert many.ByteSize() < 3 * 1024 * 1024


async def test_a_batch_of_the_worst_ends_with_its_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of the evaluator stands still but while a request is looked through, which takes a second."""
    seconds = 0.0

    def look_through(*given: Any) -> Any:
        nonlocal seconds
        seconds += 1
        return valid_facts(*given)

    monkeypatch.setattr("decider.evaluation.evaluator.valid_facts", look_through)
    monkeypatch.setattr("decider.evaluation.evaluator.time", SimpleNamespace(monotonic=lambda: seconds))
    request = good()
    request.facts.lots.add(used_micros=-1)
    async with served(FakeEngine(deny), batch_deadline_s=3.5) as channel:
        stub = decision_service_pb2_grpc.DecisionServiceStub(channel)
        response = await stub.BatchEvaluateRefunds(Batch(requests=[request] * 20))

    assert [one.error.code for one in response.results] == [3] * 4 + [4] * 16


GARBAGE = [b"\xff", b"\xff" * 100_000, b"\x0a\xff\x01", b"not a message"]
METHODS = [
    "/decider.v1.DecisionService/EvaluateRefund",
    "/decider.v1.DecisionService/BatchEvaluateRefunds",
    "/decider.v1.PolicyService/GetPolicy",
    "/decider.v1.PolicyService/ListPolicies",
    "/grpc.health.v1.Health/Check",
]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("garbage", GARBAGE, ids=range(len(GARBAGE)))
async def test_bytes_that_are_no_message(method: str, garbage: bytes) -> None:
    async with served(FakeEngine(deny)) as channel:
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await send(channel, method, garbage)

    assert raised.value.code() == grpc.StatusCode.INVALID_ARGUMENT
    info, violations = details(raised.value)
    assert (info.reason, violations) == ("MALFORMED_REQUEST", {})
    assert "Error" not in str(raised.value.details())


async def test_bytes_that_are_no_message_to_a_watch() -> None:
    async with served(FakeEngine(deny)) as channel:
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await channel.unary_stream("/grpc.health.v1.Health/Watch", bytes, bytes)(b"\xff").read()

    assert raised.value.code() == grpc.StatusCode.INVALID_ARGUMENT


@pytest.mark.parametrize("method", METHODS[:3])
async def test_text_that_is_no_utf8(method: str) -> None:
    """In EvaluateRefund and the batch below their first message, in GetPolicy as the policy's id."""
    content = b"\x0a\x03\xff\xfe\xfd"
    for _ in range({METHODS[0]: 1, METHODS[1]: 2}.get(method, 0)):
        content = b"\x0a" + bytes([len(content)]) + content
    async with served(FakeEngine(deny)) as channel:
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await send(channel, method, content)

    assert details(raised.value)[0].reason == "MALFORMED_REQUEST"


async def test_garbage_in_an_item_is_garbage_in_the_batch() -> None:
    """An item is no message of its own on the wire: the bytes of the whole are none."""
    async with served(FakeEngine(deny)) as channel:
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await send(channel, METHODS[1], b"\x0a\x02\x0a\x7f")

    assert details(raised.value)[0].reason == "MALFORMED_REQUEST"


async def test_a_method_that_is_not_there() -> None:
    async with served(FakeEngine(deny)) as channel:
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await send(channel, "/decider.v1.DecisionService/DecideRefund", b"")

    assert raised.value.code() == grpc.StatusCode.UNIMPLEMENTED
