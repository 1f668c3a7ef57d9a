"""Decodes requests, also bytes that are no message.

grpc.aio would answer such bytes with UNKNOWN and the name of a Python exception. The deserializers here never raise.
They return None instead, and the handler answers INVALID_ARGUMENT.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from google.protobuf.message import DecodeError, Message

from decider.errors import MalformedRequest

__all__ = ["deserializer", "required"]

_M = TypeVar("_M", bound=Message)


def deserializer(message_type: type[_M]) -> Callable[[bytes], _M | None]:
    """Return a deserializer of a message type. It returns None for other bytes, invalid UTF-8 included."""

    def read(content: bytes) -> _M | None:
        try:
            return message_type.FromString(content)
        except (DecodeError, ValueError):
            return None

    return read


def required(message: _M | None) -> _M:
    """Return a message that was decoded. Raises MalformedRequest if the bytes were no message."""
    if message is None:
        raise MalformedRequest("the bytes are no message of the type that the method takes")
    return message
