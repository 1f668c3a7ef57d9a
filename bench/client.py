"""The gRPC client: bytes in, bytes out, so that what it costs is the transport alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import grpc
import grpc.aio

from subject import Subject

__all__ = ["Calls", "calls"]

SERVICE = "/decider.v1.DecisionService"
TIMEOUT_S = 60.0

_Method = grpc.aio.UnaryUnaryMultiCallable[bytes, bytes]


class Calls:
    """The calls of one service."""

    def __init__(self, channel: grpc.aio.Channel, subject: Subject) -> None:
        self._one: _Method = channel.unary_unary(f"{SERVICE}/EvaluateRefund")
        self._many: _Method = channel.unary_unary(f"{SERVICE}/BatchEvaluateRefunds")
        self._subject = subject

    async def evaluate(self) -> bytes:
        """Ask for one decision."""
        answer: bytes = await self._one(self._subject.request, timeout=TIMEOUT_S)
        return answer

    async def batch(self) -> bytes:
        """Ask for a batch of them."""
        answer: bytes = await self._many(self._subject.batch, timeout=TIMEOUT_S)
        return answer


@asynccontextmanager
async def calls(address: str, subject: Subject) -> AsyncIterator[Calls]:
    """Connect to a service; a proxy of the environment is no way to a service of this machine."""
    async with grpc.aio.insecure_channel(address, options=[("grpc.enable_http_proxy", 0)]) as channel:
        yield Calls(channel, subject)
