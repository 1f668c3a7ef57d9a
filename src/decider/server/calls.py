"""Around every call: bytes in, the deadline, one line in the log, and the one door for errors."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar

import grpc
import structlog
from google.protobuf.message import Message
from grpc_status import rpc_status  # type: ignore[import-untyped] # ships no types

from decider.errors import DeciderError
from decider.server.logs import log_defect
from decider.server.malformed import reading, required
from decider.server.status import InternalError, to_status

__all__ = ["Call", "Traffic", "refuse", "unary"]

# What is left of a caller's deadline for the reply to travel: a late answer would reach nobody.
_REPLY_S = 0.01

_Request = TypeVar("_Request", bound=Message)
_Response = TypeVar("_Response", bound=Message)
_Context = grpc.aio.ServicerContext[Message | None, Message]
_log = structlog.get_logger(__name__)


@dataclass
class Call:
    """What a method knows of its call: how long it may take (seconds), and what it adds to the call's line in the log.

    `notes` hold codes and counts only: no address, no amount, no text of a caller.
    """

    timeout_s: float
    notes: dict[str, str | int] = field(default_factory=dict)


@dataclass
class Traffic:
    """Counts the calls that have come in."""

    arrived: int = 0


def unary(
    method: str,
    request_type: type[_Request],
    behaviour: Callable[[_Request, Call], Awaitable[_Response]],
    *,
    deadline_s: float,
    traffic: Traffic,
) -> grpc.RpcMethodHandler[_Request | None, _Response]:
    """Return the handler of a method with one request and one response.

    `behaviour` answers or raises a DeciderError; `deadline_s` bounds the call where the caller's own deadline does not,
    and `traffic` counts it.
    """

    async def handle(request: _Request | None, context: _Context) -> _Response:
        traffic.arrived += 1
        began = time.perf_counter()
        call = Call(_timeout(context, deadline_s))
        try:
            response = await behaviour(required(request), call)
        except DeciderError as failure:
            error = failure
        except asyncio.CancelledError:
            _line(method, "CANCELLED", "", began, call)
            raise
        except Exception as defect:  # noqa: BLE001 (no text of an exception reaches a caller)
            log_defect(defect)
            error = InternalError()
        else:
            _line(method, "OK", "", began, call)
            return response
        _line(method, error.code, error.reason, began, call)
        return await refuse(context, error)

    return grpc.unary_unary_rpc_method_handler(
        handle,
        request_deserializer=reading(request_type),
        response_serializer=_serialise,
    )


async def refuse(context: _Context, error: DeciderError) -> _Response:
    """End a call with the status of an error; raises grpc's own signal and never returns."""
    status = rpc_status.to_status(to_status(error))
    await context.abort(status.code, status.details, status.trailing_metadata)
    raise AssertionError("abort returns to nobody")


def _timeout(context: _Context, deadline_s: float) -> float:
    remaining: float | None = context.time_remaining()
    return deadline_s if remaining is None else min(deadline_s, remaining - _REPLY_S)


def _serialise(message: Message) -> bytes:
    return message.SerializeToString()


def _line(method: str, code: str, reason: str, began: float, call: Call) -> None:
    milliseconds = round((time.perf_counter() - began) * 1000, 3)
    told = {"reason": reason, **call.notes} if reason else call.notes
    _log.info("call", method=method, code=code, duration_ms=milliseconds, **told)
