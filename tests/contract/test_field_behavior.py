"""Every field that a caller may set says truly whether it must be set."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from google.api import field_behavior_pb2  # type: ignore[import-untyped] # ships stubs but no py.typed
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message

from decider.descriptors import option
from decider.evaluation.validation.message_rules import message_violations
from decider.v1 import decision_service_pb2, facts_pb2, policy_service_pb2
from support.every_field import full
from support.fields import chosen

REQUESTS = [
    *decision_service_pb2.DESCRIPTOR.services_by_name["DecisionService"].methods,
    *policy_service_pb2.DESCRIPTOR.services_by_name["PolicyService"].methods,
]


def fields(message: Descriptor, seen: set[str]) -> list[FieldDescriptor]:
    """Return every field of a message of ours and of those within, each once."""
    if message.full_name in seen or not message.full_name.startswith("decider."):
        return []
    seen.add(message.full_name)
    return [*message.fields, *(f for one in message.fields if one.message_type for f in fields(one.message_type, seen))]


def asked() -> list[FieldDescriptor]:
    """Return the fields of all requests."""
    seen: set[str] = set()
    return [field for method in REQUESTS for field in fields(method.input_type, seen)]


@pytest.mark.parametrize("field", asked(), ids=lambda field: field.full_name)
def test_says_required_or_optional(field: FieldDescriptor) -> None:
    told = list(option(field, "google.api.field_behavior"))

    assert told in ([field_behavior_pb2.REQUIRED], [field_behavior_pb2.OPTIONAL])
    if option(field, "buf.validate.field").required:
        assert told == [field_behavior_pb2.REQUIRED]


@chosen(lambda field: not field.is_repeated and field.name != "facts")  # or an order
def test_a_request_without_a_field_is_refused_where_the_field_is_required_and_there_alone(
    path: str, field: FieldDescriptor, reach: Callable[[Message], Any]
) -> None:
    message = whole()
    if path == "facts.subscription.payment_id":  # only a plan that was charged needs it
        message.facts.subscription.ClearField("charged_at")
    before = message_violations(message)[1]
    reach(message).ClearField(field.name)

    refused = message_violations(message)[1] != []

    assert before == []
    assert refused == (list(option(field, "google.api.field_behavior")) == [field_behavior_pb2.REQUIRED])


def whole() -> decision_service_pb2.EvaluateRefundRequest:
    """Return a request that keeps every rule and sets all fields that do not exclude each other.

    Its lot is a gift of which nothing was used: other lots need more fields.
    """
    message = full()
    message.request.ClearField("requested_credits_micros")
    message.facts.subscription.period_end.seconds += 1
    lot = message.facts.lots[0]
    lot.category = facts_pb2.LOT_CATEGORY_PROMOTIONAL
    lot.used_micros = lot.base_used_micros = lot.bonus_used_micros = 0
    return message


def test_all_messages_of_the_facts_are_among_them() -> None:
    assert len(asked()) > 100
