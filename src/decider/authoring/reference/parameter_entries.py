"""The parameters of a policy as its page shows them: meaning, allowed values, value in each version, and readers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from decider.authoring.reference.words import choices, domain, value
from decider.bundle import JSON, PolicyInfo, PolicyVersion
from decider.bundle.parameters import declared_in
from decider.workspace import Workspace

__all__ = ["Change", "ParameterEntry", "changes_of", "entries_of"]


@dataclass(frozen=True)
class ParameterEntry:
    """One parameter; `now` is its value in the newest version, `others` are the other values of a closed list."""

    name: str
    description: str
    note: str
    domain: str
    default: str
    now: str
    others: Sequence[str]


@dataclass(frozen=True)
class Change:
    """A change from one version to the next: the name of a parameter or `rules`, the old and the new value."""

    name: str
    old: str
    new: str


def entries_of(workspace: Workspace, policy: PolicyInfo) -> dict[str, ParameterEntry]:
    """Return the parameters of a policy by name, in the order of their declarations."""
    schemas = declared_in(workspace.rego, policy.policy_id)
    newest = policy.versions[-1].parameters
    return {name: _entry(name, schema, newest[name].value) for name, schema in schemas.items() if name in newest}


def _entry(name: str, schema: Mapping[str, JSON], now: JSON) -> ParameterEntry:
    return ParameterEntry(
        name=name,
        description=str(schema.get("description", "")),
        note=str(schema.get("note", "")),
        domain=domain(schema),
        default=value(schema.get("default")),
        now=value(now),
        others=[value(one) for one in choices(schema) if value(one) != value(now)],
    )


def changes_of(before: PolicyVersion, after: PolicyVersion) -> list[Change]:
    """Return the changes from one version to the next."""
    names = dict.fromkeys([*before.parameters, *after.parameters])
    pairs = [(name, _value(before, name), _value(after, name)) for name in names]
    return [Change(*pair) for pair in [("rules", before.rules, after.rules), *pairs] if pair[1] != pair[2]]


def _value(version: PolicyVersion, name: str) -> str:
    parameter = version.parameters.get(name)
    return "absent" if parameter is None else value(parameter.value)
