"""Mutants of parameters: each other value that a parameter can have, in each version of a policy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import orjson
import yaml

from decider.authoring.mutate.mutants import ParameterMutant, digest
from decider.authoring.mutate.policy_files import Policies
from decider.bundle.catalog import JSON
from decider.bundle.files import DATA
from decider.bundle.parameters import declared

__all__ = ["CHANGE_PARAMETER", "parameter_mutants"]

CHANGE_PARAMETER = "change parameter"
# What stands for another value where a schema lists none: a zone with another day, a day, texts of several shapes.
_OTHERS = {"iana-time-zone": "Pacific/Kiritimati", "date": "2026-06-08"}
_OTHER_TEXTS = ("other", "OTHER", "XX")


def parameter_mutants(policies: Policies) -> Iterator[ParameterMutant]:
    """Yield the mutants of the parameters of every version of every policy, in the order of the files."""
    for name in policies.data:
        folder = name.rpartition("/")[0]
        if folder.startswith("policies/") and name == f"policies/{folder.split('/')[1]}/versions/{DATA}":
            yield from _of_policy(policies, name, folder.split("/")[1])


def _of_policy(policies: Policies, name: str, policy_id: str) -> Iterator[ParameterMutant]:
    schemas = declared(policies.files, policy_id, [])
    rows = _rows(policies.files[name])
    versions: Any = policies.data[name]
    for version, entry in versions.items():
        for parameter, value in entry["parameters"].items():
            for other in _others(value, schemas.get(parameter, {})):
                before, after = (f"{parameter}: {orjson.dumps(one).decode()}" for one in (value, other))
                yield ParameterMutant(
                    key=digest(name, version, before, after),
                    file=name,
                    rows=(place := rows.get((version, parameter), range(1, 2))),
                    row=place.start,
                    rule=parameter,
                    operator=CHANGE_PARAMETER,
                    before=before,
                    after=after,
                    policy_id=policy_id,
                    changes={("policies", policy_id, "versions", version, "parameters", parameter): other},
                    version=version,
                    parameter=parameter,
                    value=other,
                )


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


def _rows(content: bytes) -> Mapping[tuple[str, str], range]:
    """Return the lines of each parameter, by version and name."""
    rows = {}
    for version, entry in _pairs(yaml.compose(content, Loader=yaml.SafeLoader)):
        for part, below in _pairs(entry):
            if part.value == "parameters":
                for parameter, value in _pairs(below):
                    last = value.end_mark.line + (1 if value.end_mark.column else 0)
                    rows[version.value, parameter.value] = range(parameter.start_mark.line + 1, last + 1)
    return rows


def _pairs(node: Any) -> Sequence[tuple[Any, Any]]:  # noqa: ANN401 (of PyYAML)
    return node.value if isinstance(node, yaml.MappingNode) else ()
