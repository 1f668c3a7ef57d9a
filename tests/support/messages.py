"""Fills every text field of a message with a given text."""

from __future__ import annotations

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp

__all__ = ["fill"]

_TEXT = FieldDescriptor.TYPE_STRING


def fill(message: Message, text: str) -> None:
    """Put `text` into every text field, 1 into every number, and one item into every list, at any depth."""
    for field in message.DESCRIPTOR.fields:
        below = getattr(message, field.name)
        if isinstance(below, Timestamp):
            below.FromJsonString("2026-06-11T09:00:00Z")
        elif field.message_type is not None:
            inner = below.add() if field.is_repeated else below
            inner.SetInParent()
            fill(inner, text)
        elif field.is_repeated:
            below.append(text if field.type == _TEXT else 1)
        else:
            setattr(message, field.name, text if field.type == _TEXT else 1)
