"""Writes the template of a policy under a new id."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template
from typing import Any

import yaml

from decider.bundle import JSON
from decider.bundle.codes import CODES
from decider.bundle.parameters import PARAMETERS, declared_in, needed_by
from decider.workspace import Workspace

__all__ = ["PolicyRefused", "scaffold"]

# An id names a folder, a page and a package, and begins every clause.
_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_LONGEST_ID = 63  # as RefundRequest.policy_id takes
# `law/` begins the clauses of the law, and README is the index of the pages.
_TAKEN = frozenset({"law", "readme"})
_REGO_NAME = re.compile(r"[a-z][a-z0-9]*")
_REGO_KEYWORDS = frozenset(
    {"as", "contains", "data", "default", "else", "every", "false", "if", "import", "in", "input", "not", "null"}
    | {"package", "some", "true", "with", "and", "or"}
)
_SUFFIX = ".template"  # so that neither OPA nor the build of the wheel takes a template for what it becomes
_WIDTH = 118
_CLAUSES = "clauses/data.yaml"
# The values that differ from the defaults, which are those of a policy that promises less.
_BEGIN_WITH: Mapping[str, JSON] = {
    "refund_fee": True,
    "email_match": "any_verified",
    "allowed_channels": ["SUPPORT_TICKET", "EMAIL", "IN_APP"],
}


class PolicyRefused(ValueError):
    """The policy cannot be laid out; the text says why, and what to do."""


def scaffold(workspace: Workspace, policy_id: str) -> Sequence[Path]:
    """Write a policy and its golden cases, and return their files. Raises PolicyRefused before anything is written."""
    folder = workspace.rego / "policies" / policy_id
    cases = (workspace.cases or _cases_folder(workspace)) / f"{policy_id.replace('-', '_')}.yaml"
    _check(policy_id, folder, cases)
    template = files("decider.authoring.scaffold") / "template"
    texts = dict(_templates(template / "folder"))
    clauses: Mapping[str, Any] = yaml.safe_load(Template(texts[_CLAUSES]).substitute(silent="  []"))
    grounded = {code for clause in clauses.values() if clause for code in clause.get("grounds", [])}
    words = {
        "id": policy_id,
        "title": f"{policy_id.replace('-', ' ').capitalize()} refund policy",
        "test_package": _package(policy_id, "_test"),
        "parameters": "\n".join(_line(name, value) for name, value in _parameters(workspace, grounded).items()),
        "silent": _listed([code for code in _codes(workspace) if code not in grounded]),
    }
    written = {folder / name: Template(text).substitute(words) for name, text in texts.items()}
    written[cases] = Template((template / "cases.yaml.template").read_text("utf-8")).substitute(words)
    try:
        for file, text in written.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    except OSError as failure:
        raise PolicyRefused(f"{failure.filename} cannot be written: {failure.strerror}") from None
    return sorted(written)


def _check(policy_id: str, folder: Path, cases: Path) -> None:
    if not _ID.fullmatch(policy_id) or len(policy_id) > _LONGEST_ID:
        raise PolicyRefused(
            f"{policy_id!r} is not a policy id: use lower-case letters and digits, in words joined by `-`, "
            f"beginning with a letter, at most {_LONGEST_ID} characters, such as corner-shop"
        )
    if policy_id in _TAKEN:
        raise PolicyRefused(f"{policy_id!r} names something else in a policy repository: take another id")
    for path in (folder, cases):
        if path.exists():
            raise PolicyRefused(f"{path} already exists: choose another id, or remove it first")


def _cases_folder(workspace: Workspace) -> Path:
    """Where the cases of a repository without any will lie: beside tests/ where there is one."""
    tests = workspace.root / "tests"
    return (tests if tests.is_dir() else workspace.root) / "cases"


def _templates(folder: Traversable, below: str = "") -> Iterator[tuple[str, str]]:
    """Every template in a folder and below: its path without the suffix, and its text."""
    for one in folder.iterdir():
        if one.is_dir():
            yield from _templates(one, f"{below}{one.name}/")
        elif one.name.endswith(_SUFFIX):
            yield below + one.name.removesuffix(_SUFFIX), one.read_text("utf-8")


def _codes(workspace: Workspace) -> Sequence[str]:
    """Return the codes of the rulebook, in its order."""
    file = workspace.rego / CODES
    try:
        roles = yaml.safe_load(file.read_bytes())["roles"]
        return [code for codes in roles.values() for code in codes]
    except (OSError, yaml.YAMLError, TypeError, LookupError, AttributeError):
        raise PolicyRefused(f"{file} does not list the codes of the rulebook") from None


def _parameters(workspace: Workspace, grounded: AbstractSet[str]) -> dict[str, JSON]:
    """Return the parameters that the findings of the template need, with the values that they begin with."""
    schemas = declared_in(workspace.rego, "")
    if not schemas:
        raise PolicyRefused(f"{workspace.rego / PARAMETERS} declares no parameters")
    without = [name for name, schema in schemas.items() if "default" not in schema]
    if without:
        raise PolicyRefused(f"{workspace.rego / PARAMETERS}: no default for {', '.join(without)}: state one")
    return {
        name: _BEGIN_WITH.get(name, schema["default"])
        for name, schema in schemas.items()
        if not needed_by(schema) or not grounded.isdisjoint(needed_by(schema))
    }


def _listed(codes: Sequence[str]) -> str:
    """Return a list of codes, as the value of a key on the line before."""
    return textwrap.fill(f"[{', '.join(codes)}]", _WIDTH, initial_indent="  ", subsequent_indent="   ")


def _line(name: str, value: object) -> str:
    """A parameter of a version, broken between the items of a long list."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return textwrap.fill(
        f"{name}: {text}", _WIDTH, initial_indent=" " * 4, subsequent_indent=" " * 6, break_on_hyphens=False
    )


def _package(policy_id: str, suffix: str = "") -> str:
    """Return a package named after a policy, as `opa fmt` writes it: in brackets where the name is no plain one."""
    plain = _REGO_NAME.fullmatch(policy_id) and policy_id + suffix not in _REGO_KEYWORDS
    return f"clauses.{policy_id}{suffix}" if plain else f'clauses["{policy_id}{suffix}"]'
