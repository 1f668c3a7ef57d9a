"""What a caller reads of an error: of a call, of a call that reached nobody, and of an item of a batch."""

from __future__ import annotations

import grpc
import grpc.aio
import pytest
from google.protobuf.duration_pb2 import Duration
from google.rpc import error_details_pb2, status_pb2  # type: ignore[import-untyped] # ships stubs but no py.typed

from decider.client import CallFailed, FieldViolation, read_status, readable_errors
from decider.v1 import decision_service_pb2, decision_service_pb2_grpc
from support import sample
from support.fakes import FakeEngine, served

UNKNOWN_POLICY = sample.request({"request.policy_id": "yunxi"})


async def failure(request: decision_service_pb2.EvaluateRefundRequest) -> CallFailed:
    """Call the real server over a policy engine of the tests."""
    async with served(FakeEngine()) as channel:
        with pytest.raises(CallFailed) as caught, readable_errors():
            await decision_service_pb2_grpc.DecisionServiceStub(channel).EvaluateRefund(request)
    assert isinstance(caught.value.__cause__, grpc.aio.AioRpcError)
    return caught.value


async def test_faults_of_a_request() -> None:
    failed = await failure(decision_service_pb2.EvaluateRefundRequest())

    assert (failed.code, failed.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FACTS")
    assert FieldViolation("request", "value is required") in failed.violations
    assert failed.metadata["violations"] == str(len(failed.violations))
    assert not failed.retryable
    head, *lines = str(failed).splitlines()
    assert head == f"INVALID_ARGUMENT INVALID_FACTS: {failed.message}"
    assert lines == [f"  {one.field}: {one.description}" for one in failed.violations]


async def test_an_unknown_policy() -> None:
    failed = await failure(UNKNOWN_POLICY)

    assert (failed.code, failed.reason) == (grpc.StatusCode.NOT_FOUND, "POLICY_NOT_FOUND")
    assert failed.metadata["field"] == "request.policy_id"
    assert failed.violations == ()


async def test_an_item_of_a_batch() -> None:
    batch = decision_service_pb2.BatchEvaluateRefundsRequest(requests=[sample.request(), UNKNOWN_POLICY])
    async with served(FakeEngine()) as channel:
        response = await decision_service_pb2_grpc.DecisionServiceStub(channel).BatchEvaluateRefunds(batch)

    failed = read_status(response.results[1].error)

    assert (failed.code, failed.metadata["field"]) == (grpc.StatusCode.NOT_FOUND, "requests[1].request.policy_id")


def test_nobody_answers() -> None:
    with grpc.insecure_channel("127.0.0.1:1") as channel, pytest.raises(CallFailed) as caught, readable_errors():
        decision_service_pb2_grpc.DecisionServiceStub(channel).EvaluateRefund(sample.request())

    assert (caught.value.code, caught.value.reason) == (grpc.StatusCode.UNAVAILABLE, "")
    assert caught.value.retryable


def test_the_service_says_how_long_to_wait() -> None:
    status = status_pb2.Status(code=grpc.StatusCode.RESOURCE_EXHAUSTED.value[0], message="busy")
    status.details.add().Pack(error_details_pb2.ErrorInfo(reason="OVERLOADED", domain="decider"))
    assert not read_status(status).retryable

    status.details.add().Pack(error_details_pb2.RetryInfo(retry_delay=Duration(nanos=500_000_000)))
    failed = read_status(status)

    assert (failed.retry_after_s, failed.retryable) == (0.5, True)
    assert str(failed) == "RESOURCE_EXHAUSTED OVERLOADED: busy"


def test_a_code_that_grpc_does_not_know() -> None:
    assert read_status(status_pb2.Status(code=99)).code == grpc.StatusCode.UNKNOWN
