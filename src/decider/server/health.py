"""grpc.health.v1: the service is healthy while its engine is ready."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import grpc
from grpc_health.v1 import health, health_pb2  # type: ignore[import-untyped] # ships no types

from decider.errors import MalformedRequest
from decider.server.decoding import deserializer
from decider.server.handlers import refuse

__all__ = ["NAME", "Health"]

NAME: str = health.SERVICE_NAME

_Context = grpc.aio.ServicerContext[health_pb2.HealthCheckRequest | None, health_pb2.HealthCheckResponse]


class Health:
    """The health of `services` and of the whole server (""). It starts as NOT_SERVING and follows the engine.

    Use it from one event loop, and `close` it.
    """

    def __init__(self, services: Iterable[str]) -> None:
        self._names = ("", *services)
        self._servicer = health.aio.HealthServicer()
        self._ready = False
        self._changed = asyncio.Event()
        self._over = asyncio.Event()
        self._task = asyncio.create_task(self._tell(), name="health")
        self._changed.set()

    def follow(self, ready: bool) -> None:  # noqa: FBT001 (the engine calls it with nothing else)
        """Set whether the engine is ready."""
        self._ready = ready
        self._changed.set()

    async def shut_down(self) -> None:
        """Answer NOT_SERVING from now on, and end the watches, because the health does not change any more."""
        await self.close()
        await self._servicer.enter_graceful_shutdown()
        self._over.set()

    async def close(self) -> None:
        """Stop following. May be called twice."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    def handler(self) -> grpc.GenericRpcHandler:
        """Return the handler of the service's methods."""
        read, write = deserializer(health_pb2.HealthCheckRequest), health_pb2.HealthCheckResponse.SerializeToString
        return grpc.method_handlers_generic_handler(
            NAME,
            {
                "Check": grpc.unary_unary_rpc_method_handler(
                    self._check, request_deserializer=read, response_serializer=write
                ),
                "Watch": grpc.unary_stream_rpc_method_handler(
                    self._watch, request_deserializer=read, response_serializer=write
                ),
            },
        )

    async def _check(
        self, request: health_pb2.HealthCheckRequest | None, context: _Context
    ) -> health_pb2.HealthCheckResponse:
        if request is None:
            return await refuse(context, MalformedRequest("the bytes are not a HealthCheckRequest"))
        return await self._servicer.Check(request, context)

    async def _watch(self, request: health_pb2.HealthCheckRequest | None, context: _Context) -> None:
        if request is None:
            await refuse(context, MalformedRequest("the bytes are not a HealthCheckRequest"))
            return
        tasks = [
            asyncio.ensure_future(self._servicer.Watch(request, context)),
            asyncio.ensure_future(self._over.wait()),
        ]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _tell(self) -> None:
        while True:
            await self._changed.wait()
            self._changed.clear()
            served = health_pb2.HealthCheckResponse
            status = served.SERVING if self._ready else served.NOT_SERVING
            for name in self._names:
                await self._servicer.set(name, status)
