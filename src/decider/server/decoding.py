"""Bytes that are no message.

grpc.aio answers them with UNKNOWN and the name of a Python exception. So the deserialisers here never raise: they hand
on None, which no message is, and the handler answers INVALID_ARGUMENT.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from google.protobuf.message import DecodeError, Message

from decider.errors import MalformedRequest

__all__ = ["reading", "required"]

_M = TypeVar("_M", bound=Message)


def reading(message_type: type[_M]) -> Callable[[bytes], _M | None]:
    """Return a deserialiser for a type of message; it answers None where the bytes are none, invalid UTF-8 included."""

    def read(content: bytes) -> _M | None:
        try:
            return message_type.FromString(content)
        except (DecodeError, ValueError):
            return None

    return read


def required(message: _M | None) -> _M:
    """Return the message that was read. Raises MalformedRequest where there was none."""
    if message is None:
        raise MalformedRequest("the bytes are no message of the type that the method takes")
    return message
