"""Checks the policies by rego/conventions, the policy about policy, and prints `file:line: what` for each breach.

python scripts/conventions.py [ROOT]      default: this checkout
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeAlias

import yaml

Tree: TypeAlias = Any  # of JSON or YAML

ROOT = Path(__file__).resolve().parent.parent
OPA = ROOT / ".tools" / "bin" / "opa"
CONVENTIONS = "rego/conventions"
_parsed: dict[bytes, Tree] = {}


def gather(root: Path) -> dict[str, Any]:
    """Return what the conventions are checked on: syntax trees, clauses, parameters, schema, and what tests name."""
    rego = root / "rego"
    sources = [path for path in sorted(rego.rglob("*.rego")) if "conventions" not in path.parts]
    rules = [path for path in sources if not path.name.endswith("_test.rego")]
    with ThreadPoolExecutor() as pool:
        trees = list(pool.map(_parse, rules))
    tests = [path.read_text() for path in sources if path not in rules]
    cases = [path.read_text() for path in sorted((root / "tests" / "cases").glob("*.yaml"))]
    clauses = {path.parents[1].name: list(_yaml(path)) for path in sorted(rego.glob("policies/*/clauses/data.yaml"))}
    clauses["law"] = list(_yaml(rego / "law" / "clauses" / "data.yaml"))
    return {
        "files": {path.relative_to(root).as_posix(): tree for path, tree in zip(rules, trees, strict=True)},
        "clauses": clauses,
        "parameters": {path.parent.name: _properties(path) for path in sorted(rego.glob("policies/*/parameters.json"))},
        "common": _properties(rego / "schemas" / "common_parameters.json"),
        "schema": json.loads((rego / "schemas" / "input.json").read_text()),
        "named": sorted({name for text in tests + cases for name in re.findall(r"[a-z-]+/[A-Za-z0-9./-]+", text)}),
    }


def breaches(root: Path) -> list[str]:
    """Return every breach as `file:line: what`; the line is left out where the breach is of a whole file or folder."""
    command: list[str | Path] = [
        OPA,
        "eval",
        "--strict-builtin-errors",
        "--format",
        "json",
        "--stdin-input",
        "--data",
        root / CONVENTIONS,
    ]
    done = subprocess.run(
        [*command, "data.conventions.breaches"],
        input=json.dumps(gather(root)),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    found = json.loads(done.stdout)["result"][0]["expressions"][0]["value"]
    return [
        f"{one['path']}:{one['row']}: {one['message']}" if one["row"] else f"{one['path']}: {one['message']}"
        for one in sorted(found, key=lambda one: (one["path"], one["row"], one["message"]))
    ]


def _parse(path: Path) -> Tree:
    source = path.read_bytes()
    if source not in _parsed:
        _parsed[source] = _tree(path)
    return _parsed[source]


def _tree(path: Path) -> Tree:
    command: list[str | Path] = [OPA, "parse", path, "--format", "json", "--json-include", "locations,annotations"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{path}: {done.stdout}{done.stderr}")
    return _bare(json.loads(done.stdout))


def _bare(node: Tree) -> Tree:
    """Leave out the source text of every location: half of the tree."""
    if isinstance(node, dict):
        return {
            key: {"row": value["row"]} if key == "location" else _bare(value)
            for key, value in node.items()
            if key != "comments"
        }
    return [_bare(item) for item in node] if isinstance(node, list) else node


def _yaml(path: Path) -> Tree:
    return yaml.safe_load(path.read_text())


def _properties(path: Path) -> Tree:
    return json.loads(path.read_text())["properties"]


def main() -> int:
    """Check, and print what breaks a convention."""
    found = breaches(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT)
    print("\n".join(found) or "conventions: kept")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
