"""Every field that a caller may set says whether it must be set."""

from __future__ import annotations

import pytest
from google.api import field_behavior_pb2  # type: ignore[import-untyped] # ships stubs but no py.typed
from google.protobuf.descriptor import Descriptor, FieldDescriptor

from decider.descriptors import option
from decider.v1 import decision_service_pb2, policy_service_pb2

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


def test_all_messages_of_the_facts_are_among_them() -> None:
    assert len(asked()) > 100
