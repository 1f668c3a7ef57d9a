"""The whole service as a process of its own: the shipped policies, the real OPA, signals, and a taken address."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import grpc
import orjson
import pytest

from decider.bootstrap import open_service
from decider.errors import BundleInvalid, EngineUnavailable
from decider.server import AddressUnavailable
from decider.settings import Settings
from decider.v1 import (
    decision_pb2,
    decision_service_pb2,
    decision_service_pb2_grpc,
    policy_service_pb2,
    policy_service_pb2_grpc,
)
from support.bad_requests import all_bad, bad_for_policies
from support.fakes import details, unpacked
from support.shipped import case_of

# What a process does that serves and says so on stdout.
PROGRAM = """
import sys, uvloop
from decider.bootstrap import serve
from decider.logs import configure_logs
from decider.settings import Settings
configure_logs("info")
uvloop.run(serve(Settings(), lambda _, address: print(address, flush=True)))
"""
PAID = case_of("R01").message


@asynccontextmanager
async def process(**environment: str) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """Start one with settings, and yield it with its address."""
    told = {f"DECIDER_{name.upper()}": value for name, value in {"address": "127.0.0.1:0", **environment}.items()}
    started = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        PROGRAM,
        env=told,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        assert started.stdout is not None
        async with asyncio.timeout(60):
            address = (await started.stdout.readline()).decode().strip()
        if not address:
            _, said = await started.communicate()
            pytest.fail(f"it does not serve: {said.decode()}")
        yield started, address
    finally:
        if started.returncode is None:
            started.kill()
            await started.wait()


async def test_it_decides_until_it_is_told_to_stop() -> None:
    """By SIGTERM; tests/cli stop it by SIGINT, and tests/faults by SIGHUP."""
    async with process(deadline_s="60", grace_s="60") as (service, address):  # 200 calls, however busy the machine is
        async with grpc.aio.insecure_channel(address) as channel:
            stub = decision_service_pb2_grpc.DecisionServiceStub(channel)
            response = await stub.EvaluateRefund(PAID, timeout=20)
            many = [asyncio.ensure_future(stub.EvaluateRefund(PAID)) for _ in range(200)]
            await asyncio.wait(many, return_when=asyncio.FIRST_COMPLETED)
            service.terminate()
            late = await asyncio.gather(*many, return_exceptions=True)
        async with asyncio.timeout(80):
            _, logged = await service.communicate()

    assert response.decision.verdict == decision_pb2.VERDICT_ALLOW
    # Those that were still on their way are refused, never decided wrongly or left hanging.
    refused = [one for one in late if isinstance(one, BaseException)]
    assert len(refused) < len(many)
    assert {isinstance(one, grpc.aio.AioRpcError) and one.code().name for one in refused} <= {
        "UNAVAILABLE",
        "CANCELLED",
    }
    assert service.returncode == 0
    lines = [orjson.loads(line) for line in logged.splitlines()]
    assert [line["event"] for line in lines if line["event"] != "call"] == [
        "engine.ready",
        "serving",
        "stopping",
        "stopped",
    ]
    assert b"@" not in logged


async def test_it_listens_on_loopback_only() -> None:
    async with process() as (_, address):
        port = int(address.rpartition(":")[2])
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as elsewhere:
            # The port is taken on loopback, and on loopback alone.
            elsewhere.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            elsewhere.bind(("127.0.0.2", port))


async def test_bad_input_meets_the_shipped_policies() -> None:
    """Every extreme that is no fault of its own is decided: the policies' arithmetic holds."""
    async with (
        open_service(Settings(address="127.0.0.1:0")) as (_, address),
        grpc.aio.insecure_channel(address) as channel,
    ):
        stub = decision_service_pb2_grpc.DecisionServiceStub(channel)
        wrong: list[tuple[str, str]] = []
        for bad in [*all_bad(), *bad_for_policies()]:
            try:
                response = await stub.EvaluateRefund(bad.request)
            except grpc.aio.AioRpcError as error:
                _, violations = details(error)
                if error.code() != grpc.StatusCode.INVALID_ARGUMENT or (bad.fields and set(violations) != bad.fields):
                    wrong.append((bad.name, f"{error.code()}: {error.details()}"))
            else:
                if bad.fields or not response.decision.citations:
                    wrong.append((bad.name, f"decided: {response.decision.disposition}"))
        for_policies = [*(one.request for one in bad_for_policies()), PAID]
        few = await stub.BatchEvaluateRefunds(
            decision_service_pb2.BatchEvaluateRefundsRequest(requests=for_policies), timeout=20
        )
        batch = decision_service_pb2.BatchEvaluateRefundsRequest(requests=[PAID] * 1000)
        many = await stub.BatchEvaluateRefunds(batch, timeout=60)
        backlog = [decision_service_pb2.StreamEvaluateRefundsRequest(request=PAID)] * 200
        streamed = [one.result async for one in stub.StreamEvaluateRefunds(iter(backlog))]

    assert wrong == []
    assert [list(unpacked(one.error)[1]) for one in few.results[:-1]] == [
        [f"requests[{index}].facts.agreement.minimum"] for index in range(2)
    ]
    assert few.results[-1].decision.verdict == decision_pb2.VERDICT_ALLOW
    assert (len(many.results), len(streamed)) == (1000, 200)
    assert len({one.SerializeToString(deterministic=True) for one in (*many.results, *streamed)}) == 1
    assert many.results[0].decision.verdict == decision_pb2.VERDICT_ALLOW


async def test_parameters_are_laid_over_the_policies(tmp_path: Path) -> None:
    overlay = tmp_path / "parameters.yaml"
    overlay.write_text("router-one: {window.days: 3}\n")
    async with (
        open_service(Settings(address="127.0.0.1:0", parameters=overlay)) as (evaluator, address),
        grpc.aio.insecure_channel(address) as channel,
    ):
        policies = policy_service_pb2_grpc.PolicyServiceStub(channel)
        shown = await policies.ListPolicies(policy_service_pb2.ListPoliciesRequest())
        decision = await evaluator.evaluate(PAID, 20)

    values = {one.name: one.value_json for one in shown.policies[0].versions[0].parameters}
    assert (shown.policies[0].policy_id, values["window.days"]) == ("router-one", "3")
    assert decision.verdict == decision_pb2.VERDICT_DENY
    assert decision.policy.bundle_digest == shown.bundle_digest


async def test_what_cannot_be_served(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("router-one: {window.dayz: 3}\n")
    for settings, failure in [
        (Settings(rego=tmp_path / "empty"), BundleInvalid),
        (Settings(rego=tmp_path / "none"), BundleInvalid),
        (Settings(parameters=wrong), BundleInvalid),
        (Settings(parameters=tmp_path / "none"), BundleInvalid),
        (Settings(opa=tmp_path / "none"), EngineUnavailable),
    ]:
        with pytest.raises(failure):
            async with open_service(settings):
                pass


async def test_an_address_that_is_taken_leaves_nothing_behind() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(AddressUnavailable):
            async with open_service(Settings(address=f"127.0.0.1:{taken.getsockname()[1]}")):
                pass
