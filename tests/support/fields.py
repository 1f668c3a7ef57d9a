"""Every field of a request, by kind, and how to reach it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

from decider.v1 import decision_service_pb2

__all__ = ["LEAVES", "chosen", "is_enum", "is_list", "is_number", "is_text", "is_time", "set_scalar"]

Leaf = tuple[str, FieldDescriptor, Callable[[Message], Any]]


def leaves(
    descriptor: Any, path: str = "", reach: Callable[[Message], Any] = lambda message: message
) -> Iterator[Leaf]:
    """Yield every field below a message type: its path, its descriptor, and how to reach the message that holds it.

    A list is entered at its first item. The key of an order is left out, because it excludes the facts.
    """
    for field in descriptor.fields:
        if field.name == "order":
            continue
        here = f"{path}.{field.name}".removeprefix(".")
        yield here, field, reach
        if field.message_type and field.message_type.full_name.startswith("decider."):

            def inner(
                message: Message, *, field: FieldDescriptor = field, reach: Callable[[Message], Any] = reach
            ) -> Any:
                value = getattr(reach(message), field.name)
                return value[0] if field.is_repeated else value

            yield from leaves(field.message_type, f"{here}[0]" if field.is_repeated else here, inner)


LEAVES = list(leaves(decision_service_pb2.EvaluateRefundRequest.DESCRIPTOR))


def chosen(keep: Callable[[FieldDescriptor], bool]) -> pytest.MarkDecorator:
    """Parametrise a test with the fields of a kind."""
    kept = [leaf for leaf in LEAVES if keep(leaf[1])]
    return pytest.mark.parametrize(("path", "field", "reach"), kept, ids=[leaf[0] for leaf in kept])


def set_scalar(message: Message, field: FieldDescriptor, value: Any) -> str:
    """Set a field, or the first item of a list, and return what to add to its path."""
    if field.is_repeated:
        getattr(message, field.name)[0] = value
        return "[0]"
    setattr(message, field.name, value)
    return ""


def is_text(field: FieldDescriptor) -> bool:
    return field.type == FieldDescriptor.TYPE_STRING


def is_number(field: FieldDescriptor) -> bool:
    return field.type in {FieldDescriptor.TYPE_INT64, FieldDescriptor.TYPE_INT32}


def is_enum(field: FieldDescriptor) -> bool:
    return field.type == FieldDescriptor.TYPE_ENUM


def is_time(field: FieldDescriptor) -> bool:
    return field.message_type is not None and field.message_type.full_name == "google.protobuf.Timestamp"


def is_list(field: FieldDescriptor) -> bool:
    return field.is_repeated
