"""Batches over the wire: their order, the errors of their slots, and their turns."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from context import sample
from decider.context import build_input
from decider.engine import JSONObject
from decider.errors import DeciderError, EngineUnavailable, PolicyUndefined
from decider.v1 import decision_service_pb2, decision_service_pb2_grpc
from decision import answers
from server.fakes import FakeEngine, pay, served, unpacked

Batch = decision_service_pb2.BatchEvaluateRefundsRequest


async def test_a_defect_in_one_item_is_that_items_own(monkeypatch: pytest.MonkeyPatch) -> None:
    real = build_input

    def defective(request: Any, *rest: Any) -> Any:
        if request.request.order_ref == "poison":
            raise ZeroDivisionError
        return real(request, *rest)

    monkeypatch.setattr("decider.server.evaluator.build_input", defective)
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
    def priced(policy_input: Mapping[str, Any]) -> JSONObject:
        amount = policy_input["payments"][0]["captured"]
        line = {"code": "paid", "amount": amount, "lot": "", "clause": "router-one/2.1-prorata"}
        return {**pay(policy_input), "amount": amount, "breakdown": [line]}

    requests = []
    for number in range(200):
        request = sample.request()
        request.facts.lots[0].base_price.amount_minor += number
        request.facts.payments[0].captured.amount_minor += number
        requests.append(request)
    async with served(FakeEngine(priced)) as channel:
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
