"""Parameters fit their schema, have defaults, and are read; what is read is a parameter."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from decider.authoring.gate.conventions import about_rules, ask
from decider.authoring.gate.report import Finding, Outcome
from decider.authoring.gate.runner import Context
from decider.authoring.gate.source_locations import line_of
from decider.bundle import load_bundle
from decider.errors import BundleInvalid, Violation

__all__ = ["run"]

_HINTS = {
    "no rule reads it": "let a rule read input.parameters.<name>, or take it out of the schema and every version",
    "of every policy": "what decides for every policy reads what every policy sets: a parameter without `needed_by`",
    "no parameter": "name one that schemas/parameters.json lists, or the policy's own parameters.json",
}
_SCHEMA = "correct the value, or the schema in schemas/parameters.json or the policy's own"


def run(context: Context) -> Outcome:
    """Load the data as the service does, then ask who reads what."""
    findings = list(_of_data(context))
    told = about_rules(context)
    findings += ask(context, "parameter_breaches", told, _HINTS)
    names = {name for parameters in told["parameters"].values() for name in parameters}
    return Outcome(findings, f"{len(names)} parameters of {len(context.workspace.policy_ids)} policies")


def _of_data(context: Context) -> Sequence[Finding]:
    with tempfile.TemporaryDirectory(prefix="decider-data-") as folder:
        try:
            load_bundle(context.workspace.rego, None, context.opa, Path(folder))
        except BundleInvalid as invalid:
            return [_finding(context, violation) for violation in invalid.violations if not _of_rules(violation)]
    return []


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
