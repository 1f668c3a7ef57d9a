"""What one JSON Schema allows and another does not, place by place.

Compared are types (also as `anyOf`), enums, bounds, what is required, properties and items, behind `$ref`s. Any other
keyword that differs counts as a difference, too: a comparison that does not understand a change does not pass it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

__all__ = ["Kind", "Narrowing", "narrowings"]

Schema: TypeAlias = Mapping[str, Any]

_LOWER = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
_UPPER = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
_WORDS = {"title", "description", "default", "examples", "$schema", "$id", "$comment", "$defs", "deprecated"}
_STRUCTURE = {"type", "enum", "const", "required", "properties", "additionalProperties", "items", *_LOWER, *_UPPER}
# The type names of JSON Schema, by that of a value's Python type.
_NAMES = {"str": "string", "bool": "boolean", "int": "integer", "float": "number", "NoneType": "null", "list": "array"}


class Kind(StrEnum):
    """What is no longer allowed: a property, a value, a type, its absence, a range, or something not understood."""

    PROPERTY = "property"
    VALUE = "value"
    TYPE = "type"
    ABSENCE = "absence"
    RANGE = "range"
    OTHER = "other"


@dataclass(frozen=True)
class Narrowing:
    """One thing that is not allowed: `path` leads to it, `what` names the type, value or bound."""

    path: tuple[str, ...]
    kind: Kind
    what: str = ""

    @property
    def place(self) -> str:
        """The path as people write it: `lots[].used`."""
        return ".".join(self.path).replace(".[]", "[]") or "(all of it)"


def narrowings(of: Schema, to: Schema) -> list[Narrowing]:
    """List what the schema `of` allows and the schema `to` does not."""
    return list(_Comparison(of, to).node((), of, to))


class _Comparison:
    def __init__(self, of: Schema, to: Schema) -> None:
        self._roots = (of, to)

    def node(self, path: tuple[str, ...], of: Schema, to: Schema) -> Iterator[Narrowing]:
        if of.get("$ref", "").startswith("#/properties/") and of.get("$ref") == to.get("$ref"):
            return  # the property is compared where it stands
        wide, narrow = _by_type(of, self._roots[0]), _by_type(to, self._roots[1])
        for name, one in wide.items():
            other = narrow.get(name, narrow.get(""))
            if other is None and name == "integer":
                other = narrow.get("number")
            if other is None:
                yield Narrowing(path, Kind.TYPE, name or "any type")
            else:
                yield from self._same_type(path, one, other)

    def _same_type(self, path: tuple[str, ...], of: Schema, to: Schema) -> Iterator[Narrowing]:
        yield from _values(path, of, to)
        for keyword, sign in (*((one, 1) for one in _LOWER), *((one, -1) for one in _UPPER)):
            bound, limit = of.get(keyword), to.get(keyword)
            if limit is not None and (bound is None or sign * bound < sign * limit):
                yield Narrowing(path, Kind.RANGE, f"{keyword} {limit}")
        for name in sorted(set(to.get("required", ())) - set(of.get("required", ()))):
            # A property that `of` does not know is no fact of it: it is never there.
            yield Narrowing((*path, name), Kind.ABSENCE)
        yield from self._properties(path, of, to)
        if "items" in to:
            yield from self.node((*path, "[]"), of.get("items", {}), to["items"])
        for keyword in sorted({*of, *to} - _WORDS - _STRUCTURE):
            if of.get(keyword) != to.get(keyword):
                yield Narrowing(path, Kind.OTHER, keyword)

    def _properties(self, path: tuple[str, ...], of: Schema, to: Schema) -> Iterator[Narrowing]:
        known, rest = to.get("properties", {}), to.get("additionalProperties", True)
        for name, schema in of.get("properties", {}).items():
            if name in known:
                yield from self.node((*path, name), schema, known[name])
            elif rest is False:
                yield Narrowing((*path, name), Kind.PROPERTY)
            elif isinstance(rest, Mapping):
                yield from self.node((*path, name), schema, rest)
        others = of.get("additionalProperties", True)
        if others is False or rest is True:
            return
        if rest is False:
            yield Narrowing((*path, "*"), Kind.PROPERTY)
        else:
            yield from self.node((*path, "*"), others if isinstance(others, Mapping) else {}, rest)


def _values(path: tuple[str, ...], of: Schema, to: Schema) -> Iterator[Narrowing]:
    allowed = to.get("enum", [to["const"]] if "const" in to else None)
    if allowed is None:
        return
    values = of.get("enum", [of["const"]] if "const" in of else None)
    if values is None:
        yield Narrowing(path, Kind.VALUE, f"anything but {', '.join(map(str, allowed))}")
        return
    for value in values:
        if value not in allowed:
            yield Narrowing(path, Kind.VALUE, str(value))


def _by_type(schema: Schema, root: Schema) -> dict[str, Schema]:
    """Return what holds for each type that is allowed; "" stands for any type."""
    if "$ref" in schema:
        target: Any = root
        for part in schema["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        return _by_type(target, root)
    if "anyOf" in schema:
        return {name: one for each in schema["anyOf"] for name, one in _by_type(each, root).items()}
    if "type" in schema:
        names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        return dict.fromkeys(names, schema)
    values = schema.get("enum", [schema["const"]] if "const" in schema else [])
    kinds = {_NAMES.get(type(value).__name__, "object") for value in values}
    return dict.fromkeys(sorted(kinds) or [""], schema)
