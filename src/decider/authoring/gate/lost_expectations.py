"""Expectations that a change takes out of tests and cases, and the list of those that may go, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from decider.authoring.gate.report import Finding
from decider.authoring.gate.source_locations import Places
from decider.bundle.shapes import Reader
from decider.bundle.yaml_core import YamlFault, parse_yaml
from decider.errors import Violation
from decider.workspace import Workspace

__all__ = ["FILE", "HINT", "Lost", "unexplained"]

FILE = "gate/dropped_expectations.yaml"
HINT = f"bring it back; or, if it need not be checked any more, give the reason in rego/{FILE}"
_CORRECT = "correct the list; the header of the file describes an entry"


@dataclass(frozen=True)
class Lost:
    """The finding about a case or test, and the name by which the list may give a reason for it."""

    name: str
    finding: Finding


def unexplained(lost: Sequence[Lost], workspace: Workspace, base: Workspace) -> Iterator[Finding]:
    """Yield the findings for which no entry since the base gives a reason, and the entries that explain nothing."""
    entries, faults = _read(workspace)
    yield from faults
    known, _ = _read(base)
    file = workspace.rego / FILE
    added = [(index, entry) for index, entry in enumerate(entries) if entry not in known]
    names = {of for _, (of, _) in added}
    for index, (of, _) in added:
        if not any(of in (one.name, one.finding.file) for one in lost):
            told = f"nothing is gone of {of} that still holds"
            yield Finding(workspace.name(file), Places(file).line("expectations", index), told, "remove the entry")
    yield from (one.finding for one in lost if names.isdisjoint({one.name, one.finding.file}))


def _read(workspace: Workspace) -> tuple[list[tuple[str, str]], list[Finding]]:
    """Return the entries, each as the name and the reason, and the faults of the list."""
    file = workspace.rego / FILE
    if not file.is_file():
        return [], []
    faults: list[Violation] = []
    try:
        reader = Reader({FILE: parse_yaml(file.read_bytes())}, faults)
    except YamlFault as fault:
        return [], [Finding(workspace.name(file), 0, str(fault), _CORRECT)]
    listed = reader.closed(FILE, frozenset({"expectations"})).get("expectations")
    entries = []
    for index, value in enumerate(listed if isinstance(listed, list) else ()):
        field = f"{FILE}: expectations[{index}]"
        entry = reader.entry(value, field, frozenset({"of", "reason"}))
        entries.append((reader.text(entry, "of", field), reader.text(entry, "reason", field)))
    if not isinstance(listed, list):
        reader.fault(f"{FILE}: expectations", "not a list")
    return entries, [Finding(workspace.name(file), 0, f"{one.field}: {one.description}", _CORRECT) for one in faults]
