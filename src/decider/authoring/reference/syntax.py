"""Rego files as OPA parses them: their rules with what METADATA says of each, and where each stands."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import orjson

from decider.errors import BundleInvalid, Violation
from decider.workspace import Workspace

__all__ = ["TEST_SUFFIX", "Module", "Node", "nodes", "parse_modules", "strings"]

Node: TypeAlias = Any  # of OPA's tree, as JSON
TEST_SUFFIX = "_test.rego"
_CONVENTIONS = "conventions"  # policy about policy: it decides no refund
_TIMEOUT_S = 60


@dataclass(frozen=True)
class Module:
    """One file: `file` is its name in reports, `package` its path without `data.`, `imports` alias → package."""

    file: str
    package: str
    imports: Mapping[str, str]
    rules: Sequence[Node]

    @property
    def is_test(self) -> bool:
        """Whether it holds tests rather than rules that decide."""
        return self.file.endswith(TEST_SUFFIX)


def parse_modules(workspace: Workspace, opa: Path) -> list[Module]:
    """Parse every Rego file of a policy repository but the conventions, in the order of their paths.

    Raises BundleInvalid where OPA cannot parse one.
    """
    paths = [
        path
        for path in sorted(workspace.rego.rglob("*.rego"))
        if path.relative_to(workspace.rego).parts[0] != _CONVENTIONS
    ]
    with ThreadPoolExecutor() as pool:
        return list(pool.map(lambda path: _parsed(workspace.name(path), path, opa), paths))


def nodes(tree: Node) -> Iterator[dict[str, Any]]:
    """Every mapping of a tree, outer ones first."""
    if isinstance(tree, dict):
        yield tree
        tree = list(tree.values())
    if isinstance(tree, list):
        for branch in tree:
            yield from nodes(branch)


def strings(tree: Node) -> Iterator[str]:
    """Every string literal of a tree."""
    return (node["value"] for node in nodes(tree) if node.get("type") == "string")


def _parsed(name: str, path: Path, opa: Path) -> Module:
    command = [str(opa), "parse", str(path), "--format", "json", "--json-include", "locations,annotations"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=_TIMEOUT_S, check=False)
    if done.returncode:
        raise BundleInvalid(
            f"{name}: OPA cannot parse it: {done.stderr.strip() or done.stdout.strip()}",
            violations=[Violation(name, "OPA cannot parse it")],
        )
    tree: dict[str, Any] = orjson.loads(done.stdout)
    imports = {}
    for one in tree.get("imports", []):
        parts = [str(part["value"]) for part in one["path"]["value"]]
        imports[one.get("alias") or parts[-1]] = ".".join(parts[1:])
    package = ".".join(str(part["value"]) for part in tree["package"]["path"][1:])
    return Module(name, package, imports, tree.get("rules", []))
