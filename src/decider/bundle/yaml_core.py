"""YAML as both OPA and people read it: the core schema of YAML 1.2, without its traps.

PyYAML by itself reads `NO` as false and `2026-05-16` as a date; OPA reads both as strings. Here only `true` and `false`
are booleans, keys are unique strings, and numbers are whole.
"""

from __future__ import annotations

import re
from collections.abc import Hashable

import yaml

from decider.bundle.catalog import JSON

__all__ = ["LIBYAML_LOADER", "YamlFault", "parse_yaml"]


class YamlFault(ValueError):
    """A fault of a document, with its line (counted from 1) if that is known."""


class _Loader(yaml.SafeLoader):
    """The safe loader with the core schema's scalars, no repeated keys and no keys but strings."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 (PyYAML's own shape)


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Hashable, JSON]:
    mapping: dict[Hashable, JSON] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        line = key_node.start_mark.line + 1
        if not isinstance(key, str):
            raise YamlFault(f"line {line}: the key {key!r} is not a string; quote it")
        if key in mapping:
            raise YamlFault(f"line {line}: the key {key!r} appears twice")
        mapping[key] = loader.construct_object(value_node, deep=True)
    return mapping


def _text(loader: _Loader, node: yaml.ScalarNode) -> str:
    """Join the surrogate pairs that JSON writes as two escapes; PyYAML reads each half as a character."""
    text: str = loader.construct_scalar(node)
    try:
        return text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeDecodeError:
        raise YamlFault(f"line {node.start_mark.line + 1}: half of a surrogate pair is not text") from None


def _whole(loader: _Loader, node: yaml.ScalarNode) -> int:
    return int(loader.construct_scalar(node))


def _fraction(loader: _Loader, node: yaml.ScalarNode) -> JSON:
    line, text = node.start_mark.line + 1, loader.construct_scalar(node)
    raise YamlFault(f"line {line}: {text} is not a whole number; use a smaller unit, or quote it if it is text")


def _resolver(tag: str, pattern: str, first: str) -> None:
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(first))


_resolver("bool", "true|True|TRUE|false|False|FALSE", "tTfF")
_resolver("null", "~|null|Null|NULL|", "~nN")
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("^$"), [""])
_resolver("int", "[-+]?[0-9]+", "-+0123456789")
_resolver(
    "float",
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
    "-+0123456789.",
)
_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.add_constructor("tag:yaml.org,2002:str", _text)
_Loader.add_constructor("tag:yaml.org,2002:int", _whole)
_Loader.add_constructor("tag:yaml.org,2002:float", _fraction)


# libyaml is six times as fast as PyYAML alone, which can be built without it.
LIBYAML_LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


class _FastLoader(LIBYAML_LOADER):  # type: ignore[misc, valid-type] # one of two classes
    """The same loader on libyaml."""

    yaml_implicit_resolvers = _Loader.yaml_implicit_resolvers
    yaml_constructors = _Loader.yaml_constructors


def parse_yaml(text: bytes) -> JSON:
    """Read a document of UTF-8 YAML (or JSON) as JSON values, without floats and dates, with strings as keys.

    Raises YamlFault.
    """
    try:
        document: JSON = yaml.load(text, Loader=_FastLoader)  # noqa: S506 (the loader is a SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return _parse_again(text)
    return document


def _parse_again(text: bytes) -> JSON:
    """Read what libyaml refuses: PyYAML knows better what is wrong, and takes the escapes of JSON. Raises YamlFault."""
    try:
        document: JSON = yaml.load(text, Loader=_Loader)  # noqa: S506 (the loader is a SafeLoader)
    except YamlFault:
        raise
    except yaml.MarkedYAMLError as fault:
        where = f"line {fault.problem_mark.line + 1}: " if fault.problem_mark else ""
        message = ", ".join(filter(None, (fault.context, fault.problem)))
        raise YamlFault(f"{where}{message or 'not valid YAML'}") from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise YamlFault("not valid YAML in UTF-8") from None
    return document
