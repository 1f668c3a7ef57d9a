"""A document of facts → the message of EvaluateRefund, or every fault of its shape by path.

The document holds `{evaluate_at, request, facts}` in the field names of the protos. Enum values may leave out their
prefix (EMAIL for CHANNEL_EMAIL), 64-bit numbers are plain numbers, times are RFC 3339 texts. Proto JSON is read too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias, cast

import orjson
from google.protobuf.descriptor import EnumDescriptor, FieldDescriptor
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp

from decider.bundle.catalog import JSON
from decider.bundle.yaml_core import YamlFault, parse_yaml
from decider.errors import Violation
from decider.hints import instead_of
from decider.v1 import decision_service_pb2

__all__ = ["Document", "DocumentInvalid", "parse_facts", "read_document", "read_facts", "to_message"]

Document: TypeAlias = dict[str, Any]

_INTEGERS: Mapping[int, tuple[int, int]] = {
    FieldDescriptor.TYPE_INT32: (-(2**31), 2**31 - 1),
    FieldDescriptor.TYPE_INT64: (-(2**63), 2**63 - 1),
}
_Faults: TypeAlias = list[Violation]


class _Wrong(ValueError):
    """What a value should have been."""


class DocumentInvalid(ValueError):
    """A file that holds no document, or a document that does not have the fields of a request, fault by fault."""

    def __init__(self, message: str, violations: Sequence[Violation] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.violations = tuple(violations)


def read_facts(file: Path) -> decision_service_pb2.EvaluateRefundRequest:
    """Read a file of YAML, or of JSON where its name says so. Raises DocumentInvalid with every fault of its shape."""
    return _request(read_document(file), str(file))


def parse_facts(content: bytes, name: str) -> decision_service_pb2.EvaluateRefundRequest:
    """Read a text of JSON or YAML; messages call it `name`. Raises DocumentInvalid with every fault of its shape."""
    try:
        document: JSON = orjson.loads(content)
    except orjson.JSONDecodeError:
        try:
            document = parse_yaml(content)
        except YamlFault as fault:
            raise DocumentInvalid(f"{name}: {fault}") from None
    return _request(document, name)


def _request(document: JSON, name: str) -> decision_service_pb2.EvaluateRefundRequest:
    if not isinstance(document, dict):
        raise DocumentInvalid(f"{name}: holds no mapping of evaluate_at, request and facts")
    try:
        return to_message(document)
    except DocumentInvalid as fault:
        raise DocumentInvalid(f"{name} does not have the fields of a request", fault.violations) from None


def to_message(document: Mapping[str, Any]) -> decision_service_pb2.EvaluateRefundRequest:
    """Turn a document into the message of EvaluateRefund. Raises DocumentInvalid with every fault of its shape."""
    request, faults = decision_service_pb2.EvaluateRefundRequest(), _Faults()
    _fill(request, document, "", faults)
    if faults:
        first = f"{faults[0].field}: {faults[0].description}"
        raise DocumentInvalid(f"does not have the fields of a request: {first}", faults)
    return request


def read_document(file: Path) -> JSON:
    """Read a file of YAML, or of JSON where its name says so. Raises DocumentInvalid."""
    try:
        content = file.read_bytes()
        if file.suffix == ".json":
            document: JSON = orjson.loads(content)
            return document
        return parse_yaml(content)
    except OSError as failure:
        raise DocumentInvalid(f"{file} cannot be read: {failure.strerror}") from None
    except orjson.JSONDecodeError as fault:
        raise DocumentInvalid(f"{file}: line {fault.lineno}: no valid JSON") from None
    except YamlFault as fault:
        raise DocumentInvalid(f"{file}: {fault}") from None


def _fill(message: Message, document: Mapping[str, Any], path: str, faults: _Faults) -> None:
    """Set the fields of `message`, which stands at `path` (with its dot), from a document."""
    names = [field.name for field in message.DESCRIPTOR.fields]
    camel = {field.json_name: field.name for field in message.DESCRIPTOR.fields}
    for key, value in document.items():
        one = cast("FieldDescriptor | None", message.DESCRIPTOR.fields_by_name.get(camel.get(key, key)))
        if one is None:
            faults.append(Violation(f"{path}{key}", f"no such field; {instead_of(key, names)}"))
        elif value is not None:  # null means absent, as in proto JSON
            _set(message, one, value, f"{path}{one.name}", faults)


def _set(message: Message, field: FieldDescriptor, value: object, path: str, faults: _Faults) -> None:
    if not field.is_repeated:
        _put(message, field, value, path, faults)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            _put(message, field, item, f"{path}[{index}]", faults)
    else:
        faults.append(Violation(path, "must be a list"))


def _put(message: Message, field: FieldDescriptor, value: object, path: str, faults: _Faults) -> None:
    """Set a single field, or add an item to a list."""
    if field.message_type is not None and field.message_type.full_name != Timestamp.DESCRIPTOR.full_name:
        if not isinstance(value, dict):
            faults.append(Violation(path, "must be a mapping of fields"))
            return
        holder = getattr(message, field.name)
        below = holder.add() if field.is_repeated else holder
        below.SetInParent()
        _fill(below, value, f"{path}.", faults)
        return
    try:
        if field.message_type is not None:
            getattr(message, field.name).CopyFrom(_time(value))
        elif field.is_repeated:
            getattr(message, field.name).append(_scalar(field, value))
        else:
            setattr(message, field.name, _scalar(field, value))
    except _Wrong as wrong:
        faults.append(Violation(path, str(wrong)))


def _time(value: object) -> Timestamp:
    time = Timestamp()
    try:
        time.FromJsonString(value if isinstance(value, str) else "")
    except ValueError:
        raise _Wrong('must be a time such as "2026-06-11T09:00:00Z"') from None
    return time


def _scalar(field: FieldDescriptor, value: object) -> str | bool | int:
    if field.enum_type is not None:
        return _enum(field.enum_type, value)
    if field.type == FieldDescriptor.TYPE_BOOL:
        if isinstance(value, bool):
            return value
        raise _Wrong("must be true or false")
    if field.type == FieldDescriptor.TYPE_STRING:
        if isinstance(value, str):
            return value
        raise _Wrong("must be a text; quote it")
    return _integer(value, *_INTEGERS[field.type])


def _integer(value: object, least: int, most: int) -> int:
    if isinstance(value, str) and value.removeprefix("-").isdecimal() and value.isascii():
        value = int(value)  # as proto JSON writes 64-bit numbers
    if not isinstance(value, int) or isinstance(value, bool):
        raise _Wrong("must be a whole number")
    if not least <= value <= most:
        raise _Wrong(f"must be {least} to {most}")
    return value


def _enum(enum: EnumDescriptor, value: object) -> int:
    prefix = enum.values_by_number[0].name.removesuffix("UNSPECIFIED")
    known = enum.values_by_name.get(str(value)) or enum.values_by_name.get(f"{prefix}{value}")
    if not isinstance(value, str) or known is None:
        names = [one.name.removeprefix(prefix) for one in enum.values if one.number]
        raise _Wrong(f"must be one of {', '.join(names)}")
    return int(known.number)
