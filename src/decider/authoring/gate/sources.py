"""The Rego files of a workspace and their syntax trees."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeAlias

from decider.authoring.gate.report import CannotCheck, Finding
from decider.authoring.gate.runner import Context
from decider.authoring.gate.subprocesses import run, said
from decider.bundle.yaml_core import YamlFault, parse_yaml

__all__ = [
    "CONVENTIONS",
    "NOT_HIDDEN",
    "Tree",
    "files_of_rules",
    "files_of_tests",
    "located",
    "read_json",
    "read_text",
    "read_yaml",
    "rego_files",
    "trees",
]

Tree: TypeAlias = Any  # of JSON or YAML

# for OPA: hidden files and folders are not looked at; not `.*`, which is the folder `.` too
NOT_HIDDEN = "--ignore=.?*"
CONVENTIONS = "conventions"  # policy about policy: it decides no refund
_LOCATED = re.compile(r"(?:\d+ errors? occurred: )?(?P<file>[^\s:]+\.(?:rego|yaml|json)):(?P<line>\d+): (?P<what>.+)")


def files_of_rules(context: Context) -> Sequence[Path]:
    """Return the files of rules that decide, sorted. Raises CannotCheck where there is none."""
    found = [path for path in rego_files(context) if _decides(context, path) and not _of_tests(path)]
    if not found:
        raise CannotCheck("no file of rules", file=context.workspace.name(context.workspace.rego))
    return found


def files_of_tests(context: Context) -> Sequence[Path]:
    """Return the files of tests of rules that decide, sorted."""
    return [path for path in rego_files(context) if _decides(context, path) and _of_tests(path)]


def rego_files(context: Context) -> Sequence[Path]:
    """Return every file of Rego, sorted; hidden folders are left out."""
    rego = context.workspace.rego
    found = [(path.relative_to(rego).parts, path) for path in sorted(rego.rglob("*.rego"))]
    return [path for parts, path in found if not any(part[0] == "." for part in parts)]


def _decides(context: Context, path: Path) -> bool:
    return path.relative_to(context.workspace.rego).parts[0] != CONVENTIONS


def _of_tests(path: Path) -> bool:
    return path.name.endswith("_test.rego")


def trees(context: Context) -> Mapping[Path, Tree]:
    """Return the syntax tree of every file of rules, with locations and METADATA. Raises CannotCheck."""
    return context.once("trees", lambda: _parse(context, files_of_rules(context)))


def _parse(context: Context, files: Sequence[Path]) -> Mapping[Path, Tree]:
    with ThreadPoolExecutor() as pool:
        return dict(zip(files, pool.map(lambda path: _tree(context, path), files), strict=True))


def _tree(context: Context, path: Path) -> Tree:
    options = ("--format", "json", "--json-include", "locations,annotations")
    done = run([context.opa, "parse", path, *options], context.workspace.rego)
    if not done.returncode:
        return json.loads(done.stdout)
    try:
        fault = json.loads(done.stdout or done.stderr)["errors"][0]
        message, line = fault["message"], fault["location"]["row"]
    except (ValueError, LookupError, TypeError):
        message, line = said(done), 0
    raise CannotCheck(message, file=context.workspace.name(path), line=line, hint="make it valid Rego")


def located(message: str, file: str = "", hint: str = "") -> Finding:
    """Turn a message of OPA that begins with `file:line:` into a finding; in `file`, where that is given."""
    match = _LOCATED.search(message)
    if match is None:
        return Finding(file, 0, message, hint)
    return Finding(file or match["file"], int(match["line"]), match["what"], hint)


def read_text(context: Context, path: Path) -> str:
    """Return the text of a file. Raises CannotCheck."""
    name = context.workspace.name(path)
    try:
        return path.read_text()
    except FileNotFoundError:
        raise CannotCheck("missing", file=name) from None
    except OSError as failure:
        raise CannotCheck(f"cannot be read: {failure.strerror}", file=name) from None
    except UnicodeDecodeError:
        raise CannotCheck("cannot be read: not UTF-8", file=name) from None


def read_json(context: Context, path: Path) -> Tree:
    """Return the document in a file of JSON. Raises CannotCheck."""
    try:
        return json.loads(read_text(context, path))
    except json.JSONDecodeError as fault:
        raise CannotCheck(f"no valid JSON: {fault.msg}", file=context.workspace.name(path), line=fault.lineno) from None


def read_yaml(context: Context, path: Path) -> Tree:
    """Return the document in a file of YAML, as OPA reads it. Raises CannotCheck."""
    try:
        return parse_yaml(read_text(context, path).encode())
    except YamlFault as fault:
        raise CannotCheck(str(fault), file=context.workspace.name(path)) from None
