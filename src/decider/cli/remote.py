"""The service that a command asks: a running service, or a service that the command starts on a private socket."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import grpc
import grpc.aio
from pydantic import ValidationError

from decider.cli.failures import USAGE, Failure, of_call, of_start
from decider.errors import DeciderError, Violation
from decider.private_folder import TemporaryFolderUnusable, private_folder
from decider.settings import Settings
from decider.v1 import (
    decision_pb2,
    decision_service_pb2,
    decision_service_pb2_grpc,
    policy_service_pb2,
    policy_service_pb2_grpc,
)

__all__ = ["Service", "open_service", "settings_of"]

_TIMEOUT_S = 10.0
_T = TypeVar("_T")


class Service:
    """Calls a service; every method raises Failure."""

    def __init__(self, channel: grpc.aio.Channel, address: str) -> None:
        self._decisions = decision_service_pb2_grpc.DecisionServiceStub(channel)
        self._policies = policy_service_pb2_grpc.PolicyServiceStub(channel)
        self._address = address

    async def evaluate(self, request: decision_service_pb2.EvaluateRefundRequest) -> decision_pb2.Decision:
        """Evaluate one request."""
        response = await self._call(lambda: self._decisions.EvaluateRefund(request, timeout=_TIMEOUT_S))
        return response.decision

    async def list_policies(self) -> policy_service_pb2.ListPoliciesResponse:
        """List all policies."""
        asked = policy_service_pb2.ListPoliciesRequest()
        return await self._call(lambda: self._policies.ListPolicies(asked, timeout=_TIMEOUT_S))

    async def get_policy(self, policy_id: str, version: str) -> policy_service_pb2.GetPolicyResponse:
        """Return a version of a policy; an empty `version` means the version in force now."""
        asked = policy_service_pb2.GetPolicyRequest(policy_id=policy_id, version=version)
        return await self._call(lambda: self._policies.GetPolicy(asked, timeout=_TIMEOUT_S))

    async def _call(self, call: Callable[[], Awaitable[_T]]) -> _T:
        try:
            return await call()
        except grpc.aio.AioRpcError as error:
            raise of_call(error, self._address) from None


@asynccontextmanager
async def open_service(
    address: str | None, *, local: bool, rego: Path | None = None, source: Path | None = None, overlay: bytes = b""
) -> AsyncIterator[Service]:
    """Connect to the running service; if `local`, start a service with `overlay` as its file of parameters.

    Raises Failure.
    """
    if not local:
        async with _running_service(settings_of(address=address).address) as service:
            yield service
        return
    if address is not None:
        raise Failure(
            "--address cannot be combined with --local, --rego, --source or --set, which start a service", USAGE
        )
    try:
        with private_folder() as folder:
            file = folder / "set.json"
            file.write_bytes(overlay)
            settings = settings_of(rego=rego, source=source, parameters=file if overlay else None)
            async with _own_service(settings) as service:
                yield service
    except TemporaryFolderUnusable as error:
        raise of_start(error) from None


def settings_of(**given: Any) -> Settings:  # noqa: ANN401 (each is checked by Settings)
    """Return the settings of the environment, overridden by the arguments that are not None. Raises Failure."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        faults = [
            Violation(".".join(map(str, fault["loc"])), fault["msg"].removeprefix("Value error, "))
            for fault in error.errors()
        ]
        raise Failure("the settings are wrong", USAGE, violations=faults) from None


@asynccontextmanager
async def _running_service(address: str) -> AsyncIterator[Service]:
    """Open a channel without TLS to the service at `address`. The first call fails if no service runs there."""
    options = [("grpc.enable_http_proxy", 0)]  # a proxy of the environment would not reach this machine's services
    async with grpc.aio.insecure_channel(address, options=options) as channel:
        yield Service(channel, address)


@asynccontextmanager
async def _own_service(settings: Settings) -> AsyncIterator[Service]:
    """Run a service with its engine while the block runs, and log errors only.

    `settings.address` is not used. Raises Failure if the service does not start.
    """
    # Imported here, because these imports take half of the start, and calls to a running service do not need them.
    from decider import bootstrap
    from decider.logs import configure_logs

    configure_logs("error", settings.log_format)
    try:
        with private_folder() as folder:
            settings = settings.model_copy(update={"address": f"unix:{folder / 'socket'}", "grace_s": 1.0})
            async with bootstrap.open_service(settings) as (_, address), _running_service(address) as service:
                yield service
    except DeciderError as error:
        raise of_start(error) from None
