"""Write docs/api.md, the reference of the contract for callers, from the protos: comments, rules and field behaviour.

`make docs` runs it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from google.protobuf.descriptor_pool import DescriptorPool

import stubs
from decider.descriptors import option
from decider.evaluation.validation.message_rules import PATTERNS

PAGE = stubs.ROOT / "docs" / "api.md"
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
BEHAVIOURS = {1: "OPTIONAL", 2: "REQUIRED"}
SCALARS = {3: "int64", 5: "int32", 8: "bool", 9: "string"}
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
# The numbers of the fields of FileDescriptorProto, and of those within, by which a comment names its place.
SERVICES, MESSAGES, ENUMS, PARTS = 6, 4, 5, 2


@dataclass(frozen=True)
class Described:
    """A descriptor of the contract with its comment, and its parts: methods, fields or values."""

    descriptor: Any
    comment: str
    parts: Sequence[Described] = ()

    @property
    def name(self) -> str:
        """Its short name."""
        return str(self.descriptor.name)


def page() -> str:
    """Return the text of docs/api.md."""
    services, messages, enums = _contract()
    parts = [HEAD]
    for service in services:
        parts.append(f"## {service.name}\n\n{service.comment}\n")
        parts += [_method(method) for method in service.parts]
    parts += ["## Messages\n", *map(_message, messages), "## Enums\n", *map(_enum, enums)]
    return "\n".join(parts)


def _contract() -> tuple[list[Described], list[Described], list[Described]]:
    """Return the services, messages and enums of the contract."""
    pool, comments = DescriptorPool(), {}
    for file in stubs.contract().file:
        pool.Add(file)
        comments[file.name] = {tuple(place.path): place.leading_comments for place in file.source_code_info.location}
    names = {Path(name).stem: name for name in stubs.PROTOS}
    if sorted(names) != sorted(FILES):
        raise ValueError(f"FILES lists other files than the contract has: {sorted(names)}")
    services: list[Described] = []
    messages: list[Described] = []
    enums: list[Described] = []
    for name in (names[stem] for stem in FILES):
        described, said = pool.FindFileByName(name), comments[name]
        services += _described(described.services_by_name, "methods", SERVICES, said)
        messages += _described(described.message_types_by_name, "fields", MESSAGES, said)
        enums += _described(described.enum_types_by_name, "values", ENUMS, said)
    return services, messages, enums


def _described(
    wholes: Mapping[str, Any], parts: str, kind: int, comments: Mapping[tuple[int, ...], str]
) -> Iterator[Described]:
    """Yield the descriptors of one kind, in the order of their file, with the comments and the parts of each."""
    for number, whole in enumerate(wholes.values()):
        path = (kind, number)
        within = [
            Described(part, _clean(comments[*path, PARTS, index])) for index, part in enumerate(getattr(whole, parts))
        ]
        yield Described(whole, _clean(comments[path]), within)


def _method(method: Described) -> str:
    descriptor = method.descriptor
    asked, answered = _link(descriptor.input_type), _link(descriptor.output_type)
    if descriptor.client_streaming:
        asked = f"stream of {asked}"
    if descriptor.server_streaming:
        answered = f"stream of {answered}"
    return f"### {method.name}\n\n{asked} → {answered}\n\n{method.comment}\n"


def _message(message: Described) -> str:
    text = f"### {message.name}\n\n{message.comment}\n"
    if message.parts:
        text += "\n| field | type | rules | meaning |\n|---|---|---|---|\n" + "".join(map(_row, message.parts))
    if compared := option(message.descriptor, "buf.validate.message").cel:
        text += "\nRules between fields:\n\n"
        text += "".join(f"- `{rule.id.rpartition('.')[0]}` {rule.message} (`{rule.id}`)\n" for rule in compared)
    for field in message.parts:
        _, is_listed, codes = field.comment.partition(f"{CODES}\n")
        if is_listed:
            text += f"\nCodes of `{field.name}`:\n\n{codes}\n"
    return text


def _row(field: Described) -> str:
    descriptor = field.descriptor
    rules = [BEHAVIOURS[behaviour] for behaviour in option(descriptor, "google.api.field_behavior")]
    rules += _words(option(descriptor, "buf.validate.field"))
    if descriptor.containing_oneof is not None and not descriptor.containing_oneof.name.startswith("_"):
        rules.append(f"one of `{descriptor.containing_oneof.name}`")
    holds = descriptor.message_type or descriptor.enum_type
    kind = _link(holds) if holds else SCALARS[descriptor.type]
    meaning, is_listed, _ = field.comment.partition(f"{CODES}\n")
    cell = " ".join(meaning.split()).replace("|", r"\|") + (" See the codes below." if is_listed else "")
    return f"| `{field.name}` | {'list of ' if descriptor.is_repeated else ''}{kind} | {'; '.join(rules)} | {cell} |\n"


def _enum(enum: Described) -> str:
    text = f"### {enum.name}\n\n{enum.comment}\n\n"
    for value in enum.parts:
        said = textwrap.indent(value.comment, "  ").lstrip()
        text += f"- `{value.name}` = {value.descriptor.number}: {said}\n"
    return text


def _words(rules: Any, path: str = "") -> Iterator[str]:  # noqa: ANN401
    """Yield the rules of a field in words. Raises KeyError for a rule that has none."""
    for field, value in rules.ListFields():
        here = f"{path}{field.name}"
        if here == "repeated.items":
            yield from (f"each {word}" for word in _words(value))
        elif field.message_type is not None and here not in WORDS:
            yield from _words(value, f"{here}.")
        elif word := WORDS[here](value):
            yield word


def _link(descriptor: Any) -> str:  # noqa: ANN401
    """Link to a type of the contract; only name another one."""
    is_here = descriptor.file.package == "decider.v1"
    return f"[{descriptor.name}](#{descriptor.name.lower()})" if is_here else f"`{descriptor.full_name}`"


def _clean(comment: str) -> str:
    return textwrap.dedent(comment.replace("\n ", "\n").removeprefix(" ")).rstrip()


def main() -> None:
    """Write the page."""
    PAGE.write_text(page())


if __name__ == "__main__":
    main()
