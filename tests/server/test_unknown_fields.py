"""Fields that this version of the contract does not have: refused wherever they stand (ruling 42)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import grpc
import pytest
from google.protobuf.descriptor import Descriptor
from google.protobuf.message import Message

from decider.evaluation.validation.unknown_fields import find_unknown_fields, find_unknown_fields_beside
from decider.v1 import decision_service_pb2, decision_service_pb2_grpc, policy_service_pb2, policy_service_pb2_grpc
from support import sample
from support.fakes import FakeEngine, details, served, unpacked
from support.full_request import good

Batch = decision_service_pb2.BatchEvaluateRefundsRequest
# Field 1007, once as a number and once as a text; and field 2000.
NUMBER, TEXT, OTHER = b"\xf8\x3e\x01", b"\xfa\x3e\x02hi", b"\x80\x7d\x01"


def messages(message: Message, path: str = "") -> Iterator[tuple[str, Message]]:
    """Yield every message that a message holds, with its path, and itself as `request`."""
    yield path or "request", message
    for field, value in message.ListFields():
        if field.message_type is None:
            continue
        here = f"{path}.{field.name}".removeprefix(".")
        if field.is_repeated:
            for index, item in enumerate(value):
                yield from messages(item, f"{here}[{index}]")
        else:
            yield from messages(value, here)


def kinds(descriptor: Descriptor) -> set[str]:
    """Return the names of all messages that a type may hold."""
    inner = [field.message_type for field in descriptor.fields if field.message_type is not None]
    return {descriptor.full_name}.union(*(kinds(one) for one in inner))


PATHS = list(dict(messages(good())))


def test_every_kind_of_message_is_tried() -> None:
    order = {decision_service_pb2.OrderKey.DESCRIPTOR.full_name}  # excludes the facts: tests/server/test_orders.py

    assert {one.DESCRIPTOR.full_name for _, one in messages(good())} == kinds(good().DESCRIPTOR) - order


@pytest.mark.parametrize("content", [NUMBER, TEXT], ids=["number", "text"])
@pytest.mark.parametrize("index", range(len(PATHS)), ids=PATHS)
def test_an_unknown_field_is_found_at_every_depth(index: int, content: bytes) -> None:
    message = good()
    path, holder = list(messages(message))[index]
    holder.MergeFromString(content)
    before = message.SerializeToString()

    found = find_unknown_fields(message)

    assert [(one.field, one.description) for one in found] == [
        (path, "holds field 1007, which this version does not know")
    ]
    assert message.SerializeToString() == before


def test_a_good_message_has_none() -> None:
    assert find_unknown_fields(good()) == []


def test_several_are_named_in_one_answer() -> None:
    message = good()
    message.MergeFromString(NUMBER + OTHER + NUMBER)
    message.facts.payments[0].MergeFromString(
        b"".join(bytes([0x80 | number << 3 & 0x7F, 0x7D, 1]) for number in range(8))
    )

    found = {one.field: one.description for one in find_unknown_fields(message)}

    assert found["request"] == "holds fields 1007, 2000, which this version does not know"
    assert found["facts.payments[0]"].endswith("2004 and 3 more, which this version does not know")


def test_only_what_is_beside_a_field() -> None:
    message = Batch(requests=[good()])
    message.requests[0].MergeFromString(NUMBER)
    assert find_unknown_fields_beside("requests", message) == []

    message.MergeFromString(OTHER)
    assert [one.field for one in find_unknown_fields_beside("requests", message)] == ["request"]


def test_a_flood_of_them_is_found() -> None:
    """A search that takes the square of their number would not come to an end."""
    message = decision_service_pb2.EvaluateRefundRequest.FromString(NUMBER * 1_300_000)

    (found,) = find_unknown_fields(message)

    assert found.field == "request"


async def failure(call: Any) -> tuple[str, dict[str, str]]:
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await call
    info, violations = details(raised.value)
    assert raised.value.code() == grpc.StatusCode.INVALID_ARGUMENT
    return info.reason, violations


async def test_a_request_is_refused_beside_its_other_faults() -> None:
    request = sample.request({}, ("facts.account",))
    request.facts.lots[0].MergeFromString(NUMBER)
    engine = FakeEngine()
    async with served(engine) as channel:
        stub = decision_service_pb2_grpc.DecisionServiceStub(channel)
        reason, violations = await failure(stub.EvaluateRefund(request))

    assert reason == "INVALID_FACTS"
    assert violations.keys() == {"facts.account", "facts.lots[0]"}
    assert "1007" in violations["facts.lots[0]"]
    assert engine.asked == []


async def test_in_a_batch_it_is_the_error_of_its_slot() -> None:
    outer, inner = sample.request(), sample.request()
    outer.MergeFromString(NUMBER)
    inner.facts.customer.MergeFromString(NUMBER)
    async with served(FakeEngine()) as channel:
        stub = decision_service_pb2_grpc.DecisionServiceStub(channel)
        answer = await stub.BatchEvaluateRefunds(Batch(requests=[outer, sample.request(), inner]))

    assert [one.WhichOneof("result") for one in answer.results] == ["error", "decision", "error"]
    assert unpacked(answer.results[0].error)[1].keys() == {"requests[0].request"}
    assert unpacked(answer.results[2].error)[1].keys() == {"requests[2].facts.customer"}


async def test_the_outermost_message_of_every_method_is_called_request() -> None:
    batch = Batch(requests=[sample.request()])
    policy = policy_service_pb2.GetPolicyRequest(policy_id="yunxin")
    policies = policy_service_pb2.ListPoliciesRequest()
    for one in (batch, policy, policies):
        one.MergeFromString(NUMBER)
    async with served(FakeEngine()) as channel:
        decisions = decision_service_pb2_grpc.DecisionServiceStub(channel)
        catalog = policy_service_pb2_grpc.PolicyServiceStub(channel)
        calls = [decisions.BatchEvaluateRefunds(batch), catalog.GetPolicy(policy), catalog.ListPolicies(policies)]
        failures = [await failure(call) for call in calls]

    assert [(reason, list(violations)) for reason, violations in failures] == [("INVALID_FACTS", ["request"])] * 3
