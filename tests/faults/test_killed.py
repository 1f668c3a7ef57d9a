"""The service as its callers see it while its OPA is killed, and what is left when the service itself is."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import grpc
import orjson
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc  # type: ignore[import-untyped] # ships no types

from decider.v1 import decision_service_pb2, decision_service_pb2_grpc
from support.fakes import details
from support.processes import TIMEOUT_S, alive, until
from support.program import DECIDER, ROOT
from support.shipped import case_of

PAID = case_of("R01")


@asynccontextmanager
async def program(**environment: str) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """Run `decider serve` on a free port with more in its environment; yield it with its address."""
    started = await asyncio.create_subprocess_exec(
        *(DECIDER, "serve", "--address", "127.0.0.1:0"),
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        assert started.stdout is not None
        async with asyncio.timeout(TIMEOUT_S):
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
    async with program() as (service, address), grpc.aio.insecure_channel(address) as channel:
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
        os.kill(killed, signal.SIGKILL)
        another = await opa_of(service)
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


async def test_the_service_killed_leaves_no_opa() -> None:
    async with program() as (service, _):
        opa = await opa_of(service)
        assert alive(opa)
        service.kill()
        await service.wait()
        await until(lambda: not alive(opa))


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """Make a temporary folder whose name leaves room for that of a socket."""
    with TemporaryDirectory() as folder:
        yield Path(folder)


async def test_what_a_killed_service_leaves_goes_at_the_next_start(short_folder: Path) -> None:
    async with program(TMPDIR=str(short_folder)) as (service, _):
        await opa_of(service)
        service.kill()
        await service.wait()
    left = folders(short_folder)
    assert len(left) == 1

    async with program(TMPDIR=str(short_folder)) as (service, _):
        await opa_of(service)
        living = folders(short_folder)
        assert len(living) == 1
        assert living.isdisjoint(left)
        service.terminate()
        await service.wait()
    assert folders(short_folder) == set()


def folders(parent: Path) -> set[Path]:
    return set(parent.iterdir())


async def test_stopping_does_not_outlast_the_grace() -> None:
    """Neither a hung OPA, nor a call that waits for it, nor a stream whose results nobody reads prolongs the end."""
    async with program(DECIDER_GRACE_S="4", DECIDER_DEADLINE_S="600") as (service, address):
        opa = await opa_of(service)
        async with grpc.aio.insecure_channel(address) as channel:
            stub: Any = decision_service_pb2_grpc.DecisionServiceStub(channel)
            await stub.EvaluateRefund(PAID.message, timeout=TIMEOUT_S)
            backlog = [decision_service_pb2.StreamEvaluateRefundsRequest(request=PAID.message)] * 3000
            stream = stub.StreamEvaluateRefunds(iter(backlog))
            await stream.read()
            os.kill(opa, signal.SIGSTOP)
            call = asyncio.ensure_future(stub.EvaluateRefund(PAID.message))
            service.send_signal(signal.SIGHUP)
            async with asyncio.timeout(TIMEOUT_S):
                await service.wait()
            with pytest.raises(grpc.aio.AioRpcError) as refused:
                await call
            stream.cancel()

    assert service.returncode == 0
    assert refused.value.code() == grpc.StatusCode.UNAVAILABLE
    assert not alive(opa)


async def test_a_signal_while_the_service_starts_ends_it() -> None:
    async def stopped_after(wait_s: float) -> None:
        started = await asyncio.create_subprocess_exec(
            *(DECIDER, "serve", "--address", "127.0.0.1:0"),
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        assert started.pid
        await asyncio.sleep(wait_s)
        if started.returncode is None:
            started.terminate()
        async with asyncio.timeout(TIMEOUT_S):
            _, complaint = await started.communicate()
        # Python itself has not come so far as to handle the signal, or the service ends as it does later.
        assert started.returncode in {0, -signal.SIGTERM}
        assert b"Traceback" not in complaint

    # Wherever the start has come to by then.
    await asyncio.gather(*(stopped_after(wait_s) for wait_s in (1.0, 1.5, 2.0, 2.5)))


async def test_nohup_keeps_its_meaning() -> None:
    command = ["nohup", str(DECIDER), "serve", "--address", "127.0.0.1:0"]
    service = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    try:
        assert service.stdout is not None
        address = (await service.stdout.readline()).decode().removeprefix("decider serves on ").strip()
        service.send_signal(signal.SIGHUP)
        async with grpc.aio.insecure_channel(address) as channel:
            for _ in range(20):
                stub: Any = decision_service_pb2_grpc.DecisionServiceStub(channel)
                await stub.EvaluateRefund(PAID.message, timeout=TIMEOUT_S)
        service.terminate()
        await service.communicate()
        assert service.returncode == 0
    finally:
        if service.returncode is None:
            service.kill()
            await service.wait()
