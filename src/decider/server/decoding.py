"""Decoding of requests.

If a deserialiser raises, grpc.aio answers UNKNOWN with the name of a Python exception. Therefore the deserialisers here
never raise: they return None for bytes that are not a message, and the handler answers INVALID_ARGUMENT.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from google.protobuf.message import DecodeError, Message

from decider.errors import MalformedRequest

__all__ = ["deserializer", "required"]

_M = TypeVar("_M", bound=Message)


def deserializer(message_type: type[_M]) -> Callable[[bytes], _M | None]:
    """Return a deserialiser for a type of message; it returns None for bytes that are not such a message."""

    def read(content: bytes) -> _M | None:
        try:
            return message_type.FromString(content)
        except (DecodeError, ValueError):
            return None

    return read


def required(message: _M | None) -> _M:
    """Return the message. Raises MalformedRequest if it is None."""
    if message is None:
        raise MalformedRequest("the bytes are not a message of the type that the method takes")
    return message
