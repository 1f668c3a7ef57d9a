"""Write docs/api.md, the reference of the contract for callers, from the protos: comments, rules and field behaviour.

`make docs` runs it.
"""

from __future__ import annotations

import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from google.protobuf.descriptor_pb2 import FileDescriptorSet
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message_factory import GetMessageClass

from decider.server.checking import PATTERNS

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "api.md"
BUF = Path(sys.executable).parent / "buf"
# In the order in which a caller meets them.
FILES = ["decision_service", "request", "facts", "money", "decision", "policy_service", "error_reason"]
HEAD = """\
# The contract, field by field

This page is generated from the comments of `proto/decider/v1` by `make docs`. [calling.md](calling.md) is the place to
start; [stability.md](stability.md) says what may change.

JSON is proto JSON: `lowerCamelCase` or the names below, 64-bit numbers as strings, times as RFC 3339, enum values by
name. A request without a REQUIRED field is refused (INVALID_ARGUMENT). The column "rules" and the rules between fields
are rules of protovalidate, which checks them in a caller's own process too. The service checks more, such as sums and
references between messages, and names every fault by its field.
"""
CODES = "Codes:"
# What the fields of buf.validate.FieldRules mean, by their path; a rule that is missing here is an error.
WORDS: dict[str, Callable[[Any], str]] = {
    "required": lambda _: "",  # as the field behaviour says
    "ignore": lambda value: {1: "or empty", 3: "checked by itself"}[value],
    "string.max_bytes": lambda value: f"at most {value:,} bytes",
    "string.min_bytes": lambda _: "not empty",
    "string.pattern": lambda value: PATTERNS[value],
    "int32.gte": lambda value: f"at least {value}",
    "int64.gte": lambda value: f"at least {value}",
    "enum.defined_only": lambda _: "",  # as the type says
    "timestamp.gte": lambda _: "",
    "timestamp.lt": lambda value: f"1970 to {1969 + value.seconds // 31_556_952}",
    "repeated.min_items": lambda value: f"at least {value:,} items" if value > 1 else "not empty",
    "repeated.max_items": lambda value: f"at most {value:,} items",
}


@dataclass(frozen=True)
class Described:
    """A message, an enum, a service or a part of one: its descriptor and its comment."""

    descriptor: Any
    comment: str

    @property
    def name(self) -> str:
        """Its short name."""
        return str(self.descriptor.name)


class Protos:
    """The protos of the contract as compiled descriptors with their comments."""

    def __init__(self) -> None:
        built = subprocess.run(
            [BUF, "build", "--as-file-descriptor-set", "-o", "-"], cwd=ROOT, check=True, capture_output=True
        ).stdout
        pool = DescriptorPool()
        for file in FileDescriptorSet.FromString(built).file:
            pool.Add(file)
        # Read again by the classes of the pool, which know the options that the contract uses.
        self._pool = pool
        whole: Any = GetMessageClass(pool.FindMessageTypeByName("google.protobuf.FileDescriptorSet"))
        files = {Path(file.name).stem: file for file in whole.FromString(built).file if file.package == "decider.v1"}
        if sorted(files) != sorted(FILES):
            raise ValueError(f"FILES lists other files than the contract has: {sorted(files)}")
        self._files = [files[name] for name in FILES]

    def option(self, descriptor: Any, name: str) -> Any:  # noqa: ANN401 (its type is made at run time)
        """Return an option of a field or message, such as `buf.validate.field`."""
        return descriptor.options.Extensions[self._pool.FindExtensionByName(name)]

    def services(self) -> Iterator[tuple[Described, list[Described]]]:
        """Yield every service with its methods."""
        yield from self._each(6, lambda file: file.service, 2, lambda service: service.method)

    def messages(self) -> Iterator[tuple[Described, list[Described]]]:
        """Yield every message with its fields."""
        yield from self._each(4, lambda file: file.message_type, 2, lambda message: message.field)

    def enums(self) -> Iterator[tuple[Described, list[Described]]]:
        """Yield every enum with its values."""
        yield from self._each(5, lambda file: file.enum_type, 2, lambda enum: enum.value)

    def _each(
        self, kind: int, wholes: Callable[[Any], Any], part_kind: int, parts: Callable[[Any], Any]
    ) -> Iterator[tuple[Described, list[Described]]]:
        """Yield descriptors and their parts; `kind` and `part_kind` are their numbers in a path of descriptor.proto."""
        for file in self._files:
            comments = {tuple(place.path): place.leading_comments for place in file.source_code_info.location}
            for index, whole in enumerate(wholes(file)):
                path = (kind, index)
                within = [
                    Described(part, _clean(comments.get((*path, part_kind, number), "")))
                    for number, part in enumerate(parts(whole))
                ]
                yield Described(whole, _clean(comments.get(path, ""))), within


def page() -> str:
    """Return the text of docs/api.md."""
    protos = Protos()
    parts = [HEAD]
    for service, methods in protos.services():
        parts.append(f"## {service.name}\n\n{service.comment}\n")
        parts += [_method(method) for method in methods]
    parts.append("## Messages\n")
    parts += [_message(message, fields, protos) for message, fields in protos.messages()]
    parts.append("## Enums\n")
    parts += [_enum(enum, values) for enum, values in protos.enums()]
    return "\n".join(parts)


def _method(method: Described) -> str:
    asked, answered = (
        ("stream of " if streams else "") + _link(kind)
        for kind, streams in (
            (method.descriptor.input_type, method.descriptor.client_streaming),
            (method.descriptor.output_type, method.descriptor.server_streaming),
        )
    )
    return f"### {method.name}\n\n{asked} → {answered}\n\n{method.comment}\n"


def _message(message: Described, fields: Sequence[Described], protos: Protos) -> str:
    text = f"### {message.name}\n\n{message.comment}\n"
    if fields:
        text += "\n| field | type | rules | meaning |\n|---|---|---|---|\n"
        text += "".join(_row(message, field, protos) for field in fields)
    compared = protos.option(message.descriptor, "buf.validate.message").cel
    if compared:
        text += "\nRules between fields:\n\n"
        text += "".join(f"- `{rule.id.rpartition('.')[0]}` {rule.message} (`{rule.id}`)\n" for rule in compared)
    for field in fields:
        _, is_listed, codes = field.comment.partition(f"{CODES}\n")
        if is_listed:
            text += f"\nCodes of `{field.name}`:\n\n{codes}\n"
    return text


def _row(message: Described, field: Described, protos: Protos) -> str:
    descriptor = field.descriptor
    behaviour = [{1: "OPTIONAL", 2: "REQUIRED"}[one] for one in protos.option(descriptor, "google.api.field_behavior")]
    rules = [*behaviour, *_words(protos.option(descriptor, "buf.validate.field"))]
    if descriptor.HasField("oneof_index") and not descriptor.proto3_optional:
        rules.append(f"one of `{message.descriptor.oneof_decl[descriptor.oneof_index].name}`")
    kind = _link(descriptor.type_name) if descriptor.type_name else _SCALARS[descriptor.type]
    many = "list of " if descriptor.label == descriptor.LABEL_REPEATED else ""
    meaning, is_listed, _ = field.comment.partition(f"{CODES}\n")
    cell = " ".join(meaning.split()).replace("|", r"\|") + (" See the codes below." if is_listed else "")
    return f"| `{field.name}` | {many}{kind} | {'; '.join(rules)} | {cell} |\n"


def _enum(enum: Described, values: Sequence[Described]) -> str:
    text = f"### {enum.name}\n\n{enum.comment}\n\n"
    for value in values:
        said = textwrap.indent(value.comment, "  ").lstrip()
        text += f"- `{value.name}` = {value.descriptor.number}: {said}\n"
    return text


def _words(rules: Any, path: str = "") -> list[str]:  # noqa: ANN401
    """Return the rules of a field in words. Raises KeyError for a rule that has none."""
    words: list[str] = []
    for field, value in rules.ListFields():
        here = f"{path}{field.name}"
        if here == "repeated.items":
            words += [f"each {word}" for word in _words(value)]
        elif field.message_type is not None and here not in WORDS:
            words += _words(value, f"{here}.")
        else:
            words.append(WORDS[here](value))
    return [word for word in words if word]


def _link(type_name: str) -> str:
    package, _, name = type_name.lstrip(".").rpartition(".")
    return f"[{name}](#{name.lower()})" if package == "decider.v1" else f"`{package}.{name}`"


def _clean(comment: str) -> str:
    return textwrap.dedent(comment.replace("\n ", "\n").removeprefix(" ")).rstrip()


_SCALARS = {3: "int64", 5: "int32", 8: "bool", 9: "string"}


def main() -> None:
    """Write the page."""
    PAGE.write_text(page())


if __name__ == "__main__":
    main()
