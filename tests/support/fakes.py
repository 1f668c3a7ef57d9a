"""A policy engine made by hand, and a server around it on a free port of loopback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import grpc
import orjson
from google.rpc import error_details_pb2, status_pb2  # type: ignore[import-untyped] # ships stubs but no py.typed

from decider.bundle.catalog import Catalog
from decider.engine import JSONObject
from decider.errors import DeciderError
from decider.evaluation import RefundEvaluator
from decider.server import GrpcServer
from decider.settings import Settings
from decider.sources import Source
from support import answers, sample

# The policies of the context's sample, with the clauses and words that the answers use.
CATALOG: Catalog = replace(
    sample.CATALOG,
    digest=answers.CATALOG.digest,
    clauses=answers.CATALOG.clauses,
    texts=answers.CATALOG.texts,
    policies={
        policy_id: replace(policy, versions=answers.CATALOG.policies[policy_id].versions, clauses=())
        for policy_id, policy in sample.CATALOG.policies.items()
    },
)
CATALOG = replace(
    CATALOG,
    policies={
        policy_id: replace(
            policy,
            clauses=answers.CATALOG.policies[policy_id].clauses,
            texts=answers.CATALOG.texts,
            versions=tuple(
                replace(
                    version,
                    parameters={**version.parameters, **sample.version("", 0).parameters},
                )
                for version in policy.versions
            ),
        )
        for policy_id, policy in CATALOG.policies.items()
    },
)

Answer = Callable[[Mapping[str, Any]], JSONObject | DeciderError]


def pay(_: Mapping[str, Any]) -> JSONObject:
    """Answer every input with the cash refund of the sample."""
    return {**answers.cash(), "interpretations": []}


def pay_captured(policy_input: Mapping[str, Any]) -> JSONObject:
    """Answer with a cash refund of all that was captured."""
    amount = policy_input["payments"][0]["captured"]
    line = {"code": "paid", "amount": amount, "lot": "", "payment": "pay-1", "clause": "router-one/2.1-prorata"}
    refunds = [{"payment": "pay-1", "amount": amount}]
    return {**pay(policy_input), "amount": amount, "breakdown": [line], "refunds": refunds}


class FakeEngine:
    """Answers each input by a function; `hold` makes it wait, `asked` counts the inputs."""

    def __init__(self, answer: Answer = pay, catalog: Catalog = CATALOG) -> None:
        self.answer = answer
        self.catalog = catalog
        self.free = asyncio.Event()
        self.free.set()
        self.entered = asyncio.Event()
        self.asked: list[Sequence[bytes]] = []
        self.timeouts: list[float] = []
        self._watchers: list[Callable[[bool], None]] = []
        self._ready = True

    async def evaluate(self, inputs: Sequence[bytes], timeout_s: float) -> Sequence[JSONObject | DeciderError]:
        self.asked.append(inputs)
        self.timeouts.append(timeout_s)
        self.entered.set()
        await self.free.wait()
        return [self.answer(orjson.loads(one)) for one in inputs]

    def on_readiness(self, watcher: Callable[[bool], None]) -> None:
        self._watchers.append(watcher)
        watcher(self._ready)

    def set_ready(self, ready: bool) -> None:
        self._ready = ready
        for watcher in self._watchers:
            watcher(ready)


@asynccontextmanager
async def served(
    engine: FakeEngine, *, options: Sequence[tuple[str, Any]] = (), facts: Source | None = None, **settings: Any
) -> AsyncIterator[grpc.aio.Channel]:
    """Serve an engine, and a source of facts, at a free port, and yield a channel to it with these options."""
    made = Settings(address="127.0.0.1:0", **settings)
    evaluator = RefundEvaluator(engine, facts, clock=lambda: answers.EVALUATE_AT)
    server = await GrpcServer.start(evaluator, engine, made)
    try:
        async with grpc.aio.insecure_channel(server.address, options=options) as channel:
            yield channel
    finally:
        await server.stop(0)


async def send(channel: grpc.aio.Channel, method: str, content: bytes) -> bytes:
    """Call a method with raw bytes."""
    call = channel.unary_unary(method, request_serializer=bytes, response_deserializer=bytes)
    return await call(content)


def details(error: grpc.aio.AioRpcError) -> tuple[error_details_pb2.ErrorInfo, dict[str, str]]:
    """Return the ErrorInfo and the violations (field → description) of a failed call."""
    trailing = dict(error.trailing_metadata() or ())
    status = status_pb2.Status.FromString(trailing["grpc-status-details-bin"])
    assert status.code == error.code().value[0]
    assert status.message == error.details()
    return unpacked(status)


def unpacked(status: status_pb2.Status) -> tuple[error_details_pb2.ErrorInfo, dict[str, str]]:
    """Return the ErrorInfo and the violations of a status."""
    info, bad = error_details_pb2.ErrorInfo(), error_details_pb2.BadRequest()
    assert status.details[0].Unpack(info)
    if len(status.details) > 1:
        assert status.details[1].Unpack(bad)
    assert info.domain == "decider"
    return info, {one.field: one.description for one in bad.field_violations}
