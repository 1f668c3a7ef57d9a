"""The list of corrections: accepted changes to versions in force, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import yaml

from decider.authoring.gate.decision_diff import Change
from decider.authoring.gate.report import Finding
from decider.authoring.gate.source_locations import Places
from decider.bundle.catalog import JSON
from decider.bundle.shapes import Reader
from decider.bundle.yaml_core import YamlFault, parse_yaml
from decider.errors import Violation
from decider.workspace import Workspace

__all__ = ["FILE", "Correction", "as_entry", "objection", "read_corrections"]

FILE = "gate/corrections.yaml"
_CORRECT = "correct the list; the header of the file describes an entry"
_KEYS = frozenset({"policy", "version", "reason", "cases", "generated", "parameters", "decides"})


@dataclass(frozen=True)
class Correction:
    """One entry: the reason of a change, and the changed decisions; `decides` is copied from its `Change`."""

    policy: str
    version: str
    reason: str
    cases: tuple[str, ...]
    generated: int
    parameters: tuple[str, ...]
    decides: str


def read_corrections(workspace: Workspace) -> tuple[list[Correction], list[Finding]]:
    """Return the entries of a repository, or none if it has no list, and the faults of the list."""
    file = workspace.rego / FILE
    if not file.is_file():
        return [], []
    name = workspace.name(file)
    faults: list[Violation] = []
    try:
        reader = Reader({FILE: parse_yaml(file.read_bytes())}, faults)
    except YamlFault as fault:
        return [], [Finding(name, 0, str(fault), _CORRECT)]
    entries = reader.closed(FILE, frozenset({"corrections"})).get("corrections")
    if not isinstance(entries, list):
        faults.append(Violation(f"{FILE}: corrections", "not a list"))
        entries = []
    found = [_entry(reader, value, f"{FILE}: corrections[{index}]") for index, value in enumerate(entries)]
    places = Places(file)
    return found, [
        Finding(name, places.line("corrections", _index(one.field)), f"{one.field}: {one.description}", _CORRECT)
        for one in faults
    ]


def _entry(reader: Reader, value: JSON, field: str) -> Correction:
    entry = reader.entry(value, field, _KEYS)
    policy, version, reason, decides = (
        reader.text(entry, key, field) for key in ("policy", "version", "reason", "decides")
    )
    return Correction(
        policy=policy,
        version=version,
        reason=reason,
        cases=tuple(_names(reader, entry, "cases", field)),
        generated=reader.whole(entry, "generated", field, least=0),
        parameters=tuple(_names(reader, entry, "parameters", field)),
        decides=decides,
    )


def _names(reader: Reader, entry: Mapping[str, JSON], key: str, field: str) -> Iterator[str]:
    listed = entry.get(key, [])
    if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
        reader.fault(f"{field}.{key}", "not a list of names")
        return
    yield from map(str, listed)


def _index(field: str) -> int:
    digits = field.partition("[")[2].partition("]")[0]
    return int(digits) if digits.isdigit() else 0


def as_entry(change: Change) -> list[str]:
    """Return the lines of the entry that accepts a change; its author adds the reason."""
    entry = {
        "policy": change.policy_id,
        "version": change.version,
        "reason": "",
        "cases": [one.name for one in change.cases],
        "generated": len(change.generated),
        "parameters": sorted(change.parameters),
        "decides": change.decides,
    }
    text = yaml.safe_dump([entry], sort_keys=False, default_flow_style=None, width=10_000)
    return [f"  {line}" for line in text.splitlines()]


def objection(change: Change, entries: Sequence[Correction]) -> str:
    """Return why entries, in the order of the list, do not describe a change; "" if they do.

    Several corrections may be newer than the base: the newest has the digest of the decisions, and together they name
    all that changed. A single correction names exactly what changed.
    """
    cases = {one.name for one in change.cases}
    listed, parameters = ({name for one in entries for name in each(one)} for each in (_cases, _parameters))
    if entries[-1].decides != change.decides:
        return "decides the generated requests differently than it says"
    for what, is_so, said in (("cases", cases, listed), ("parameters", set(change.parameters), parameters)):
        if missing := is_so - said:
            return f"does not name the {what} {', '.join(sorted(missing))}"
        if len(entries) == 1 and (more := said - is_so):
            return f"names the {what} {', '.join(sorted(more))}, which did not change"
    if len(entries) == 1 and entries[0].generated != len(change.generated):
        return (
            f"says that {entries[0].generated} generated requests are decided differently; {len(change.generated)} are"
        )
    return ""


def _cases(entry: Correction) -> Sequence[str]:
    return entry.cases


def _parameters(entry: Correction) -> Sequence[str]:
    return entry.parameters
