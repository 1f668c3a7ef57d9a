"""Every worked case of tests/cases, asked of the real service over gRPC."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TypeAlias

import grpc
import pytest
import pytest_asyncio
from google.rpc import error_details_pb2  # type: ignore[import-untyped] # ships stubs but no py.typed
from grpc_status import rpc_status  # type: ignore[import-untyped] # ships no types

from decider.authoring.cases import Case, decision_differences, error_differences, grouped
from decider.v1 import decision_service_pb2_grpc
from support.processes import TIMEOUT_S
from support.served import OneService, Round, rounds
from support.shipped import all_cases

CASES = all_cases()
DUE = [case for case in CASES if case.rpc == "EvaluateRefund"]
ROUNDS = rounds(grouped(DUE))
NOT_DUE = ["R79/step0", "R79/step1", "R79/step2"]  # DecideRefund is not part of the API yet

Stub: TypeAlias = "decision_service_pb2_grpc.DecisionServiceAsyncStub"

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def service(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[OneService]:
    one = OneService(tmp_path_factory.mktemp("golden"))
    yield one
    await one.end()


@pytest.mark.parametrize(
    ("groups", "case"),
    [pytest.param(groups, case, id=case.name) for groups in ROUNDS for group in groups for case in group.cases],
)
async def test_case(service: OneService, groups: Round, case: Case) -> None:
    channel = await service.serving(groups)
    found = await _asked(decision_service_pb2_grpc.DecisionServiceStub(channel), case)
    assert not found, f"{case.title}\n" + "\n".join(found)


async def _asked(stub: Stub, case: Case) -> list[str]:
    """Ask for the case's decision and list what is not as expected."""
    try:
        response = await stub.EvaluateRefund(case.message, timeout=TIMEOUT_S)
    except grpc.aio.AioRpcError as error:
        return error_differences(error.code().name, fields_of(error), case.expect)
    return decision_differences(response.decision, case.expect)


def fields_of(error: grpc.aio.AioRpcError) -> list[str]:
    """Return the fields that an error names: of its violations, else of its metadata."""
    status = rpc_status.from_call(error)
    assert status is not None, "an error without google.rpc.Status"
    fields: list[str] = []
    for detail in status.details:
        bad, info = error_details_pb2.BadRequest(), error_details_pb2.ErrorInfo()
        if detail.Unpack(bad):
            fields += [violation.field for violation in bad.field_violations]
        elif detail.Unpack(info) and "field" in info.metadata:
            fields.append(info.metadata["field"])
    return fields


async def test_only_decide_refund_is_not_due() -> None:
    assert [case.name for case in CASES if case.rpc != "EvaluateRefund"] == NOT_DUE


async def test_case_names_are_unique() -> None:
    names = [case.name for case in CASES]
    assert len(set(names)) == len(names)
