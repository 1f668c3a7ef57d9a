"""The service as its callers see it while its OPA is killed, and what is left when the service itself is."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import grpc
import orjson
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc  # type: ignore[import-untyped] # ships no types

from cli.program import DECIDER, ROOT
from decider.v1 import decision_service_pb2_grpc
from engine.processes import alive, until
from server.fakes import details
from shipped import case_of

PAID = case_of("R01")
BACK_S = 2.0
TIMEOUT_S = 30.0


@asynccontextmanager
async def program() -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """Run `decider serve` on a free port; yield it with its address."""
    started = await asyncio.create_subprocess_exec(
        *(DECIDER, "serve", "--address", "127.0.0.1:0"),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        assert started.stdout is not None
        async with asyncio.timeout(60):
            first = (await started.stdout.readline()).decode()
        yield started, first.removeprefix("decider serves on ").strip()
    finally:
        if started.returncode is None:
            started.kill()
        await started.wait()


async def opa_of(service: asyncio.subprocess.Process) -> int:
    """Read the log up to the next OPA that is ready; give its process id."""
    assert service.stderr is not None
    async with asyncio.timeout(TIMEOUT_S):
        async for line in service.stderr:
            told = orjson.loads(line)
            if told["event"] == "engine.ready":
                return int(told["pid"])
    pytest.fail("no OPA got ready")


async def test_opa_killed_under_load_is_unavailable_and_never_a_verdict() -> None:
    began = time.monotonic()
    async with program() as (service, address), grpc.aio.insecure_channel(address) as channel:
        start_s = time.monotonic() - began
        decisions: Any = decision_service_pb2_grpc.DecisionServiceStub(channel)
        health: Any = health_pb2_grpc.HealthStub(channel)
        amounts: set[int] = set()
        errors: set[tuple[grpc.StatusCode, str]] = set()
        states: list[int] = []
        over = asyncio.Event()

        async def load() -> None:
            while not over.is_set():
                try:
                    answer = await decisions.EvaluateRefund(PAID.message, timeout=TIMEOUT_S)
                    amounts.add(answer.decision.amount.amount_minor)
                except grpc.aio.AioRpcError as error:
                    errors.add((error.code(), details(error)[0].reason))
                await asyncio.sleep(0.01)

        async def watch() -> None:
            call = health.Watch(health_pb2.HealthCheckRequest())
            async for state in call:
                states.append(state.status)  # noqa: PERF401 (it is read while it grows)

        tasks = [asyncio.create_task(one) for one in (watch(), *(load() for _ in range(4)))]
        killed = await opa_of(service)
        await until(lambda: bool(amounts))
        died = time.monotonic()
        os.kill(killed, signal.SIGKILL)
        another = await opa_of(service)
        taken = time.monotonic() - died
        await until(lambda: len(states) >= 3)
        over.set()
        await asyncio.gather(*tasks[1:])
        tasks[0].cancel()
        await asyncio.gather(tasks[0], return_exceptions=True)

    serving, gone = health_pb2.HealthCheckResponse.SERVING, health_pb2.HealthCheckResponse.NOT_SERVING
    assert amounts == {PAID.expect["amount"]["amount_minor"]}
    assert errors == {(grpc.StatusCode.UNAVAILABLE, "ENGINE_UNAVAILABLE")}
    assert states == [serving, gone, serving]
    assert another != killed
    assert taken < max(BACK_S, start_s)  # on a machine so busy that a whole start takes longer, as long as that


async def test_the_service_killed_leaves_no_opa() -> None:
    async with program() as (service, _):
        opa = await opa_of(service)
        assert alive(opa)
        service.kill()
        await service.wait()
        await until(lambda: not alive(opa))
