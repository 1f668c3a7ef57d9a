"""`opa check --strict` over the rules and their tests, under the capabilities and with the schema of their input.

The conventions have another input: they are checked beside, without a schema.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from decider.authoring.gate.conventions import about_codes
from decider.authoring.gate.report import Finding, Outcome
from decider.authoring.gate.runner import Context
from decider.authoring.gate.workspace_files import read_json
from decider.authoring.opa import check
from decider.authoring.rego_syntax import rego_files
from decider.bundle.files import CONVENTIONS
from decider.bundle.parameters import declared_in

__all__ = ["run"]

_HINT = "correct the name or the type: facts stand in schemas/input.json, parameters in schemas/parameters.json"
_TEXT = {"type": "string"}


def run(context: Context) -> Outcome:
    """Return what OPA objects to."""
    rego = context.workspace.rego
    with tempfile.TemporaryDirectory(prefix="decider-check-") as folder:
        schema = Path(folder, "input.json")
        schema.write_text(json.dumps(_schema(context)))
        findings = list(_check(context, rego, "--schema", schema, "--ignore", CONVENTIONS, "--bundle"))
    if (rego / CONVENTIONS).is_dir():
        findings += _check(context, rego / CONVENTIONS)
    return Outcome(findings, f"{len(rego_files(rego))} files, strict, with the schema of the input and capabilities")


def _check(context: Context, root: Path, *options: str | Path) -> Sequence[Finding]:
    errors = check(context.opa, root, context.workspace.rego / "capabilities.json", "--strict", *options)
    return [
        Finding(context.workspace.name(root / one.file) if one.file else "", one.row, one.message, _HINT)
        for one in errors
    ]


def _schema(context: Context) -> dict[str, Any]:
    """Return the schema of the facts and of what the decider adds: the parameters and the grounds of every policy."""
    workspace = context.workspace
    schema: dict[str, Any] = read_json(context, workspace.rego / "schemas" / "input.json")
    parameters: dict[str, Any] = {}
    for policy in workspace.policy_ids:
        parameters |= declared_in(workspace.rego, policy)
    codes = {code for listed in about_codes(context)["codes"].values() for code in listed}
    cite = _closed({"clause": _TEXT, "role": _TEXT})
    schema["properties"] |= {
        "items": {"type": "array"},
        "supposed": {"type": "boolean"},
        "parameters": _closed(parameters),
        "grounds": _closed(dict.fromkeys(sorted(codes), cite)),
        "readings": {"type": "object", "additionalProperties": _TEXT},
    }
    return schema


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": properties}
