"""Facts as YAML: a document of facts as `decider evaluate` reads it, each part with the file and row it comes from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp

__all__ = ["yaml_lines"]

_INDENT = "  "


def yaml_lines(message: Message, origins: Mapping[str, str], path: str = "", indent: str = "") -> Iterator[str]:
    """Yield the lines of a message that stands at `path`; a comment names the origin of each part that has one."""
    for field, value in message.ListFields():
        here = f"{path}.{field.name}".removeprefix(".")
        if not field.is_repeated:
            yield from _field(field, value, origins, here, indent)
        elif field.message_type is None:
            yield f"{indent}{field.name}:"
            for index, item in enumerate(value):
                yield f"{indent}{_INDENT}- {_scalar(field, item)}{_comment(origins, f'{here}[{index}]')}"
        else:
            yield f"{indent}{field.name}:"
            for index, item in enumerate(value):
                at = f"{here}[{index}]"
                yield f"{indent}{_INDENT}-{_comment(origins, at)}"
                yield from yaml_lines(item, origins, at, f"{indent}{_INDENT * 2}")


def _field(field: FieldDescriptor, value: object, origins: Mapping[str, str], path: str, indent: str) -> Iterator[str]:
    if isinstance(value, Message) and not isinstance(value, Timestamp):
        lines = list(yaml_lines(value, origins, path, indent + _INDENT))
        yield f"{indent}{field.name}:{'' if lines else ' {}'}{_comment(origins, path)}"
        yield from lines
    else:
        yield f"{indent}{field.name}: {_scalar(field, value)}"


def _scalar(field: FieldDescriptor, value: object) -> str:
    if isinstance(value, Timestamp):
        return f'"{value.ToJsonString()}"'
    if field.enum_type is not None:
        prefix = field.enum_type.values_by_number[0].name.removesuffix("UNSPECIFIED")
        return str(field.enum_type.values_by_number[value].name.removeprefix(prefix))  # type: ignore[index] # the number of an enum
    return json.dumps(value, ensure_ascii=False)


def _comment(origins: Mapping[str, str], path: str) -> str:
    return f"  # {origins[path]}" if path in origins else ""
