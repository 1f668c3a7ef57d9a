"""Whether what others rely on still holds: the wire contract, what policies are given, and what they may answer.

Against the base it breaks them if,

- in `proto/`, on which clients rely in binary and in JSON: buf finds anything under WIRE_JSON, whatever buf.yaml says;
- in `schemas/input.json`, which the service writes and rules read: a property or an enum value is gone, a property may
  be absent that was always there, a type changed, or a bound was loosened. To add a property or a value breaks no rule;
- in `schemas/decision.json`, which rules write and the service reads: a property, a value or a type is not taken any
  more, a property must be there that need not, or a bound was tightened. To take more breaks no rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import orjson

from decider.authoring.gate.baseline import Base
from decider.authoring.gate.proto_compatibility import breaking_protos
from decider.authoring.gate.report import Finding, NotApplicable, Outcome
from decider.authoring.gate.runner import Context
from decider.authoring.gate.schema_compatibility import Kind, Narrowing, narrowings
from decider.authoring.gate.source_locations import Places
from decider.workspace import Workspace

__all__ = ["run"]

INPUT = "schemas/input.json"
DECISION = "schemas/decision.json"
_Schema: TypeAlias = Mapping[str, Any]
_Rule: TypeAlias = Callable[[_Schema, _Schema], Iterator[tuple[Narrowing, str]]]

_KEEP = "keep what was there and add beside it: others rely on it"

_READ = {
    Kind.PROPERTY: "is gone: a rule that reads it finds nothing",
    Kind.VALUE: "is gone from the values: a rule that asks for it never holds again",
    Kind.TYPE: "is gone from the types: rules that were checked for it are not",
}
_WRITTEN = {
    Kind.PROPERTY: "is not taken any more: an answer that holds it is refused",
    Kind.VALUE: "is not taken any more: an answer that says so is refused",
    Kind.TYPE: "is not taken any more: an answer of that type is refused",
    Kind.ABSENCE: "must be there now: an answer without it is refused",
    Kind.RANGE: "is a bound now: an answer beyond it is refused",
    Kind.OTHER: "differs, and is nothing that this check can compare",
}
_GIVEN = {
    Kind.TYPE: "comes now, too: rules were not checked for it",
    Kind.ABSENCE: "may be absent now: a rule that reads it is skipped in silence",
    Kind.RANGE: "is no bound any more: rules rely on it",
    Kind.OTHER: "differs, and is nothing that this check can compare",
}


def run(context: Context) -> Outcome:
    """Compare all three with the base."""
    base, workspace = context.needs_base(), context.workspace
    findings: list[Finding] = []
    compared, new = [], []
    if base.workspace.proto is None:
        new.append("proto/")
    else:
        compared.append("proto/")
        findings += breaking_protos(workspace, base)
    for name, rule in ((INPUT, _of_input), (DECISION, _of_decision)):
        if not (base.workspace.rego / name).is_file():
            new.append(name)
            continue
        compared.append(name)
        findings += _of_schema(name, workspace, base, rule)
    if not compared:
        raise NotApplicable(f"the base holds no contract, neither proto/ nor schemas: {base.why}")
    summary = f"{', '.join(compared)} against {base.why}" + (f"; not in the base: {', '.join(new)}" if new else "")
    return Outcome(findings, summary)


def _of_schema(name: str, workspace: Workspace, base: Base, rule: _Rule) -> Iterator[Finding]:
    file = workspace.rego / name
    if not file.is_file():
        yield Finding(workspace.name(file), 0, f"is gone, and the base has it ({base.why})", _KEEP)
        return
    old, new = _read(base.workspace.rego / name), _read(file)
    places = Places(file)
    for one, what in rule(old, new):
        told = f"{one.place}: {one.what} {what}" if one.what else f"{one.place} {what}"
        yield Finding(workspace.name(file), places.line(*_keys(one.path)), told, _KEEP)


def _of_input(old: _Schema, new: _Schema) -> Iterator[tuple[Narrowing, str]]:
    """What rules read must still come, and nothing come that they could not expect, but for additions."""
    gone = [one for one in narrowings(old, new) if one.kind in _READ]
    told = {one.path for one in gone}
    yield from ((one, _READ[one.kind]) for one in gone)
    # What is gone, or of another type, differs the other way round as well.
    back = [one for one in narrowings(new, old) if one.kind in _GIVEN and one.path not in told]
    yield from ((one, _GIVEN[one.kind]) for one in back)


def _of_decision(old: _Schema, new: _Schema) -> Iterator[tuple[Narrowing, str]]:
    """Every answer that could be given must still be taken."""
    yield from ((one, _WRITTEN[one.kind]) for one in narrowings(old, new))


def _read(file: Path) -> _Schema:
    document: _Schema = orjson.loads(file.read_bytes())
    return document


def _keys(path: tuple[str, ...]) -> Iterator[str]:
    for part in path:
        if part == "[]":
            yield "items"
        elif part == "*":
            yield "additionalProperties"
        else:
            yield from ("properties", part)
