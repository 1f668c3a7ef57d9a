"""Errors of the service for callers: typed, complete and readable.

    with readable_errors():
        decision = stub.EvaluateRefund(request, timeout=5).decision

raises CallFailed where gRPC would raise an RpcError; `await` inside the block works, too. `read_status` reads the error
of an item of a batch, a google.rpc.Status.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import grpc
from google.rpc import error_details_pb2, status_pb2  # type: ignore[import-untyped] # ships stubs but no py.typed

__all__ = ["CallFailed", "FieldViolation", "read_error", "read_status", "readable_errors"]

_CODES = {code.value[0]: code for code in grpc.StatusCode}
_DETAILS = "grpc-status-details-bin"
# A call that ends with such a code was not decided, and the same call may succeed a moment later.
_PASSING = {grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED}


@dataclass(frozen=True)
class FieldViolation:
    """A violation of a request: the path of the field (`facts.lots[0].used_micros`) and what is wrong with it."""

    field: str
    description: str


class CallFailed(Exception):
    """A call that decided nothing. A refused refund is not an error; its verdict is DENY.

    `reason` is a name of decider.v1.ErrorReason without its prefix, or empty if the error does not come from the
    service. `metadata` repeats the dynamic parts of the message. `violations` lists what is wrong with the request, by
    field. `retry_after_s` is the time that the service asks to wait before the next try, or None if it does not say.
    """

    def __init__(
        self,
        code: grpc.StatusCode,
        message: str,
        *,
        reason: str = "",
        metadata: Mapping[str, str] | None = None,
        violations: tuple[FieldViolation, ...] = (),
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.reason = reason
        self.metadata = dict(metadata or {})
        self.violations = violations
        self.retry_after_s = retry_after_s

    @property
    def retryable(self) -> bool:
        """Whether the same request may succeed if it is sent again, after `retry_after_s`."""
        return self.code in _PASSING or self.retry_after_s is not None

    def __str__(self) -> str:
        """Return the code, the reason and the message, then a line for each violation."""
        head = f"{self.code.name} {self.reason}".strip()
        return "\n".join(
            [f"{head}: {self.message}", *(f"  {each.field}: {each.description}" for each in self.violations)]
        )


@contextmanager
def readable_errors() -> Iterator[None]:
    """Raise CallFailed in place of the RpcError of a call in the block."""
    try:
        yield
    except grpc.RpcError as error:
        raise read_error(error) from error


def read_error(error: grpc.RpcError) -> CallFailed:
    """Read the error of a call by grpc or grpc.aio."""
    call: Any = error  # RpcError declares no attributes, but the errors that are raised have those of a call
    for key, value in call.trailing_metadata() or ():
        if key == _DETAILS:
            return read_status(status_pb2.Status.FromString(value))
    return CallFailed(call.code(), call.details() or "")


def read_status(status: status_pb2.Status) -> CallFailed:
    """Read the error of an item of a batch."""
    info, request, retry = error_details_pb2.ErrorInfo(), error_details_pb2.BadRequest(), error_details_pb2.RetryInfo()
    asked_to_wait = False
    for detail in status.details:
        if not (detail.Unpack(info) or detail.Unpack(request)):
            asked_to_wait |= detail.Unpack(retry)
    return CallFailed(
        _CODES.get(status.code, grpc.StatusCode.UNKNOWN),
        status.message,
        reason=info.reason,
        metadata=info.metadata,
        violations=tuple(FieldViolation(each.field, each.description) for each in request.field_violations),
        retry_after_s=retry.retry_delay.ToTimedelta().total_seconds() if asked_to_wait else None,
    )
