"""The files of a workspace as checks read them: whatever cannot be read is a failed check with the file's name."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

from decider.authoring.gate.report import CannotCheck
from decider.authoring.gate.runner import Context
from decider.authoring.rego_syntax import TEST_SUFFIX, Module, files_that_decide, parse_each
from decider.bundle.yaml_core import YamlFault, parse_yaml

__all__ = ["Tree", "files_of_rules", "files_of_tests", "modules_of_rules", "read_json", "read_text", "read_yaml"]

Tree: TypeAlias = Any  # of JSON or YAML


def files_of_rules(context: Context) -> Sequence[Path]:
    """Return the files of rules that decide, sorted. Raises CannotCheck if there is none."""
    found = [path for path in _files_that_decide(context) if not path.name.endswith(TEST_SUFFIX)]
    if not found:
        raise CannotCheck("no file of rules", file=context.workspace.name(context.workspace.rego))
    return found


def files_of_tests(context: Context) -> Sequence[Path]:
    """Return the files of tests of rules that decide, sorted."""
    return [path for path in _files_that_decide(context) if path.name.endswith(TEST_SUFFIX)]


def _files_that_decide(context: Context) -> Sequence[Path]:
    rego = context.workspace.rego
    return [rego / name for name in files_that_decide(rego)]


def modules_of_rules(context: Context) -> Sequence[Module]:
    """Return the parsed files of rules that decide, sorted. Raises CannotCheck and ProgramFailed."""
    return context.once("modules", lambda: _parse(context))


def _parse(context: Context) -> Sequence[Module]:
    rego = context.workspace.rego
    names = [path.relative_to(rego).as_posix() for path in files_of_rules(context)]
    return parse_each(context.opa, rego, names)


def read_text(context: Context, path: Path) -> str:
    """Return the text of a file. Raises CannotCheck."""
    name = context.workspace.name(path)
    try:
        return path.read_text()
    except FileNotFoundError:
        raise CannotCheck("missing", file=name, hint="bring it back") from None
    except OSError as failure:
        raise CannotCheck(f"cannot be read: {failure.strerror}", file=name) from None
    except UnicodeDecodeError:
        raise CannotCheck("cannot be read: not UTF-8", file=name, hint="save it as UTF-8") from None


def read_json(context: Context, path: Path) -> Tree:
    """Return the document in a JSON file. Raises CannotCheck."""
    try:
        return json.loads(read_text(context, path))
    except json.JSONDecodeError as fault:
        name = context.workspace.name(path)
        told = f"no valid JSON: {fault.msg}"
        raise CannotCheck(told, file=name, line=fault.lineno, hint="correct the file") from None


def read_yaml(context: Context, path: Path) -> Tree:
    """Return the document in a YAML file, as OPA reads it. Raises CannotCheck."""
    try:
        return parse_yaml(read_text(context, path).encode())
    except YamlFault as fault:
        raise CannotCheck(str(fault), file=context.workspace.name(path), hint="correct the file") from None
