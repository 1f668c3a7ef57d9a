"""The server's own life: health, reflection, its address, its end."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

import grpc
import pytest
from google.protobuf.descriptor_pb2 import FileDescriptorProto
from grpc_health.v1 import health_pb2, health_pb2_grpc  # type: ignore[import-untyped] # ships no types
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc  # type: ignore[import-untyped] # the same

from decider.evaluation import RefundEvaluator
from decider.server import AddressUnavailable, GrpcServer
from decider.settings import Settings
from decider.v1 import decision_service_pb2_grpc
from support import sample
from support.fakes import FakeEngine, details, served
from support.processes import TIMEOUT_S

Status = health_pb2.HealthCheckResponse
SERVICES = ["", "decider.v1.DecisionService", "decider.v1.PolicyService"]


async def until(channel: grpc.aio.Channel, service: str, status: int) -> None:
    stub = health_pb2_grpc.HealthStub(channel)
    async with asyncio.timeout(TIMEOUT_S):
        async for told in stub.Watch(health_pb2.HealthCheckRequest(service=service)):
            if told.status == status:
                break
    assert (await stub.Check(health_pb2.HealthCheckRequest(service=service))).status == status


@pytest.mark.parametrize("service", SERVICES)
async def test_health_follows_the_engine(service: str) -> None:
    engine = FakeEngine()
    engine.set_ready(False)
    async with served(engine) as channel:
        await until(channel, service, Status.NOT_SERVING)
        engine.set_ready(True)
        await until(channel, service, Status.SERVING)
        engine.set_ready(False)
        await until(channel, service, Status.NOT_SERVING)


async def test_health_of_another_service() -> None:
    async with served(FakeEngine()) as channel:
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest(service="other"))

    assert raised.value.code() == grpc.StatusCode.NOT_FOUND


async def test_a_watch_is_told_of_changes_and_ends_with_the_service() -> None:
    engine = FakeEngine()
    server = await GrpcServer.start(RefundEvaluator(engine), engine, Settings(address="127.0.0.1:0"))
    async with grpc.aio.insecure_channel(server.address) as channel:
        await until(channel, "", Status.SERVING)
        watch = health_pb2_grpc.HealthStub(channel).Watch(health_pb2.HealthCheckRequest())
        assert (await watch.read()).status == Status.SERVING
        engine.set_ready(False)
        assert (await watch.read()).status == Status.NOT_SERVING
        async with asyncio.timeout(TIMEOUT_S):
            await server.stop(60)
            assert await watch.read() == grpc.aio.EOF


async def refusal(stub: Any) -> grpc.aio.AioRpcError:
    """Ask a service that ends, while its engine answers nothing, until it refuses."""
    async with asyncio.timeout(TIMEOUT_S):
        while True:
            call = asyncio.ensure_future(stub.EvaluateRefund(sample.request()))
            await asyncio.wait([call], timeout=0.1)
            if call.done():
                with pytest.raises(grpc.aio.AioRpcError) as raised:
                    await call
                return raised.value


async def test_calls_under_way_are_finished_and_new_ones_refused() -> None:
    engine = FakeEngine()
    engine.free.clear()
    server = await GrpcServer.start(RefundEvaluator(engine), engine, Settings(address="127.0.0.1:0"))
    async with grpc.aio.insecure_channel(server.address) as channel:
        stub = decision_service_pb2_grpc.DecisionServiceStub(channel)
        first = asyncio.ensure_future(stub.EvaluateRefund(sample.request()))
        await engine.entered.wait()
        stopping = asyncio.create_task(server.stop(30))
        refused = await refusal(stub)
        engine.free.set()
        async with asyncio.timeout(TIMEOUT_S):
            answered = await first
            await stopping

    assert answered.HasField("decision")
    # gRPC itself cancels a call that arrives in the moment of its shutdown.
    assert refused.code() in {grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.CANCELLED}


@pytest.mark.parametrize("grace_s", [0, 0.1])
async def test_the_grace_ends_and_callers_are_told(grace_s: float) -> None:
    engine = FakeEngine()
    engine.free.clear()
    server = await GrpcServer.start(RefundEvaluator(engine), engine, Settings(address="127.0.0.1:0"))
    async with grpc.aio.insecure_channel(server.address) as channel:
        call = asyncio.ensure_future(
            decision_service_pb2_grpc.DecisionServiceStub(channel).EvaluateRefund(sample.request())
        )
        await engine.entered.wait()
        async with asyncio.timeout(TIMEOUT_S):
            await server.stop(grace_s)
            with pytest.raises(grpc.aio.AioRpcError) as cut_off:
                await call

    info, _ = details(cut_off.value)
    assert (cut_off.value.code(), info.reason) == (grpc.StatusCode.UNAVAILABLE, "ENGINE_UNAVAILABLE")
    assert "send them again" in (cut_off.value.details() or "")


async def reflected(channel: grpc.aio.Channel) -> list[str]:
    stub = reflection_pb2_grpc.ServerReflectionStub(channel)
    asked = iter([reflection_pb2.ServerReflectionRequest(list_services="")])
    async for answer in stub.ServerReflectionInfo(asked):
        return [one.name for one in answer.list_services_response.service]
    return []


async def test_reflection_is_off_unless_it_is_set() -> None:
    async with served(FakeEngine()) as channel:
        call = reflection_pb2_grpc.ServerReflectionStub(channel).ServerReflectionInfo()

        assert await call.code() == grpc.StatusCode.UNIMPLEMENTED


async def test_reflection_names_the_services() -> None:
    async with served(FakeEngine(), reflection=True) as channel:
        names = await reflected(channel)

    assert set(SERVICES[1:]) | {"grpc.health.v1.Health"} <= set(names)


@pytest.mark.parametrize("symbol", ["decider.v1.RefundFacts", "buf.validate.FieldRules", "grpc.health.v1.Health"])
async def test_reflection_describes_the_rules_too(symbol: str) -> None:
    asked = iter([reflection_pb2.ServerReflectionRequest(file_containing_symbol=symbol)])
    async with served(FakeEngine(), reflection=True) as channel:
        [answer] = [one async for one in reflection_pb2_grpc.ServerReflectionStub(channel).ServerReflectionInfo(asked)]
    file, *_ = [FileDescriptorProto.FromString(one) for one in answer.file_descriptor_response.file_descriptor_proto]

    assert symbol.startswith(f"{file.package}.")
    assert ("buf/validate/validate.proto" in file.dependency) == (file.package == "decider.v1")


async def test_an_address_that_is_taken() -> None:
    engine = FakeEngine()
    evaluator = RefundEvaluator(engine)
    first = await GrpcServer.start(evaluator, engine, Settings(address="127.0.0.1:0"))
    try:
        with pytest.raises(AddressUnavailable, match=first.address):
            await GrpcServer.start(evaluator, engine, Settings(address=first.address))
    finally:
        await first.stop(0)


async def test_a_unix_socket(tmp_path_factory: pytest.TempPathFactory) -> None:
    address = f"unix:{tmp_path_factory.mktemp('s') / 's'}"
    engine = FakeEngine()
    server = await GrpcServer.start(RefundEvaluator(engine), engine, Settings(address=address))
    with contextlib.suppress(FileNotFoundError):
        async with grpc.aio.insecure_channel(server.address) as channel:
            await until(channel, "", Status.SERVING)
    await server.stop(0)

    assert server.address == address
