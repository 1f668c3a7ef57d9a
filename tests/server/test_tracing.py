"""The ids of a call: what comes back, and what stands in the log."""

from __future__ import annotations

import re
from typing import Any

import grpc
import pytest
import structlog
from structlog.testing import capture_logs

from decider.v1 import decision_service_pb2, decision_service_pb2_grpc
from support import answers, sample
from support.fakes import FakeEngine, details, served

TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
MADE = re.compile("[0-9a-f]{32}")
Metadata = list[tuple[str, str]]


async def answered(metadata: Metadata, engine: FakeEngine | None = None) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Evaluate a request with metadata; give the trailing metadata, and the lines of the log."""
    with capture_logs(processors=[structlog.contextvars.merge_contextvars]) as logs:
        async with served(engine or FakeEngine()) as channel:
            call = decision_service_pb2_grpc.DecisionServiceStub(channel).EvaluateRefund(
                sample.request(), metadata=metadata
            )
            await call.wait_for_connection()
            trailing = dict(await call.trailing_metadata() or ())
    return trailing, [dict(line) for line in logs]


async def test_the_callers_ids_come_back_and_stand_in_the_log() -> None:
    trailing, logs = await answered([("x-request-id", "abc-1:2/3+4="), ("traceparent", TRACE)])

    (line,) = logs
    assert (trailing["x-request-id"], trailing["traceparent"]) == ("abc-1:2/3+4=", TRACE)
    assert (line["request_id"], line["traceparent"]) == ("abc-1:2/3+4=", TRACE)
    assert (line["policy"], line["disposition"]) == ("router-one", "DISPOSITION_CASH_REFUND")
    assert re.fullmatch("sha256:[0-9a-f]{64}", line["input_digest"])
    assert line["duration_ms"] > 0


async def test_an_answer_without_an_id_of_the_caller_gets_one() -> None:
    trailing, (line,) = await answered([])

    assert MADE.fullmatch(trailing["x-request-id"])
    assert line["request_id"] == trailing["x-request-id"]
    assert "traceparent" not in trailing
    assert "traceparent" not in line


@pytest.mark.parametrize("unsound", ["", "x" * 129, "ada@example.com", "a b", '"quoted"', "a,b"])
async def test_an_unsound_request_id_is_replaced(unsound: str) -> None:
    trailing, (line,) = await answered([("x-request-id", unsound)])

    assert MADE.fullmatch(trailing["x-request-id"])
    assert line["request_id"] == trailing["x-request-id"]


@pytest.mark.parametrize(
    "unsound",
    [
        "",
        TRACE.upper(),
        TRACE[:-1],
        f"{TRACE}-more",
        TRACE.replace("00-4b", "ff-4b"),
        f"00-{'0' * 32}-00f067aa0ba902b7-01",
        f"00-4bf92f3577b34da6a3ce929d0e0e4736-{'0' * 16}-01",
    ],
)
async def test_an_unsound_traceparent_is_left_out(unsound: str) -> None:
    trailing, (line,) = await answered([("traceparent", unsound)])

    assert "traceparent" not in trailing
    assert "traceparent" not in line


async def test_the_first_of_several_is_taken() -> None:
    trailing, _ = await answered([("x-request-id", "first"), ("x-request-id", "second")])

    assert trailing["x-request-id"] == "first"


async def test_an_error_has_them_too_beside_its_details() -> None:
    engine = FakeEngine(lambda _: {**answers.cash(), "interpretations": [], "amount": 5})
    with capture_logs(processors=[structlog.contextvars.merge_contextvars]) as logs:
        async with served(engine) as channel:
            stub = decision_service_pb2_grpc.DecisionServiceStub(channel)
            with pytest.raises(grpc.aio.AioRpcError) as raised:
                await stub.EvaluateRefund(sample.request(), metadata=[("x-request-id", "abc")])

    assert details(raised.value)[0].reason == "DECISION_INVARIANT"
    assert dict(raised.value.trailing_metadata() or ())["x-request-id"] == "abc"
    assert [(line["event"], line["request_id"]) for line in logs] == [("policy.defect", "abc"), ("call", "abc")]


async def test_a_stream_has_them_too() -> None:
    requests = iter([decision_service_pb2.StreamEvaluateRefundsRequest(request=sample.request())])
    with capture_logs(processors=[structlog.contextvars.merge_contextvars]) as logs:
        async with served(FakeEngine()) as channel:
            call = decision_service_pb2_grpc.DecisionServiceStub(channel).StreamEvaluateRefunds(
                requests, metadata=[("x-request-id", "abc")]
            )
            assert len([one async for one in call]) == 1
            trailing = dict(await call.trailing_metadata() or ())

    assert trailing["x-request-id"] == "abc"
    assert [(line["event"], line["request_id"]) for line in logs] == [("call", "abc")]
