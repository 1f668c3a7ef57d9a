"""The rules of the protos that compare fields of one message: the field at fault and the fields read, for each rule.

protovalidate reports such a violation at the message. The id of the rule names the field at fault before its last dot:
`period_end.after_period_start` of a subscription blames its `period_end`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from google.protobuf.descriptor import Descriptor

from decider.descriptors import option

__all__ = ["CrossFieldRule", "cross_field_rules"]

_PRESENCE = re.compile(r"has\([^)]*\)")
_READ = re.compile(r"this\.([a-z0-9_.]+)")


@dataclass(frozen=True)
class CrossFieldRule:
    """A rule: the field that it blames and the fields that it compares, as paths below its message."""

    field: str
    reads: frozenset[str]


def cross_field_rules(descriptor: Descriptor) -> Mapping[str, CrossFieldRule]:
    """Return the rules of a message type and of all message types in it, by id. Ids are unique in the contract."""
    stated = (option(message, "buf.validate.message").cel for message in _messages(descriptor, set()))
    return {rule.id: _read(rule) for rules in stated for rule in rules}


def _messages(descriptor: Descriptor, seen: set[str]) -> Iterator[Descriptor]:
    if descriptor.full_name in seen:
        return
    seen.add(descriptor.full_name)
    yield descriptor
    for field in descriptor.fields:
        if field.message_type is not None:
            yield from _messages(field.message_type, seen)


def _read(rule: Any) -> CrossFieldRule:  # noqa: ANN401 (buf.validate.Rule, which is made at run time)
    """Read a rule. `has(...)` reads no value of a field."""
    field = rule.id.rpartition(".")[0]
    return CrossFieldRule(field, frozenset({field, *_READ.findall(_PRESENCE.sub("", rule.expression))}))
