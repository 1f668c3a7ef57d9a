"""Calls over the wire: what is answered, and how each error leaves."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from importlib import metadata
from typing import Any

import grpc
import orjson
import pytest
from structlog.testing import capture_logs

from decider.engine import JSONObject
from decider.errors import (
    DeciderError,
    EngineUnavailable,
    PolicyError,
    PolicyUndefined,
)
from decider.v1 import decision_pb2, decision_service_pb2, decision_service_pb2_grpc
from decider.version import DISTRIBUTION
from support import answers, sample
from support.error_examples import promises
from support.fakes import FakeEngine, details, served, unpacked
from support.processes import until

Batch = decision_service_pb2.BatchEvaluateRefundsRequest


async def evaluate(engine: FakeEngine, wait: float | None = None, **settings: Any) -> decision_pb2.Decision:
    async with served(engine, **settings) as channel:
        stub = decision_service_pb2_grpc.DecisionServiceStub(channel)
        response = await stub.EvaluateRefund(sample.request(), timeout=wait)
    return response.decision


async def failed(engine: FakeEngine, **settings: Any) -> grpc.aio.AioRpcError:
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await evaluate(engine, **settings)
    return raised.value


async def test_a_good_request_is_decided() -> None:
    engine = FakeEngine()

    decision = await evaluate(engine)

    assert decision.disposition == decision_pb2.DISPOSITION_CASH_REFUND
    assert decision.amount.amount_minor == 10000
    assert decision.policy.engine == "opa 1.22.2"
    assert decision.policy.service_version == metadata.version(DISTRIBUTION)
    assert decision.policy.bundle_digest == engine.catalog.digest
    ((document,),) = engine.asked
    assert orjson.loads(document)["request"]["evaluate_at"] == decision.evaluated_at.seconds * answers.SECOND
    assert decision.input_digest.startswith("sha256:")


async def test_the_clock_is_read_where_no_time_is_told() -> None:
    request = sample.request({}, ("evaluate_at",))
    async with served(FakeEngine()) as channel:
        response = await decision_service_pb2_grpc.DecisionServiceStub(channel).EvaluateRefund(request)

    assert response.decision.evaluated_at.seconds == answers.EVALUATE_AT // answers.SECOND


def answering(result: JSONObject | DeciderError) -> FakeEngine:
    return FakeEngine(lambda _: result)


POLICY = {"policy_id": "router-one", "bundle_digest": "sha256:b0"}
FAILURES: list[tuple[JSONObject | DeciderError, grpc.StatusCode, str, dict[str, str]]] = [
    (EngineUnavailable("down"), grpc.StatusCode.UNAVAILABLE, "ENGINE_UNAVAILABLE", {}),
    (EngineUnavailable("late", deadline=True), grpc.StatusCode.DEADLINE_EXCEEDED, "ENGINE_UNAVAILABLE", {}),
    (PolicyUndefined("none"), grpc.StatusCode.INTERNAL, "POLICY_UNDEFINED", POLICY),
    (
        PolicyError("x", metadata={"code": "eval_conflict_error"}),
        grpc.StatusCode.INTERNAL,
        "POLICY_ERROR",
        {**POLICY, "code": "eval_conflict_error"},
    ),
    ({"error": {"code": "undefined", "message": "none"}}, grpc.StatusCode.INTERNAL, "POLICY_UNDEFINED", POLICY),
    ({"verdict": "ALLOW"}, grpc.StatusCode.INTERNAL, "POLICY_RESULT_INVALID", POLICY),
    ({}, grpc.StatusCode.INTERNAL, "POLICY_RESULT_INVALID", POLICY),
    ({**answers.cash(), "amount": 1}, grpc.StatusCode.INTERNAL, "DECISION_INVARIANT", POLICY),
]


@pytest.mark.parametrize(("result", "code", "reason", "told"), FAILURES)
async def test_each_failure_has_its_status(
    result: JSONObject | DeciderError, code: grpc.StatusCode, reason: str, told: dict[str, str]
) -> None:
    error = await failed(answering(result))

    info, violations = details(error)
    assert (error.code(), info.reason, violations) == (code, reason, {})
    assert told.items() <= dict(info.metadata).items()
    assert error.code().name in promises()[reason].codes
    assert promises()[reason].info["metadata"].keys() <= info.metadata.keys()
    assert ("input_digest" in info.metadata) == (reason in {"DECISION_INVARIANT", "POLICY_RESULT_INVALID"})


async def test_a_fault_that_the_policy_finds_is_the_callers() -> None:
    error = await failed(answering({"fault": {"field": "facts.agreement.minimum", "description": "no rate"}}))

    info, violations = details(error)
    assert (error.code(), info.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FACTS")
    assert violations == {"facts.agreement.minimum": "no rate"}


@pytest.mark.parametrize(
    ("change", "field", "version", "closest"),
    [
        ({"request.policy_id": "none-such"}, "request.policy_id", "", {}),
        ({"request.policy_id": "yunxim"}, "request.policy_id", "", {"closest": "yunxin"}),
        ({"request.policy_version": "2031-01-01"}, "request.policy_version", "2031-01-01", {"closest": "2027-01-01"}),
    ],
)
async def test_a_policy_that_is_not_loaded(
    change: dict[str, Any], field: str, version: str, closest: dict[str, str]
) -> None:
    request = sample.request(change)
    async with served(FakeEngine()) as channel:
        stub = decision_service_pb2_grpc.DecisionServiceStub(channel)
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await stub.EvaluateRefund(request)
        batch = await stub.BatchEvaluateRefunds(Batch(requests=[sample.request(), request]))

    expected = {"policy_id": request.request.policy_id, "policy_version": version, "field": field, **closest}
    info, _ = details(raised.value)
    assert (raised.value.code(), info.reason) == (grpc.StatusCode.NOT_FOUND, "POLICY_NOT_FOUND")
    assert dict(info.metadata) == expected
    slot, _ = unpacked(batch.results[1].error)
    assert dict(slot.metadata) == {**expected, "field": f"requests[1].{field}"}


async def test_a_defect_tells_the_caller_nothing_and_the_log_its_place() -> None:
    def defective(_: Mapping[str, Any]) -> JSONObject:
        raise RuntimeError("ada@example.com is owed 10350")

    with capture_logs() as logs:
        error = await failed(FakeEngine(defective))

    info, _ = details(error)
    assert (error.code(), error.details()) == (grpc.StatusCode.INTERNAL, "internal error")
    assert info.reason == "UNSPECIFIED"
    (line,) = [one for one in logs if one["event"] == "defect"]
    assert line["exception"] == "RuntimeError"
    assert "defective" in line["place"][-1]
    assert "ada" not in str(logs)


async def test_the_callers_deadline_reaches_the_engine() -> None:
    engine = FakeEngine()

    await evaluate(engine, wait=200, deadline_s=400)
    await evaluate(engine, wait=400, deadline_s=200)
    await evaluate(engine, deadline_s=400)

    assert 100 < engine.timeouts[0] < 200
    assert 100 < engine.timeouts[1] <= 200
    assert 300 < engine.timeouts[2] <= 400


async def test_a_deadline_that_is_over_before_the_engine_is_asked() -> None:
    engine = FakeEngine()

    error = await failed(engine, deadline_s=1e-6)

    assert error.code() == grpc.StatusCode.DEADLINE_EXCEEDED
    assert engine.asked == []


async def test_a_call_that_nobody_waits_for_is_logged_as_cancelled() -> None:
    engine = FakeEngine()
    engine.free.clear()
    with capture_logs() as logs:
        async with served(engine) as channel:
            call = decision_service_pb2_grpc.DecisionServiceStub(channel).EvaluateRefund(sample.request())
            await engine.entered.wait()
            call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call
            await until(lambda: any(entry["event"] == "call" for entry in logs))

    assert [one["code"] for one in logs if one["event"] == "call"] == ["CANCELLED"]
