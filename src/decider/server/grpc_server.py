"""The gRPC server: its services, its limits, how it starts and how it stops."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, Protocol

import grpc
from google.protobuf.descriptor import ServiceDescriptor
from google.protobuf.message_factory import GetMessageClass
from grpc_health.v1 import health_pb2  # type: ignore[import-untyped] # ships no types
from grpc_reflection.v1alpha import reflection, reflection_pb2  # type: ignore[import-untyped] # ships no types

from decider.descriptors import contract_pool
from decider.evaluation.evaluator import RefundEvaluator
from decider.server.addresses import AddressUnavailable, listen
from decider.server.decision_service import DecisionService
from decider.server.handlers import streaming, unary
from decider.server.health import NAME as HEALTH
from decider.server.health import Health
from decider.server.limits import CONNECTION_CALLS
from decider.server.policy_service import PolicyService
from decider.server.traffic import Traffic
from decider.settings import Settings
from decider.v1 import decision_service_pb2, policy_service_pb2

__all__ = ["GrpcServer", "Readiness"]

DECISIONS: ServiceDescriptor = decision_service_pb2.DESCRIPTOR.services_by_name["DecisionService"]
POLICIES: ServiceDescriptor = policy_service_pb2.DESCRIPTOR.services_by_name["PolicyService"]

BATCHES = frozenset({"BatchEvaluateRefunds"})

# When grpc stops, it cancels calls that have arrived and that no handler has taken. So the service first waits until no
# call has arrived for QUIET_S, but for at most DRAIN_S.
QUIET_S = 0.1
DRAIN_S = 1.0
# The last part of the grace, in which calls without an answer are refused before the engine ends: a quarter of the
# grace, at most this.
REFUSAL_S = 1.0
# The time that refusing takes, even if the grace is shorter.
LEAST_REFUSAL_S = 0.1


class Readiness(Protocol):
    """Reports whether the engine is ready."""

    def on_readiness(self, watcher: Callable[[bool], None]) -> None:
        """Call `watcher` with the present readiness now, and with every change, in the event loop's thread."""
        ...


class GrpcServer:
    """A listening server; create it with `start`, end it with `stop`, and use it from one event loop."""

    def __init__(self, server: grpc.aio.Server, health: Health, traffic: Traffic, address: str) -> None:
        self._server = server
        self._health = health
        self._traffic = traffic
        self.address = address

    @classmethod
    async def start(cls, evaluator: RefundEvaluator, readiness: Readiness, settings: Settings) -> GrpcServer:
        """Serve the evaluator at `settings.address`. Raises AddressUnavailable."""
        server = grpc.aio.server(
            options=[
                ("grpc.so_reuseport", 0),  # else a second server on this port would silently take half of the calls
                ("grpc.max_concurrent_streams", CONNECTION_CALLS),
                ("grpc.max_receive_message_length", settings.max_message_bytes),
                # gRPC disconnects a client that pings more often, whether or not it has a running call.
                ("grpc.http2.min_ping_interval_without_data_ms", _milliseconds(settings.min_ping_interval_s)),
                ("grpc.keepalive_permit_without_calls", 1),
                ("grpc.max_connection_age_ms", _milliseconds(settings.max_connection_age_s)),
                ("grpc.max_connection_age_grace_ms", _milliseconds(settings.max_connection_age_grace_s)),
            ]
        )
        health = Health([DECISIONS.full_name, POLICIES.full_name])
        try:
            address = listen(server, settings.address)
        except AddressUnavailable:
            await health.close()
            raise
        traffic = Traffic()
        decisions, policies = DecisionService(evaluator, traffic), PolicyService(evaluator)
        methods: Mapping[ServiceDescriptor, Mapping[str, Any]] = {
            DECISIONS: {
                "EvaluateRefund": decisions.evaluate_refund,
                "BatchEvaluateRefunds": decisions.batch_evaluate_refunds,
                "StreamEvaluateRefunds": decisions.stream_evaluate_refunds,
            },
            POLICIES: {"ListPolicies": policies.list_policies, "GetPolicy": policies.get_policy},
        }
        handlers = [_handler(service, named, traffic, settings) for service, named in methods.items()]
        server.add_generic_rpc_handlers((*handlers, health.handler()))
        if settings.reflection:
            names = [DECISIONS.full_name, POLICIES.full_name, HEALTH, reflection.SERVICE_NAME]
            pool = contract_pool()  # the descriptors of the stubs lack the definitions of their options
            for described in (health_pb2, reflection_pb2):
                pool.AddSerializedFile(described.DESCRIPTOR.serialized_pb)
            reflection.enable_server_reflection(names, server, pool)
        readiness.on_readiness(health.follow)
        await server.start()
        return cls(server, health, traffic, address)

    async def stop(self, grace_s: float) -> None:
        """Report NOT_SERVING, accept no more calls, and refuse calls that have no answer when the grace is nearly over.

        This returns within `grace_s` seconds and leaves the engine time to end.
        """
        loop = asyncio.get_running_loop()
        refusal_s = min(REFUSAL_S, grace_s / 4)
        until = loop.time() + grace_s - refusal_s
        await self._health.shut_down()
        self._traffic.stop_reading()
        await self._quiet(min(until - loop.time(), DRAIN_S))
        left_s = max(0.0, until - loop.time())
        stopping = asyncio.create_task(self._server.stop(left_s + max(refusal_s / 2, LEAST_REFUSAL_S)))
        await asyncio.wait([stopping], timeout=left_s)
        self._traffic.cut()
        await stopping

    async def _quiet(self, most_s: float) -> None:
        loop = asyncio.get_running_loop()
        until, seen = loop.time() + most_s, -1
        while seen != self._traffic.arrived and loop.time() < until:
            seen = self._traffic.arrived
            await asyncio.sleep(QUIET_S)


def _milliseconds(seconds: float) -> int:
    return int(seconds * 1000)


def _handler(
    service: ServiceDescriptor, methods: Mapping[str, Any], traffic: Traffic, settings: Settings
) -> grpc.GenericRpcHandler:
    """Return the handler of a service; `methods` must contain all methods of the proto."""
    handlers = {
        method.name: (streaming if method.client_streaming else unary)(
            f"{service.full_name}/{method.name}",
            GetMessageClass(method.input_type),
            methods[method.name],
            deadline_s=settings.batch_deadline_s if method.name in BATCHES else settings.deadline_s,
            traffic=traffic,
        )
        for method in service.methods
    }
    return grpc.method_handlers_generic_handler(service.full_name, handlers)
