"""Batches over the wire: their order, the errors of their slots, and their turns."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import grpc
import pytest

from decider.engine import JSONObject
from decider.errors import DeciderError, EngineUnavailable, PolicyUndefined
from decider.evaluation.validation import valid_facts
from decider.v1 import decision_service_pb2, decision_service_pb2_grpc
from support import answers, sample
from support.fakes import CATALOG, FakeEngine, details, pay_captured, served, unpacked

Batch = decision_service_pb2.BatchEvaluateRefundsRequest


async def test_a_defect_in_one_item_is_that_items_own(monkeypatch: pytest.MonkeyPatch) -> None:
    real = valid_facts

    def defective(request: Any, *rest: Any) -> Any:
        if request.request.order_ref == "poison":
            raise ZeroDivisionError
        return real(request, *rest)

    monkeypatch.setattr("decider.evaluation.evaluator.valid_facts", defective)
    poison = sample.request({"request.order_ref": "poison"})
    async with served(FakeEngine()) as channel:
        stub = decision_service_pb2_grpc.DecisionServiceStub(channel)
        batch = await stub.BatchEvaluateRefunds(Batch(requests=[sample.request(), poison, sample.request()]))

    assert [one.WhichOneof("result") for one in batch.results] == ["decision", "error", "decision"]
    assert batch.results[1].error.message == "internal error"


async def test_what_fails_in_the_engine_fails_its_own_slots() -> None:
    results: list[JSONObject | DeciderError] = [
        {**answers.cash(), "interpretations": []},
        PolicyUndefined("none"),
        {**answers.cash(), "interpretations": [], "amount": 5},
        EngineUnavailable("late", deadline=True),
    ]
    given = iter(results)
    async with served(FakeEngine(lambda _: next(given))) as channel:
        stub = decision_service_pb2_grpc.DecisionServiceStub(channel)
        batch = await stub.BatchEvaluateRefunds(Batch(requests=[sample.request()] * 4))

    assert [one.WhichOneof("result") for one in batch.results] == ["decision", "error", "error", "error"]
    assert [unpacked(one.error)[0].reason for one in batch.results[1:]] == [
        "POLICY_UNDEFINED",
        "DECISION_INVARIANT",
        "ENGINE_UNAVAILABLE",
    ]
    assert [one.error.code for one in batch.results[1:]] == [13, 13, 4]
    assert batch.bundle_digest == "sha256:b0"


async def test_a_batch_keeps_the_order() -> None:
    requests = []
    for number in range(200):
        request = sample.request()
        request.facts.lots[0].base_price.amount_minor += number
        request.facts.payments[0].captured.amount_minor += number
        requests.append(request)
    async with served(FakeEngine(pay_captured)) as channel:
        stub = decision_service_pb2_grpc.DecisionServiceStub(channel)
        batch = await stub.BatchEvaluateRefunds(Batch(requests=requests))

    assert [one.decision.amount.amount_minor for one in batch.results] == [10350 + number for number in range(200)]


async def test_a_batch_of_a_thousand_leaves_others_their_turn() -> None:
    async with served(FakeEngine()) as channel:
        stub = decision_service_pb2_grpc.DecisionServiceStub(channel)
        batch = asyncio.ensure_future(stub.BatchEvaluateRefunds(Batch(requests=[sample.request()] * 1000)))
        answered_meanwhile = 0
        while not batch.done():
            await stub.EvaluateRefund(sample.request())
            answered_meanwhile += 1
        answered = await batch

    assert len(answered.results) == 1000
    assert answered_meanwhile > 2  # one that waited for the whole batch would be the only one


def wordy(size: int) -> FakeEngine:
    """Answer every input with a decision of so many bytes and some."""
    texts = replace(CATALOG.texts, warnings={"credits_reserved": "x" * size})
    policies = {policy_id: replace(policy, texts=texts) for policy_id, policy in CATALOG.policies.items()}
    return FakeEngine(catalog=replace(CATALOG, policies=policies))


@pytest.mark.parametrize("size", [5_000, 60_000])
async def test_results_without_room_say_what_to_do_and_the_answer_is_readable(size: int) -> None:
    poor = sample.request({}, ("facts.account",))
    requests = [sample.request()] * 999 + [poor]
    async with served(wordy(size)) as channel:
        stub = decision_service_pb2_grpc.DecisionServiceStub(channel)
        batch = await stub.BatchEvaluateRefunds(Batch(requests=requests))

    assert batch.ByteSize() <= 4 * 1024 * 1024
    assert batch.ByteSize() > 4 * 1024 * 1024 - size - 8000  # the room is used, but for a few bytes a result
    kinds = [one.WhichOneof("result") for one in batch.results]
    decided = kinds.index("error")
    assert kinds == ["decision"] * decided + ["error"] * (1000 - decided)
    for one in batch.results[decided:-1]:
        info, _ = unpacked(one.error)
        assert (grpc.StatusCode.RESOURCE_EXHAUSTED.value[0], info.reason) == (one.error.code, "RESPONSE_TOO_LARGE")
        assert "StreamEvaluateRefunds" in one.error.message
    assert unpacked(batch.results[-1].error)[1].keys() == {"requests[999].facts.account"}


async def test_the_same_answers_have_room_in_a_smaller_batch_and_in_a_stream() -> None:
    count = 100
    async with served(wordy(60_000)) as channel:
        stub = decision_service_pb2_grpc.DecisionServiceStub(channel)
        half = await stub.BatchEvaluateRefunds(Batch(requests=[sample.request()] * (count // 2)))
        backlog = [decision_service_pb2.StreamEvaluateRefundsRequest(request=sample.request())] * count
        streamed = [one.result.WhichOneof("result") async for one in stub.StreamEvaluateRefunds(iter(backlog))]

    assert [one.WhichOneof("result") for one in half.results] == ["decision"] * (count // 2)
    assert streamed == ["decision"] * count


async def test_a_single_decision_that_nobody_could_read_is_refused() -> None:
    async with served(wordy(4 * 1024 * 1024)) as channel:
        stub = decision_service_pb2_grpc.DecisionServiceStub(channel)
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await stub.EvaluateRefund(sample.request())
        asked = decision_service_pb2.StreamEvaluateRefundsRequest(request=sample.request())
        (streamed,) = [one.result async for one in stub.StreamEvaluateRefunds(iter([asked]))]

    assert (raised.value.code(), details(raised.value)[0].reason) == (
        grpc.StatusCode.RESOURCE_EXHAUSTED,
        "RESPONSE_TOO_LARGE",
    )
    assert unpacked(streamed.error)[0].reason == "RESPONSE_TOO_LARGE"
