"""Connections over time: keepalive pings, and the age at which clients connect again."""

from __future__ import annotations

import asyncio
from typing import Any

import grpc
import pytest

from decider.v1 import decision_service_pb2_grpc
from support import sample
from support.fakes import FakeEngine, served
from support.processes import TIMEOUT_S

PINGS = [
    ("grpc.keepalive_time_ms", 300),
    ("grpc.keepalive_timeout_ms", 5000),
    ("grpc.keepalive_permit_without_calls", 1),
    ("grpc.http2.max_pings_without_data", 0),
    ("grpc.enable_retries", 0),
]


async def lost(channel: grpc.aio.Channel) -> None:
    """Wait until a channel that was connected has lost its connection."""
    async with asyncio.timeout(TIMEOUT_S):
        while (state := channel.get_state()) == grpc.ChannelConnectivity.READY:
            await channel.wait_for_state_change(state)


async def stub_of(channel: grpc.aio.Channel) -> Any:
    """Return a stub whose channel is connected."""
    stub = decision_service_pb2_grpc.DecisionServiceStub(channel)
    await stub.EvaluateRefund(sample.request())
    return stub


async def test_pings_more_often_than_is_set_end_the_connection_and_others_do_not() -> None:
    """Beside the connection that ends, another one is as often pinged without a call, and a third one during a call."""
    engine = FakeEngine()
    async with (
        served(FakeEngine(), options=PINGS, min_ping_interval_s=60) as seldom,
        served(FakeEngine(), options=PINGS, min_ping_interval_s=0.01) as often,
        served(engine, options=PINGS, min_ping_interval_s=0.01, deadline_s=60) as busy,
    ):
        stub = await stub_of(busy)
        engine.free.clear()
        call = asyncio.ensure_future(stub.EvaluateRefund(sample.request()))
        await stub_of(often)
        await stub_of(seldom)

        await lost(seldom)

        assert often.get_state() == busy.get_state() == grpc.ChannelConnectivity.READY
        engine.free.set()
        assert (await call).HasField("decision")


async def test_a_connection_of_its_age_is_replaced_and_its_calls_are_finished() -> None:
    engine = FakeEngine()
    async with served(engine, max_connection_age_s=0.5, deadline_s=60) as channel:
        stub = await stub_of(channel)
        engine.free.clear()
        call = asyncio.ensure_future(stub.EvaluateRefund(sample.request()))
        await lost(channel)
        engine.free.set()

        assert (await call).HasField("decision")
        assert (await stub.EvaluateRefund(sample.request())).HasField("decision")


async def test_a_call_longer_than_the_grace_of_its_connection_is_cut_off() -> None:
    engine = FakeEngine()
    engine.free.clear()
    settings: dict[str, Any] = {"max_connection_age_s": 0.2, "max_connection_age_grace_s": 0.2, "deadline_s": 60}
    async with served(engine, options=[("grpc.enable_retries", 0)], **settings) as channel:
        stub = decision_service_pb2_grpc.DecisionServiceStub(channel)
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await stub.EvaluateRefund(sample.request())

    assert raised.value.code() == grpc.StatusCode.UNAVAILABLE
