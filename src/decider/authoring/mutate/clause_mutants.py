"""Mutants of clauses: a clause loses a code that it is the ground of, or a parameter whose reading it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from decider.authoring.mutate.mutants import DataMutant, digest
from decider.authoring.mutate.policy_files import Policies
from decider.bundle.codes import SILENT
from decider.bundle.files import DATA

__all__ = ["clause_mutants"]

_OPERATORS = {"grounds": "drop ground", "readings": "drop reading"}


def clause_mutants(policies: Policies) -> Iterator[DataMutant]:
    """Yield the mutants of the clauses of every policy, in the order of the files."""
    for name in policies.data:
        folder, _, below = name.rpartition("/bindings/")
        if below == DATA:
            bindings: Any = policies.data[name]
            for rules, binding in bindings.items():
                yield from _of_rule_set(policies, folder.rpartition("/")[2], rules, binding)


def _of_rule_set(
    policies: Policies, policy_id: str, rules: str, binding: Mapping[str, Mapping[str, Any]]
) -> Iterator[DataMutant]:
    file = f"policies/{rules}/clauses/{DATA}"
    rows = _rows(policies.files[file])
    clauses: Any = policies.data[file]
    for clause, entry in clauses.items():
        for key, operator in _OPERATORS.items() if clause != SILENT else ():
            for name in entry.get(key, []):
                left = [other for other in entry[key] if other != name]
                bound = {other: value for other, value in binding[key].items() if other != name}
                row = rows.get((clause, key, name), 1)
                yield DataMutant(
                    key=digest(file, policy_id, clause, key, name),
                    file=file,
                    row=row,
                    rows=range(row, row + 1),
                    rule=clause,
                    operator=operator,
                    before=f"{key}: {name}",
                    after="",
                    policy_id=policy_id,
                    changes={
                        ("policies", rules, "clauses", clause, key): left,
                        ("policies", policy_id, "bindings", rules, key): bound,
                    },
                )


def _rows(content: bytes) -> Mapping[tuple[str, str, str], int]:
    """Return the line of each item of a list of a clause, by clause, list and item."""
    rows = {}
    for clause, entry in _pairs(yaml.compose(content, Loader=yaml.SafeLoader)):
        for key, listed in _pairs(entry):
            for item in listed.value if isinstance(listed, yaml.SequenceNode) else []:
                rows[clause.value, key.value, item.value] = item.start_mark.line + 1
    return rows


def _pairs(node: Any) -> list[tuple[Any, Any]]:  # noqa: ANN401 (of PyYAML)
    return node.value if isinstance(node, yaml.MappingNode) else []
