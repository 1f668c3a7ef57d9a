"""A policy is a folder: a third one, laid out beside the two, is served without any other change."""

from __future__ import annotations

import filecmp
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import grpc
import pytest
import pytest_asyncio

from decider.authoring.cases import changed, decision_differences, load_cases, to_message
from decider.authoring.scaffold import scaffold
from decider.v1 import (
    decision_pb2,
    decision_service_pb2,
    decision_service_pb2_grpc,
    policy_service_pb2,
    policy_service_pb2_grpc,
)
from decider.workspace import Workspace
from support.policy_copies import findings
from support.served import serve
from support.shipped import REGO, case_of

SHOP = "corner-shop"

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(scope="module")
def rego(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("third")
    copy = Path(shutil.copytree(REGO, folder / "rego"))
    scaffold(Workspace.find(folder), SHOP)
    return copy


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def channel(rego: Path) -> AsyncIterator[grpc.aio.Channel]:
    async with serve(rego) as opened:
        yield opened


async def decided(
    channel: grpc.aio.Channel, asked: decision_service_pb2.EvaluateRefundRequest
) -> decision_pb2.Decision:
    response = await decision_service_pb2_grpc.DecisionServiceStub(channel).EvaluateRefund(asked, timeout=30)
    return response.decision


async def test_decides_its_worked_cases_by_its_own_rules(channel: grpc.aio.Channel, rego: Path) -> None:
    cases = load_cases(rego.parent / "cases" / "corner_shop.yaml")
    assert cases
    for case in cases:
        decision = await decided(channel, case.message)
        assert (case.name, decision_differences(decision, case.expect)) == (case.name, [])
        assert (decision.policy.policy_id, decision.policy.version) == (SHOP, "2026-01")


async def test_answers_whatever_is_asked(channel: grpc.aio.Channel, rego: Path) -> None:
    requests = {case.name: case.request for case in load_cases(rego.parent / "cases" / "corner_shop.yaml")}
    lot, plan = requests[f"{SHOP}-1"], requests[f"{SHOP}-5"]
    asked = [
        (lot, {"request.remedy": "SERVICE_CREDIT"}),
        (lot, {"request.channel": "SOCIAL_MEDIA"}),
        (lot, {"facts.lots.0.sold_by": "Somebody else"}),
        (lot, {"facts.customer.country_code": "DE"}),
        (plan, {"facts.customer.country_code": "DE"}),
        (plan, {"request.remedy": "CANCEL_SUBSCRIPTION"}),
    ]
    for request, more in asked:
        decision = await decided(channel, to_message(changed(request, {"set": more})))
        assert decision.citations, more


async def test_the_other_policies_decide_as_before(channel: grpc.aio.Channel) -> None:
    case = case_of("Y01")
    assert decision_differences(await decided(channel, case.message), case.expect) == []


async def test_is_listed(channel: grpc.aio.Channel) -> None:
    stub = policy_service_pb2_grpc.PolicyServiceStub(channel)
    listed = await stub.ListPolicies(policy_service_pb2.ListPoliciesRequest(), timeout=30)
    assert [policy.policy_id for policy in listed.policies] == [SHOP, "router-one", "yunxin"]
    shop = listed.policies[0]
    assert shop.title == "Corner shop refund policy"
    own = {clause.clause_id for clause in shop.clauses if not clause.clause_id.startswith("law/")}
    assert own == {
        f"{SHOP}/{name}" for name in ("scope", "returns", "unused", "plans", "request", "payout", "law", "changes")
    }
    named = {parameter.name: parameter.value_json for parameter in shop.versions[0].parameters}
    assert named["window.days"] == "14"


async def test_compiles_under_its_schemas(rego: Path) -> None:
    assert findings(rego.parent, "strict") == []


async def test_nothing_else_is_changed(rego: Path) -> None:
    compared = filecmp.dircmp(REGO, rego)
    assert not compared.left_only + compared.right_only + compared.diff_files
    assert compared.subdirs["policies"].right_only == [SHOP]
    assert not compared.subdirs["policies"].left_only
