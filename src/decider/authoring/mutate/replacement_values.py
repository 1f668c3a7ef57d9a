"""Which values a constant can have: those that the schemas list, else those that the rules themselves use for it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from decider.authoring.mutate.sites import Constant

__all__ = ["Domains", "enums_of"]

# Stands where no other value is known; no text of a policy holds it.
_NO_VALUE = "?"


class Domains:
    """The values of texts, by what they stand for."""

    def __init__(self, enums: Mapping[str, Sequence[Sequence[str]]], constants: Iterable[Constant] = ()) -> None:
        self._enums = enums
        used: defaultdict[str, set[str]] = defaultdict(set)
        for constant in constants:
            if constant.type == "string" and constant.key:
                used[constant.key].add(str(constant.value))
        self._used = {key: sorted(values) for key, values in used.items()}

    def another(self, constant: Constant) -> str | None:
        """Return another value that a text could have; None for a sentence, which nothing depends on."""
        value = str(constant.value)
        if " " in value:
            return None
        named = self._enums.get(constant.key, ())
        lists = [*named, *chain.from_iterable(self._enums.values())] if value else named
        listed = next((values for values in lists if value in values), ())
        return _next(listed, value) or _next(self._used.get(constant.key, ()), value) or _NO_VALUE


def _next(values: Sequence[str], value: str) -> str | None:
    """Return the value after `value` in a list that goes round, or None if there is no other."""
    if len(values) < 2:
        return None
    return values[(values.index(value) + 1) % len(values)] if value in values else values[0]


def enums_of(rego: Path) -> dict[str, list[list[str]]]:
    """Read the lists of values in the schemas of input, decision and parameters, by the name of their property."""
    found: defaultdict[str, list[list[str]]] = defaultdict(list)
    for file in [*sorted(rego.glob("schemas/*.json")), *sorted(rego.glob("policies/*/parameters.json"))]:
        for name, values in _enums(json.loads(file.read_bytes()), ""):
            if values not in found[name]:
                found[name].append(values)
    return dict(found)


def _enums(node: Any, name: str) -> Iterator[tuple[str, list[str]]]:  # noqa: ANN401 (of JSON)
    if isinstance(node, dict):
        if name and isinstance(node.get("enum"), list):
            yield name, [value for value in node["enum"] if isinstance(value, str)]
        for key, below in node.items():
            # `items` describes what a list of that name holds, `anyOf` what stands under that name
            yield from _enums(below, name if key in ("items", "anyOf") else key)
    elif isinstance(node, list):
        for below in node:
            yield from _enums(below, name)
