"""The bounds of the wire contract: the rules of `buf.validate` on fields and messages, and those that a change loses.

buf's own comparison does not look at them. A new bound and a tighter one pass here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

__all__ = ["Bounds", "bounds_of", "lost_bounds"]

# An image of buf as JSON: a FileDescriptorSet.
Image: TypeAlias = Mapping[str, Any]

_LOWER = {"gt", "gte", "minItems", "minLen", "minBytes", "minPairs", "afterTime"}
_UPPER = {"lt", "lte", "maxItems", "maxLen", "maxBytes", "maxPairs", "beforeTime"}
# numbers of fields of FileDescriptorProto and DescriptorProto, by which buf says where something stands
_MESSAGES, _FIELDS, _NESTED, _ONEOFS = 4, 2, 3, 8


@dataclass(frozen=True)
class Bounds:
    """The bounds of a field, message or oneof, and its place; `rules` are values by path: `int64.gte` to 0."""

    file: str
    line: int
    rules: Mapping[str, Any]


def bounds_of(image: Image) -> Mapping[str, Bounds]:
    """Return the bounds by the full name of what has them, of every message that is written in the module itself."""
    found: dict[str, Bounds] = {}
    for file in image["file"]:
        lines = {
            tuple(place.get("path", [])): place["span"][0] + 1
            for place in file.get("sourceCodeInfo", {}).get("location", [])
        }
        for index, message in enumerate(file.get("messageType", [])):
            for name, path, options in _parts(file.get("package", ""), message, (_MESSAGES, index)):
                rules = dict(_rules(options))
                found[name] = Bounds(f"proto/{file['name']}", lines.get(path, 0), rules)
    return found


def lost_bounds(old: Mapping[str, Bounds], new: Mapping[str, Bounds]) -> Iterator[tuple[Bounds, str]]:
    """Yield the place and a sentence for each bound that is gone or looser; buf finds fields that are gone."""
    for name, before in old.items():
        now = new.get(name)
        if now is None:
            continue
        for rule, value in before.rules.items():
            if rule not in now.rules:
                yield now, f"{name}: the bound {rule} {value} is gone"
            elif _looser(rule, value, now.rules[rule]):
                yield now, f"{name}: the bound {rule} was {value}, and is {now.rules[rule]}"
        for rule in sorted(now.rules.keys() - before.rules.keys()):
            if rule.rpartition(".")[2] == "ignore" and before.rules:
                yield now, f"{name}: the bounds do not hold any more for some values: {rule} {now.rules[rule]}"


def _parts(
    above: str, message: Mapping[str, Any], path: tuple[int, ...]
) -> Iterator[tuple[str, tuple[int, ...], Mapping[str, Any]]]:
    """Yield the name, path and options of a message, and of its fields, oneofs and messages."""
    name = f"{above}.{message['name']}"
    yield name, path, message.get("options", {})
    for key, number in (("field", _FIELDS), ("oneofDecl", _ONEOFS)):
        for index, part in enumerate(message.get(key, [])):
            yield f"{name}.{part['name']}", (*path, number, index), part.get("options", {})
    for index, nested in enumerate(message.get("nestedType", [])):
        yield from _parts(name, nested, (*path, _NESTED, index))


def _rules(options: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for kind, rules in options.items():
        if kind.startswith("[buf.validate."):
            yield from _leaves("", rules)


def _leaves(path: str, node: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 (of JSON)
    if isinstance(node, Mapping):
        for key, value in node.items():
            yield from _leaves(f"{path}.{key}" if path else key, value)
    elif isinstance(node, Sequence) and not isinstance(node, str) and all(isinstance(one, Mapping) for one in node):
        # the rules in CEL, which have ids
        yield from ((f"{path} {one['id']}", one.get("expression", "")) for one in node)
    else:
        yield path, node


def _looser(rule: str, old: Any, new: Any) -> bool:  # noqa: ANN401 (of JSON)
    """Tell whether a bound allows more than before; a bound that cannot be compared does so if it differs."""
    name = rule.rpartition(".")[2]
    try:
        less = int(new) < int(old)
        more = int(new) > int(old)
    except (TypeError, ValueError):
        return bool(old != new)
    return less if name in _LOWER else more if name in _UPPER else old != new
