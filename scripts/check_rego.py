"""Runs `opa check --strict` over the policies, under the capabilities and with every schema.

    python scripts/check_rego.py [--opa OPA] [REGO]      default: .tools/bin/opa rego

A rule's METADATA names `schema.input` and `schema.policies["<id>"]`: the schemas of rego/schemas, and the parameters of
each policy, which stand with the policy. OPA reads schemas from one folder, so one is put together for it.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


# What the decider itself adds to the input of one item, and reads of the query's.
ADDED = {"items": {"type": "array"}, "rules": {"type": "string"}}
# Packages without a schema of their own in METADATA: one schema on the command line holds for all of them.
SHARED = ("decider", "law", "lib")


def check(rego: Path, opa: Path) -> list[str]:
    """Return what OPA objects to, line by line; nothing where the policies are clean."""
    with tempfile.TemporaryDirectory(prefix="decider-check-") as folder:
        schemas, shared = Path(folder, "schemas"), Path(folder, "shared")
        schemas.mkdir()
        gather_schemas(rego, schemas)
        for name in SHARED:
            shutil.copytree(rego / name, shared / name)
        Path(folder, "input.json").write_text(json.dumps(shared_schema(rego)))
        found = _run(rego, schemas, rego, opa) + _run(shared, Path(folder, "input.json"), rego, opa)
    return list(dict.fromkeys(found))  # what both runs found, once


def _run(root: Path, schema: Path, rego: Path, opa: Path) -> list[str]:
    capabilities = (rego / "capabilities.json").resolve()
    command = [str(opa.resolve()), "check", "--strict", "--max-errors", "1000", "--capabilities", str(capabilities)]
    done = subprocess.run(
        [*command, "--schema", str(schema), "--bundle", "."], cwd=root, capture_output=True, text=True, check=False
    )
    lines = [line.replace("\t", " ") for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    return lines if done.returncode else []


def shared_schema(rego: Path) -> dict[str, Any]:
    """Return the input's schema for lib/, law/ and decider/: its `terms` are the parameters of any policy."""
    schema: dict[str, Any] = json.loads((rego / "schemas" / "input.json").read_text())
    parameters: dict[str, Any] = {}
    for file in [rego / "schemas" / "common_parameters.json", *sorted(rego.glob("policies/*/parameters.json"))]:
        parameters |= json.loads(file.read_text())["properties"]
    terms = {"type": "object", "additionalProperties": False, "properties": parameters}
    schema["properties"] |= {**ADDED, "terms": terms}
    return schema


def gather_schemas(rego: Path, folder: Path) -> None:
    """Copy rego/schemas/*.json to `folder`, and policies/<id>/parameters.json as policies/<id>.json."""
    for schema in sorted((rego / "schemas").glob("*.json")):
        shutil.copy(schema, folder)
    (folder / "policies").mkdir()
    for parameters in sorted(rego.glob("policies/*/parameters.json")):
        shutil.copy(parameters, folder / "policies" / f"{parameters.parent.name}.json")


def main() -> int:
    """Check, and print what is wrong."""
    parser = argparse.ArgumentParser(description=check.__doc__)
    parser.add_argument("rego", nargs="?", type=Path, default=ROOT / "rego")
    parser.add_argument("--opa", type=Path, default=ROOT / ".tools" / "bin" / "opa")
    options = parser.parse_args()
    found = check(options.rego, options.opa)
    print("\n".join(found) or "opa check: clean")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
