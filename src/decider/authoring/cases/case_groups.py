"""Cases by the policies that they are judged by: as shipped, or with other parameters or more versions."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from decider.authoring.cases.case_files import Case
from decider.bundle.yaml_core import parse_yaml

__all__ = ["Group", "grouped", "with_versions"]


@dataclass
class Group:
    """Cases that one service can answer: those under the same parameters and versions of the same policy."""

    policy_id: str
    parameters: Mapping[str, Any]
    versions: Sequence[Mapping[str, Any]]
    cases: list[Case] = field(default_factory=list)


def grouped(cases: Sequence[Case]) -> list[Group]:
    """Sort cases into groups, in the order in which they come; cases under the shipped parameters share one group."""
    groups: dict[bytes, Group] = {}
    for case in cases:
        changed = bool(case.parameters or case.policy_versions)
        key = orjson.dumps([case.policy_id, case.parameters, case.policy_versions] if changed else [])
        group = groups.setdefault(key, Group(case.policy_id, case.parameters, case.policy_versions))
        group.cases.append(case)
    return list(groups.values())


def with_versions(rego: Path, group: Group, folder: Path) -> Path:
    """Copy the policies to `folder` and add the group's versions to its policy: the first one's, with changes."""
    copy = Path(shutil.copytree(rego, folder / "rego"))
    file = copy / "policies" / group.policy_id / "versions" / "data.yaml"
    known = parse_yaml(file.read_bytes())
    if not isinstance(known, dict):
        raise TypeError(f"{file}: not a mapping of versions")
    first: Mapping[str, Any] = next(iter(known.values()))
    with file.open("ab") as out:
        for version in group.versions:
            entry = {
                "effective_from": version["effective_from"],
                "rules": first["rules"],
                "parameters": {**first["parameters"], **version.get("parameters", {})},
            }
            out.write(orjson.dumps(version["version"]) + b": " + orjson.dumps(entry) + b"\n")
    return copy
