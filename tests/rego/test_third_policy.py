"""A policy is a folder: a third one, copied beside the two, is served without any other change."""

from __future__ import annotations

import filecmp
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import grpc
import pytest
import pytest_asyncio

from decider.cases import changed, decision_differences, to_message
from decider.v1 import (
    decision_pb2,
    decision_service_pb2,
    decision_service_pb2_grpc,
    policy_service_pb2,
    policy_service_pb2_grpc,
)
from gate.seeded import findings
from golden.served import serve
from shipped import REGO, case_of

THIRD = Path(__file__).parent / "third_policy"
SHOP = "corner-shop"

pytestmark = pytest.mark.asyncio(loop_scope="function")


@pytest.fixture
def rego(tmp_path: Path) -> Path:
    copy = Path(shutil.copytree(REGO, tmp_path / "rego"))
    shutil.copytree(THIRD, copy / "policies", dirs_exist_ok=True)
    return copy


@pytest_asyncio.fixture
async def channel(rego: Path) -> AsyncIterator[grpc.aio.Channel]:
    async with serve(rego) as opened:
        yield opened


def request(**more: object) -> decision_service_pb2.EvaluateRefundRequest:
    """A customer of the US asks for 50.00 USD back on the fourth day, with nothing used."""
    return to_message(changed(case_of("Y01").request, {"set": {"request.policy_id": SHOP, **more}}))


async def decided(
    channel: grpc.aio.Channel, asked: decision_service_pb2.EvaluateRefundRequest
) -> decision_pb2.Decision:
    response = await decision_service_pb2_grpc.DecisionServiceStub(channel).EvaluateRefund(asked, timeout=30)
    return response.decision


async def test_decides_by_its_own_rules(channel: grpc.aio.Channel) -> None:
    decision = await decided(channel, request())
    expect = {
        "verdict": "ALLOW",
        "disposition": "CASH_REFUND",
        "amount": {"currency_code": "USD", "amount_minor": 2500},
        "citations": [f"{SHOP}/returns", f"{SHOP}/half"],
    }
    assert decision_differences(decision, expect) == []
    assert (decision.policy.policy_id, decision.policy.version) == (SHOP, "2026-01")


async def test_refuses_by_its_own_rules(channel: grpc.aio.Channel) -> None:
    # bought on 2026-06-01T10:00:00Z; 30 days and a second later
    late = {"request.requested_at": "2026-07-01T10:00:01Z", "evaluate_at": "2026-07-01T10:30:00Z"}
    decision = await decided(channel, request(**late, **{"facts.ledger.taken_at": "2026-07-01T10:30:00Z"}))
    expect = {"verdict": "DENY", "disposition": "NOT_REFUNDABLE", "citations": [f"{SHOP}/returns"]}
    assert decision_differences(decision, expect) == []


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
    assert own == {f"{SHOP}/returns", f"{SHOP}/half"}
    named = {parameter.name: parameter.value_json for parameter in shop.versions[0].parameters}
    assert named["share_percent"] == "50"


async def test_compiles_under_its_schemas(rego: Path) -> None:
    assert findings(rego.parent, "strict") == []


async def test_nothing_else_is_changed(rego: Path) -> None:
    compared = filecmp.dircmp(REGO, rego)
    assert not compared.left_only + compared.right_only + compared.diff_files
    assert compared.subdirs["policies"].right_only == [SHOP]
    assert not compared.subdirs["policies"].left_only
