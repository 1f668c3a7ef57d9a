from __future__ import annotations

import grpc
import grpc.aio
import pytest
from google.rpc import status_pb2  # type: ignore[import-untyped] # ships stubs but no py.typed

from decider.cli.failures import of_call, of_start
from decider.errors import (
    BundleInvalid,
    DeciderError,
    DecisionInvariant,
    EngineUnavailable,
    InvalidFacts,
    PolicyNotFound,
    Violation,
)
from decider.server import AddressUnavailable
from decider.server.status import to_status


def call_error(code: grpc.StatusCode, status: status_pb2.Status | None = None, text: str = "") -> grpc.aio.AioRpcError:
    """Make the error that a client sees."""
    trailing = grpc.aio.Metadata()
    if status is not None:
        trailing.add("grpc-status-details-bin", status.SerializeToString())
    details = text if status is None else status.message
    return grpc.aio.AioRpcError(code, grpc.aio.Metadata(), trailing, details=details)


@pytest.mark.parametrize(
    ("error", "exit_code"),
    [
        (InvalidFacts([Violation("facts.x", "wrong")]), 2),
        (PolicyNotFound("x", "", "request.policy_id"), 4),
        (EngineUnavailable("down"), 5),
        (EngineUnavailable("late", deadline=True), 5),
        (DecisionInvariant("broken"), 1),
    ],
)
def test_an_error_of_the_service_keeps_its_reason(error: DeciderError, exit_code: int) -> None:
    failure = of_call(call_error(grpc.StatusCode[error.code], to_status(error)), "here")

    assert (failure.exit_code, failure.code, failure.reason) == (exit_code, error.code, error.reason)
    assert failure.violations == error.violations


def test_says_where_not_all_faults_are_told() -> None:
    faults = [Violation(f"facts.lots[{index}].used_micros", "wrong" * 20) for index in range(500)]

    failure = of_call(call_error(grpc.StatusCode.INVALID_ARGUMENT, to_status(InvalidFacts(faults))), "here")

    assert failure.message == f"the facts cannot be decided (the first {len(failure.violations)} of 500 violations)"


@pytest.mark.parametrize(
    ("code", "exit_code", "said"),
    [
        (grpc.StatusCode.UNAVAILABLE, 5, "no service answers at here"),
        (grpc.StatusCode.DEADLINE_EXCEEDED, 5, "did not answer in time"),
        (grpc.StatusCode.UNIMPLEMENTED, 1, "is not decider"),
        (grpc.StatusCode.INTERNAL, 1, "text"),
        (grpc.StatusCode.RESOURCE_EXHAUSTED, 1, "text"),
    ],
)
def test_an_error_without_details(code: grpc.StatusCode, exit_code: int, said: str) -> None:
    failure = of_call(call_error(code, text="text"), "here")

    assert failure.exit_code == exit_code
    assert said in failure.message


def test_a_start_that_fails() -> None:
    assert of_start(BundleInvalid("the policies cannot be served")).exit_code == 2
    assert of_start(EngineUnavailable("no OPA")).exit_code == 5
    assert of_start(AddressUnavailable("taken")).exit_code == 5
