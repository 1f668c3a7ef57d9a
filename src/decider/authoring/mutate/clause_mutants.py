"""Mutants of clauses.

A clause of a policy loses a code that it is the ground of, or a parameter whose reading it is. A finding of the law
cites another clause, or its clause in another role.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from decider.authoring.mutate.data_lines import lines_of
from decider.authoring.mutate.mutants import DataMutant, digest
from decider.authoring.mutate.policy_files import Policies
from decider.bundle.codes import SILENT
from decider.bundle.files import DATA

__all__ = ["clause_mutants"]

_OPERATORS = {"grounds": "drop ground", "readings": "drop reading"}
_LAW = f"law/grounds/{DATA}"


def clause_mutants(policies: Policies) -> Iterator[DataMutant]:
    """Yield the mutants of the clauses of every policy and of the law, in the order of the files."""
    for name in policies.data:
        folder, _, below = name.rpartition("/bindings/")
        if below == DATA:
            bindings: Any = policies.data[name]
            for rules, binding in bindings.items():
                yield from _of_rule_set(policies, folder.rpartition("/")[2], rules, binding)
    yield from _of_law(policies)


def _of_rule_set(
    policies: Policies, policy_id: str, rules: str, binding: Mapping[str, Mapping[str, Any]]
) -> Iterator[DataMutant]:
    file = f"policies/{rules}/clauses/{DATA}"
    lines = lines_of(policies.files[file])
    clauses: Any = policies.data[file]
    for clause, entry in clauses.items():
        for key, operator in _OPERATORS.items() if clause != SILENT else ():
            for name in entry.get(key, []):
                left = [other for other in entry[key] if other != name]
                bound = {other: value for other, value in binding[key].items() if other != name}
                rows = lines[clause, key, name]
                yield DataMutant(
                    key=digest(file, policy_id, clause, key, name),
                    file=file,
                    row=rows.start,
                    rows=rows,
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


def _of_law(policies: Policies) -> Iterator[DataMutant]:
    grounds: Any = policies.data.get(_LAW, {})
    for regime, by_code in grounds.items():
        lines = lines_of(policies.files[_LAW])
        for key in ("clause", "role"):
            values = sorted({ground[key] for ground in by_code.values()})
            for code, ground in by_code.items() if len(values) > 1 else ():
                other = values[(values.index(ground[key]) + 1) % len(values)]
                rows = lines[regime, code, key]
                yield DataMutant(
                    key=digest(_LAW, regime, code, key, ground[key], other),
                    file=_LAW,
                    row=rows.start,
                    rows=rows,
                    rule=code,
                    operator=f"change {key}",
                    before=f"{key}: {ground[key]}",
                    after=f"{key}: {other}",
                    policy_id="",
                    changes={("law", "grounds", regime, code, key): other},
                )
