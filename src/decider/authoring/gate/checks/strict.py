"""`opa check --strict` over the policies, under the capabilities and with every schema.

A rule's METADATA names `schema.input` and `schema.policies["<id>"]`: the schemas of rego/schemas, and the parameters of
each policy, which stand with the policy. OPA reads schemas from one folder, so one is put together for it.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from decider.authoring.gate.report import CannotCheck, Finding, Outcome
from decider.authoring.gate.runner import Context
from decider.authoring.gate.workspace_files import read_json
from decider.authoring.opa import check
from decider.authoring.rego_syntax import rego_files

__all__ = ["run"]

# What the decider itself adds to the input of one item, and reads of the query's.
_ADDED = {"items": {"type": "array"}, "rules": {"type": "string"}, "supposed": {"type": "boolean"}}
# Packages without a schema of their own in METADATA: one schema on the command line holds for all of them.
_SHARED = ("decider", "law", "lib")
_HINT = "correct the name or the type; a fact has its name in schemas/input.json, a parameter in parameters.json"


def run(context: Context) -> Outcome:
    """Return what OPA objects to."""
    rego = context.workspace.rego
    with tempfile.TemporaryDirectory(prefix="decider-check-") as folder:
        schemas, shared = Path(folder, "schemas"), Path(folder, "shared")
        schemas.mkdir()
        _gather_schemas(rego, schemas)
        for name in _SHARED:
            if not (rego / name).is_dir():
                raise CannotCheck("missing", file=context.workspace.name(rego / name), hint="restore the folder")
            shutil.copytree(rego / name, shared / name)
        Path(folder, "input.json").write_text(json.dumps(_shared_schema(context)))
        findings = [*_check(context, rego, schemas), *_check(context, shared, Path(folder, "input.json"))]
    return Outcome(findings, f"{len(rego_files(rego))} files, strict, with schemas and capabilities")


def _check(context: Context, root: Path, schema: Path) -> Sequence[Finding]:
    rego = context.workspace.rego
    errors = check(context.opa, root, rego / "capabilities.json", "--strict", "--bundle", "--schema", schema)
    return [
        Finding(context.workspace.name(rego / one.file) if one.file else "", one.row, one.message, _HINT)
        for one in errors
    ]


def _shared_schema(context: Context) -> dict[str, Any]:
    """Return the input's schema for lib/, law/ and decider/: its `parameters` are the parameters of any policy."""
    rego = context.workspace.rego
    schema: dict[str, Any] = read_json(context, rego / "schemas" / "input.json")
    parameters: dict[str, Any] = {}
    for file in [rego / "schemas" / "common_parameters.json", *sorted(rego.glob("policies/*/parameters.json"))]:
        parameters |= read_json(context, file)["properties"]
    terms = {"type": "object", "additionalProperties": False, "properties": parameters}
    schema["properties"] |= {**_ADDED, "parameters": terms}
    return schema


def _gather_schemas(rego: Path, folder: Path) -> None:
    """Copy rego/schemas/*.json to `folder`, and policies/<id>/parameters.json as policies/<id>.json."""
    for schema in sorted((rego / "schemas").glob("*.json")):
        shutil.copy(schema, folder)
    (folder / "policies").mkdir()
    for parameters in sorted(rego.glob("policies/*/parameters.json")):
        shutil.copy(parameters, folder / "policies" / f"{parameters.parent.name}.json")
