"""The handler around every call: it decodes, sets the deadline, returns the caller's ids, logs, and reports errors."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import TypeVar

import grpc
import structlog
from google.protobuf.message import Message
from grpc_status import rpc_status  # type: ignore[import-untyped] # ships no types

from decider.errors import DeciderError, InternalError
from decider.logs import log_defect
from decider.server.decoding import deserializer, required
from decider.server.status import to_status
from decider.server.tracing import as_logged, ids_of
from decider.server.traffic import Traffic, service_stops

__all__ = ["Call", "refuse", "streaming", "unary"]

# The part of a caller's deadline that is reserved for the reply: the caller would not receive a late answer.
_REPLY_S = 0.01

_Request = TypeVar("_Request", bound=Message)
_Response = TypeVar("_Response", bound=Message)
_Result = TypeVar("_Result")
_Context = grpc.aio.ServicerContext[Message | None, Message]
_log = structlog.get_logger(__name__)


@dataclass
class Call:
    """A call as its method sees it: the time that it may take, in seconds, and the notes for its line in the log.

    `notes` contains only codes, counts and digests: no address, no amount, no text of a caller.
    """

    timeout_s: float
    notes: dict[str, str | int] = field(default_factory=dict)


def unary(
    method: str,
    request_type: type[_Request],
    behaviour: Callable[[_Request, Call], Awaitable[_Response]],
    *,
    deadline_s: float,
    traffic: Traffic,
) -> grpc.RpcMethodHandler[_Request | None, _Response]:
    """Return the handler of a method with one request and one response.

    `behaviour` answers or raises a DeciderError. The call ends at the earlier of `deadline_s` and the caller's own
    deadline. `traffic` counts the call, and may cut it off.
    """

    async def handle(request: _Request | None, context: _Context) -> _Response:
        async def answer(call: Call) -> _Response:
            return await behaviour(required(request), call)

        return await _handle(method, context, traffic, deadline_s, answer)

    return grpc.unary_unary_rpc_method_handler(
        handle,
        request_deserializer=deserializer(request_type),
        response_serializer=_serialise,
    )


def streaming(
    method: str,
    request_type: type[_Request],
    behaviour: Callable[[AsyncIterator[_Request], Call], AsyncGenerator[_Response]],
    *,
    deadline_s: float,
    traffic: Traffic,
) -> grpc.RpcMethodHandler[_Request | None, _Response]:
    """Return the handler of a method with a stream of requests and a stream of responses.

    `behaviour` takes the requests and yields the responses. `deadline_s` limits the work on each request; the stream
    itself ends at its caller's deadline.
    """

    async def handle(received: AsyncIterator[_Request | None], context: _Context) -> None:
        async def requests() -> AsyncGenerator[_Request]:
            async for request in received:
                yield required(request)

        async def answer(call: Call) -> None:
            async with aclosing(behaviour(requests(), call)) as responses:
                async for response in responses:
                    await context.write(response)

        await _handle(method, context, traffic, deadline_s, answer)

    return grpc.stream_stream_rpc_method_handler(
        handle,
        request_deserializer=deserializer(request_type),
        response_serializer=_serialise,
    )


async def refuse(context: _Context, error: DeciderError) -> _Response:
    """End a call with the status of an error; grpc raises an exception here, so this never returns."""
    status = rpc_status.to_status(to_status(error))
    # `abort` replaces the trailing metadata that were set earlier.
    trailing = (*context.trailing_metadata(), *status.trailing_metadata)
    await context.abort(status.code, status.details, trailing)
    raise AssertionError("abort never returns")


async def _handle(
    method: str,
    context: _Context,
    traffic: Traffic,
    deadline_s: float,
    answer: Callable[[Call], Awaitable[_Result]],
) -> _Result:
    began = time.perf_counter()
    call = Call(_timeout(context, deadline_s))
    ids = ids_of(context.invocation_metadata())
    context.set_trailing_metadata(ids)
    with structlog.contextvars.bound_contextvars(**as_logged(ids)):
        try:
            with traffic.taking():
                answered = await answer(call)
        except DeciderError as failure:
            error = failure
        except asyncio.CancelledError:
            if not traffic.cut_off:
                _line(method, "CANCELLED", "", began, call)
                raise
            error = service_stops()
        except Exception as defect:  # noqa: BLE001 (no text of an exception reaches a caller)
            log_defect(defect)
            error = InternalError()
        else:
            _line(method, "OK", "", began, call)
            return answered
        _line(method, error.code, error.reason, began, call)
    return await refuse(context, error)


def _timeout(context: _Context, deadline_s: float) -> float:
    remaining: float | None = context.time_remaining()
    return deadline_s if remaining is None else min(deadline_s, remaining - _REPLY_S)


def _serialise(message: Message) -> bytes:
    return message.SerializeToString()


def _line(method: str, code: str, reason: str, began: float, call: Call) -> None:
    milliseconds = round((time.perf_counter() - began) * 1000, 3)
    notes = {"reason": reason, **call.notes} if reason else call.notes
    _log.info("call", method=method, code=code, duration_ms=milliseconds, **notes)
