"""Combines documents with each other, so that tests meet combinations of facts that nobody thought of."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any, TypeAlias

from decider.authoring.cases import Document

__all__ = ["crossed"]

_Path: TypeAlias = tuple[str | int, ...]
_POLICY = ("policy_id", "policy_version")


def crossed(rng: Random, documents: Sequence[Document]) -> Document:
    """Return one of the documents with up to four changes; its policy and version stay the same."""
    made = copy.deepcopy(rng.choice(documents))
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3, 4))):
        path = rng.choice([path for path in _paths(made) if len(path) > 1 and path[-1] not in _POLICY])
        rng.choice((_replace, _replace, _replace, _turn, _turn, _repeat, _add))(rng, made, path, rng.choice(documents))
    return made


def _replace(rng: Random, made: Document, path: _Path, other: Document) -> None:
    """Replace the value at a path with the value that another document has at a similar path."""
    like = [each for each in _paths(other) if _shape(each) == _shape(path)]
    if like:
        _at(made, path[:-1])[path[-1]] = copy.deepcopy(_at(other, rng.choice(like)))


def _turn(rng: Random, made: Document, path: _Path, _: Document) -> None:
    """Invert a flag, or change a number."""
    value, holder = _at(made, path), _at(made, path[:-1])
    if isinstance(value, bool):
        holder[path[-1]] = not value
    elif isinstance(value, int):
        holder[path[-1]] = rng.choice((0, 1, value + 1, max(0, value - 1), value * 2, value // 2, value * 10))


def _repeat(rng: Random, made: Document, path: _Path, _: Document) -> None:
    """Add a copy of an item to its list, with an id of its own."""
    value = _at(made, path)
    if isinstance(value, list) and value:
        value.append(copy.deepcopy(rng.choice(value)))
        if isinstance(value[-1], dict) and "id" in value[-1]:
            value[-1]["id"] += "-again"


def _add(rng: Random, made: Document, path: _Path, other: Document) -> None:
    """Add a field that another document has beside a similar field."""
    beside = [each for each in _paths(other) if _shape(each[:-1]) == _shape(path[:-1]) and isinstance(each[-1], str)]
    wanted = [each for each in beside if each[-1] not in _POLICY]
    if wanted and isinstance(path[-1], str):
        chosen = rng.choice(wanted)
        _at(made, path[:-1])[chosen[-1]] = copy.deepcopy(_at(other, chosen))


def _paths(value: Any, path: _Path = ()) -> Iterator[_Path]:
    keys: Any = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield (*path, key)
        yield from _paths(value[key], (*path, key))


def _shape(path: _Path) -> _Path:
    return tuple("[]" if isinstance(key, int) else key for key in path)


def _at(value: Any, path: _Path) -> Any:
    for key in path:
        value = value[key]
    return value
