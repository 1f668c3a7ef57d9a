"""What the rules of the protos leave open: nanoseconds out of range; and lists that are too long, found quickly.

protovalidate takes 0.2 s for 10,000 bad lots and names 10,001 faults. The lengths are read here first, by the limits
that the protos state, and an overlong list is one fault.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message

from decider.descriptors import option
from decider.errors import Violation

__all__ = ["Look", "look"]

_TIMESTAMP = "google.protobuf.Timestamp"
_NANOS = 1_000_000_000


@dataclass(frozen=True)
class Look:
    """What a look at a message found.

    `overlong` holds a violation for each list beyond its limit, with the message that holds the list and the name of
    its field; the items of such a list were not looked at. `bad_nanos` holds one for each timestamp whose nanos are not
    0 to 999,999,999.
    """

    overlong: list[tuple[Violation, Message, str]] = field(default_factory=list)
    bad_nanos: list[Violation] = field(default_factory=list)


@dataclass(frozen=True)
class _Shape:
    """What there is to look at in one type of message: its times, the limits of its lists, what it holds."""

    times: tuple[str, ...]
    limits: Mapping[str, int]
    single: tuple[tuple[str, _Shape], ...]
    repeated: tuple[tuple[str, _Shape], ...]


def look(message: Message) -> Look:
    """Look at a message and all that it holds."""
    found = Look()
    _look(message, _shape(message.DESCRIPTOR), "", found)
    return found


def _look(message: Message, shape: _Shape, path: str, found: Look) -> None:
    for name in shape.times:
        if message.HasField(name) and not 0 <= getattr(message, name).nanos < _NANOS:
            found.bad_nanos.append(Violation(f"{path}{name}", "nanos must be 0 to 999,999,999"))
    too_long = set()
    for name, limit in shape.limits.items():
        if len(getattr(message, name)) > limit:
            violation = Violation(f"{path}{name}", f"must contain no more than {limit} item(s)")
            found.overlong.append((violation, message, name))
            too_long.add(name)
    for name, inner in shape.single:
        if message.HasField(name):
            _look(getattr(message, name), inner, f"{path}{name}.", found)
    for name, inner in shape.repeated:
        if name not in too_long:
            for index, item in enumerate(getattr(message, name)):
                _look(item, inner, f"{path}{name}[{index}].", found)


@cache
def _shape(descriptor: Descriptor) -> _Shape:
    times: list[str] = []
    limits: dict[str, int] = {}
    single: list[tuple[str, _Shape]] = []
    repeated: list[tuple[str, _Shape]] = []
    for one in descriptor.fields:
        if one.is_repeated and (limit := _limit(one)):
            limits[one.name] = limit
        if one.message_type is None:
            continue
        if one.message_type.full_name == _TIMESTAMP:
            times.append(one.name)
            continue
        inner = _shape(one.message_type)
        if inner.times or inner.limits or inner.single or inner.repeated:
            (repeated if one.is_repeated else single).append((one.name, inner))
    return _Shape(tuple(times), limits, tuple(single), tuple(repeated))


def _limit(one: FieldDescriptor) -> int:
    """Return the limit that the proto states for a list; 0 where it states none."""
    limit: int = option(one, "buf.validate.field").repeated.max_items
    return limit
