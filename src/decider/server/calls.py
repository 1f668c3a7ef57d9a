"""Around every call: bytes in, the deadline, one line in the log, and the one door for errors."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

import grpc
import structlog
from google.protobuf.message import Message
from grpc_status import rpc_status  # type: ignore[import-untyped] # ships no types

from decider.errors import DeciderError, EngineUnavailable
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
    """The calls that have come in, and the tasks of those that are under way."""

    arrived: int = 0
    under_way: set[asyncio.Task[object]] = field(default_factory=set)
    cut_off: bool = False

    def cut(self) -> None:
        """End what is under way: its callers are told that the service stops."""
        self.cut_off = True
        for task in self.under_way:
            task.cancel()

    @contextmanager
    def taking(self) -> Iterator[None]:
        """Count the call of the present task, which is under way as long as the block lasts."""
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("calls are handled in tasks")
        self.arrived += 1
        self.under_way.add(task)
        try:
            yield
        finally:
            self.under_way.discard(task)


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
    and `traffic` counts it, and may cut it off.
    """

    async def handle(request: _Request | None, context: _Context) -> _Response:
        began = time.perf_counter()
        call = Call(_timeout(context, deadline_s))
        try:
            with traffic.taking():
                response = await behaviour(required(request), call)
        except DeciderError as failure:
            error = failure
        except asyncio.CancelledError:
            if not traffic.cut_off:
                _line(method, "CANCELLED", "", began, call)
                raise
            error = EngineUnavailable("the service is stopping, and nothing was decided; ask again")
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
