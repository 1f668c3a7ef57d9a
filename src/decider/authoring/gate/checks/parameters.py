"""Parameters fit their schema, have defaults, and are read; what is read is a parameter."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from decider.authoring.gate.conventions import about_rules, ask
from decider.authoring.gate.parameter_values import AskedValues, values_of_facts
from decider.authoring.gate.report import Finding, Outcome
from decider.authoring.gate.runner import Context
from decider.authoring.gate.source_locations import line_of
from decider.authoring.gate.workspace_files import modules_of_rules
from decider.bundle import load_bundle
from decider.bundle.parameters import PARAMETERS, own_file
from decider.errors import BundleInvalid, Violation

__all__ = ["run"]

_HINTS = {
    "no rule reads it": "let a rule read input.parameters.<name>, or take it out of the schema and every version",
    "of every policy": "what decides for every policy reads what every policy sets: a parameter without `needed_by`",
    "no parameter": "name one that schemas/parameters.json lists, or the policy's own parameters.json",
}
_UNASKED = (
    "write the rule for it, or take it out of the schema; if it is what holds when no rule asks, name it there as "
    "`otherwise`"
)
_SCHEMA = "correct the value, or the schema in schemas/parameters.json or the policy's own"


def run(context: Context) -> Outcome:
    """Load the data as the service does, then ask who reads what."""
    findings = list(_of_data(context))
    told = about_rules(context)
    findings += [_placed(context, one) for one in ask(context, "parameter_breaches", told, _HINTS)]
    findings += [_placed(context, one) for one in _unasked(context, told)]
    names = {name for parameters in told["parameters"].values() for name in parameters}
    return Outcome(findings, f"{len(names)} parameters of {len(context.workspace.policy_ids)} policies")


def _of_data(context: Context) -> Sequence[Finding]:
    with tempfile.TemporaryDirectory(prefix="decider-data-") as folder:
        try:
            load_bundle(context.workspace.rego, None, context.opa, Path(folder))
        except BundleInvalid as invalid:
            return [_finding(context, violation) for violation in invalid.violations if not _of_rules(violation)]
    return []


def _unasked(context: Context, told: Mapping[str, Any]) -> Iterator[Finding]:
    """Name each value of a parameter that no rule asks for."""
    asked = AskedValues(modules_of_rules(context), values_of_facts(told["schema"]))
    common = told["parameters"][""]
    for policy, parameters in told["parameters"].items():
        file = context.workspace.name(context.workspace.rego / (own_file(policy) if policy else PARAMETERS))
        for name, schema in parameters.items():
            for value in asked.unasked(name, schema) if not policy or schema != common.get(name) else ():
                yield Finding(file, 0, f"{name}: no rule asks for the value {value!r}", _UNASKED)


def _placed(context: Context, finding: Finding) -> Finding:
    """Find the line of the parameter with whose name the message begins."""
    if finding.line:
        return finding
    text = (context.workspace.root / finding.file).read_text(errors="replace")
    name = finding.message.partition(": ")[0]
    return replace(finding, line=line_of(text, name) or line_of(text, f"properties.{name}"))


def _of_rules(violation: Violation) -> bool:
    """Whether it is about a rule: the strict check tells it with more."""
    return ".rego:" in violation.field


def _finding(context: Context, violation: Violation) -> Finding:
    """Find the line of what the loader names as `file: path.in.it`."""
    name, _, inside = violation.field.partition(": ")
    file = context.workspace.rego / name
    if not file.is_file():
        return Finding(name, 0, violation.description, _SCHEMA)
    text = file.read_text(errors="replace")
    line = line_of(text, inside) or line_of(text, f"properties.{inside}")
    what = f"{inside}: {violation.description}" if inside else violation.description
    return Finding(context.workspace.name(file), line, what, _SCHEMA)
