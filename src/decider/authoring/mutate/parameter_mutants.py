"""Mutants of parameters: each other value that a parameter can have.

A version that sets a common parameter to its default inherits the value. Such a value is mutated where the default is
declared, in all versions that inherit it at once. Any other value is mutated where the version sets it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from decider.authoring.mutate.data_lines import lines_of
from decider.authoring.mutate.mutants import DataMutant, digest
from decider.authoring.mutate.policy_files import Policies
from decider.bundle.catalog import JSON
from decider.bundle.files import DATA
from decider.bundle.parameters import PARAMETERS, Schema, declared

__all__ = ["CHANGE_PARAMETER", "parameter_mutants"]

CHANGE_PARAMETER = "change parameter"
# What stands for another value where a schema lists none: a zone with another day, a day, texts of several shapes.
_OTHERS = {"iana-time-zone": "Pacific/Kiritimati", "date": "2026-06-08"}
_OTHER_TEXTS = ("other", "OTHER", "XX")


@dataclass(frozen=True)
class _Place:
    """Where a value is written: the keys that lead to it in a file. `policy_id` is empty for a common default."""

    file: str
    keys: tuple[str, ...]
    policy_id: str


@dataclass
class _Written:
    """A value of a parameter that is written in one place, and its paths in OPA's data."""

    parameter: str
    value: JSON
    schema: Schema
    paths: list[tuple[str, ...]] = field(default_factory=list)


def parameter_mutants(policies: Policies) -> Iterator[DataMutant]:
    """Yield the mutants of the parameters of every version of every policy."""
    found: dict[_Place, _Written] = {}
    for name in policies.data:
        folder, _, below = name.rpartition("/versions/")
        if folder.startswith("policies/") and below == DATA:
            for place, path, written in _of_policy(policies, name, folder.removeprefix("policies/")):
                found.setdefault(place, written).paths.append(path)
    lines = {file: lines_of(policies.files[file]) for file in {place.file for place in found}}
    for place, written in found.items():
        for other in _others(written.value, written.schema):
            before, after = (f"{written.parameter}: {orjson.dumps(one).decode()}" for one in (written.value, other))
            rows = lines[place.file][place.keys]
            yield DataMutant(
                key=digest(place.file, *place.keys, before, after),
                file=place.file,
                row=rows.start,
                rows=rows,
                rule=written.parameter,
                operator=CHANGE_PARAMETER,
                before=before,
                after=after,
                policy_id=place.policy_id,
                changes=dict.fromkeys(written.paths, other),
                counts=True,
            )


def _of_policy(policies: Policies, file: str, policy_id: str) -> Iterator[tuple[_Place, tuple[str, ...], _Written]]:
    """Yield each parameter of each version: where its value is written, its path in OPA's data, and the value."""
    common = declared({PARAMETERS: policies.files[PARAMETERS]}, "", [])
    schemas = declared(policies.files, policy_id, [])
    versions: Any = policies.data[file]
    for version, entry in versions.items():
        for parameter, value in entry["parameters"].items():
            keys = (version, "parameters", parameter)
            inherited = value == common.get(parameter, {}).get("default")
            place = (
                _Place(PARAMETERS, ("properties", parameter, "default"), "")
                if inherited
                else _Place(file, keys, policy_id)
            )
            written = _Written(parameter, value, schemas.get(parameter, {}))
            yield place, ("policies", policy_id, "versions", *keys), written


def _others(value: JSON, schema: Mapping[str, Any]) -> Iterator[JSON]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        least, most = schema.get("minimum", value - 1), schema.get("maximum", value + 1)
        yield from (other for other in (value - 1, value + 1) if least <= other <= most)
    elif isinstance(value, str):
        yield from (other for other in _texts(schema) if other != value)
    elif isinstance(value, Mapping):
        yield from ({**value, key: other} for key in value for other in _others(value[key], {}))
    elif isinstance(value, Sequence):
        yield from _other_lists(value, schema.get("items", {}))


def _other_lists(value: Sequence[JSON], items: Mapping[str, Any]) -> Iterator[JSON]:
    """Yield a list with its last item less, and one with an item more."""
    if value:
        yield list(value[:-1])
    more = next((one for one in _texts(items) if one not in value), None)
    if more is not None:
        yield [*value, more]


def _texts(schema: Mapping[str, Any]) -> Sequence[str]:
    """Return the texts that a schema lists; where it lists none, one that it takes."""
    if "enum" in schema:
        listed: Sequence[str] = schema["enum"]
        return listed
    candidates = [_OTHERS[schema["format"]]] if schema.get("format") in _OTHERS else _OTHER_TEXTS
    return [one for one in candidates if re.search(schema.get("pattern", ""), one)][:1]
