"""What PolicyService shows of the catalog."""

from __future__ import annotations

from dataclasses import replace

import grpc
import pytest

from decider.v1 import policy_service_pb2, policy_service_pb2_grpc
from support import answers
from support.fakes import FakeEngine, details, served

Get = policy_service_pb2.GetPolicyRequest


async def get(request: Get) -> policy_service_pb2.Policy:
    async with served(FakeEngine(catalog=answers.CATALOG)) as channel:
        response = await policy_service_pb2_grpc.PolicyServiceStub(channel).GetPolicy(request)
    return response.policy


async def test_all_policies_by_id_with_all_versions() -> None:
    async with served(FakeEngine(catalog=answers.CATALOG)) as channel:
        stub = policy_service_pb2_grpc.PolicyServiceStub(channel)
        response = await stub.ListPolicies(policy_service_pb2.ListPoliciesRequest())

    assert response.bundle_digest == "sha256:b0"
    assert [(one.policy_id, one.title, [each.version for each in one.versions]) for one in response.policies] == [
        ("router-one", "Title of router-one", ["2026-05-16", "2027-01-01"]),
        ("yunxin", "Title of yunxin", ["2026-04"]),
    ]


async def test_every_field_of_the_version_in_force() -> None:
    policy = await get(Get(policy_id="router-one"))

    (version,) = policy.versions
    assert version.version == "2026-05-16"
    assert (version.effective_from.seconds, version.effective_from.nanos) == (1_778_889_600, 5)
    assert [(one.name, one.value_json, one.default_json, one.description) for one in version.parameters] == [
        ("partial_use", '"pro_rata"', "0", "About partial_use"),
        ("statutory.rollover", '{"AT":true,"GB":false}', "0", "About statutory.rollover"),
        ("window.days", "14", "0", "About window.days"),
    ]
    assert [one.clause_id for one in policy.clauses] == sorted(answers.CLAUSES)
    assert policy.clauses[0] == policy_service_pb2.Clause(
        clause_id="law/eu/14-3", title="Title of law/eu/14-3", section="2.1", summary="Summary of law/eu/14-3"
    )


async def test_a_policy_shows_its_own_clauses_and_the_laws() -> None:
    assert [one.clause_id for one in (await get(Get(policy_id="yunxin"))).clauses] == ["law/eu/14-3"]


async def test_a_version_that_is_asked_for() -> None:
    policy = await get(Get(policy_id="router-one", version="2027-01-01"))

    assert [one.version for one in policy.versions] == ["2027-01-01"]


@pytest.mark.parametrize(
    ("policy_id", "version", "field"),
    [("none-such", "", "policy_id"), ("none-such", "1", "policy_id"), ("router-one", "1999", "version")],
)
async def test_what_is_not_loaded(policy_id: str, version: str, field: str) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await get(Get(policy_id=policy_id, version=version))

    info, _ = details(raised.value)
    assert (raised.value.code(), info.reason) == (grpc.StatusCode.NOT_FOUND, "POLICY_NOT_FOUND")
    assert dict(info.metadata) == {"policy_id": policy_id, "policy_version": version, "field": field}


async def test_no_version_is_in_force_yet() -> None:
    policy = answers.CATALOG.policies["router-one"]
    later = replace(answers.CATALOG, policies={"router-one": replace(policy, versions=policy.versions[1:])})
    async with served(FakeEngine(catalog=later)) as channel:
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await policy_service_pb2_grpc.PolicyServiceStub(channel).GetPolicy(Get(policy_id="router-one"))

    assert raised.value.code() == grpc.StatusCode.NOT_FOUND
    assert details(raised.value)[0].metadata["field"] == "version"


async def test_malformed_names() -> None:
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await get(Get(policy_id="Router One", version="a/b"))

    info, violations = details(raised.value)
    assert (raised.value.code(), info.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FACTS")
    assert set(violations) == {"policy_id", "version"}
