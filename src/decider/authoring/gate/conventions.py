"""Evaluate rego/conventions, the policy about policies: gather its input, and report its findings."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from decider.authoring.cases import DocumentInvalid, load_folder
from decider.authoring.gate.report import CannotCheck, Finding
from decider.authoring.gate.runner import Context
from decider.authoring.gate.source_locations import lines_of_keys
from decider.authoring.gate.workspace_files import (
    Tree,
    files_of_tests,
    modules_of_rules,
    read_json,
    read_text,
    read_yaml,
)
from decider.authoring.opa import printed, run
from decider.authoring.shipped_files import as_shipped
from decider.bundle.codes import CODES, SILENT
from decider.bundle.files import CONVENTIONS
from decider.bundle.parameters import declared_in
from decider.shipped import shipped

__all__ = ["about_clauses", "about_codes", "about_rules", "about_texts", "ask"]

_CLAUSE = re.compile(r"[A-Za-z0-9_.-]+/[A-Za-z0-9./-]+")


def ask(context: Context, name: str, told: Mapping[str, Any], hints: Mapping[str, str]) -> Sequence[Finding]:
    """Return the breaches in the set `name` for an input. Raises CannotCheck.

    `hints` maps a part of a message to its hint; the first key that the message contains is used.
    """
    own = context.workspace.rego / CONVENTIONS
    folder = own if own.is_dir() else shipped("rego") / CONVENTIONS
    options = ("--strict-builtin-errors", "--format", "json", "--stdin-input", "--data", folder)
    done = run(
        [context.opa, "eval", *options, f"data.conventions.{name}"], context.workspace.rego, stdin=json.dumps(told)
    )
    if done.returncode:
        raise CannotCheck(f"the conventions cannot be evaluated: {printed(done)}", file=str(folder))
    result = json.loads(done.stdout).get("result")
    if not result:
        raise CannotCheck(f"data.conventions.{name} is not defined", file=str(folder), hint="restore the conventions")
    prefix = _prefix(context)
    found = result[0]["expressions"][0]["value"]
    return [
        Finding(prefix + one["path"], one["row"], one["message"], _first_fitting(hints, one["message"]))
        for one in found
    ]


def _first_fitting(hints: Mapping[str, str], message: str) -> str:
    return next((hint for part, hint in hints.items() if part in message), "")


def about_rules(context: Context) -> dict[str, Any]:
    """Return the input of every set: the rules, and the values that facts and parameters may have."""
    rego = context.workspace.rego
    return {
        "files": {module.name: _bare(module.tree) for module in modules_of_rules(context)},
        "parameters": {policy: declared_in(context.workspace.rego, policy) for policy in ("", *_ids(context))},
        "schema": read_json(context, rego / "schemas" / "input.json"),
        "law_grounds": _law_grounds(context),
    }


def _law_grounds(context: Context) -> Mapping[str, Tree]:
    """Return the grounds of every regime of the law, including regimes without grounds."""
    law = context.workspace.rego / "law"
    periods = _mapping(_mapping(read_yaml(context, law / "data.yaml")).get("periods"))
    grounds = _mapping(read_yaml(context, law / "grounds" / "data.yaml"))
    return {regime: grounds.get(regime, {}) for regime in {*periods, *grounds}}


def about_codes(context: Context) -> dict[str, Any]:
    """Return the codes of the rulebook and the codes that each policy adds."""
    named = {"": CODES} | {policy: f"policies/{policy}/codes/data.yaml" for policy in _ids(context)}
    codes = {}
    for owner, name in named.items():
        path = context.workspace.rego / name
        roles = _mapping(_mapping(read_yaml(context, path)).get("roles")) if path.is_file() else {}
        codes[owner] = [code for listed in roles.values() for code in (listed if isinstance(listed, list) else [])]
    return {"codes": codes}


def about_clauses(context: Context) -> dict[str, Any]:
    """Return the clauses, and those that tests name and that cases cite; for the clauses that ship, both hold."""
    lists = {policy: f"policies/{policy}/clauses/data.yaml" for policy in _ids(context)}
    clauses: dict[str, Any] = {}
    shipped = as_shipped(context.workspace.rego)
    for owner, name in {**lists, "law": "law/clauses/data.yaml"}.items():
        path = context.workspace.rego / name
        rows = lines_of_keys(read_text(context, path))
        for key, entry in _mapping(read_yaml(context, path)).items():
            if key == SILENT:
                continue
            told = _mapping(entry)
            fact, bound = told.get("fact") is True, bool(told.get("grounds") or told.get("readings"))
            clauses[f"{owner}/{key}"] = {"file": name, "row": rows.get(key, 0), "fact": fact, "bound": bound}
    covered = [name for name, clause in clauses.items() if clause["file"] in shipped]
    return {"clauses": clauses, "tested": [*_tested(context), *covered], "worked": [*_worked(context), *covered]}


def about_texts(context: Context) -> dict[str, Any]:
    """Return the codes that have a text, by policy or law and by kind."""
    common = _texts(context, "decider/texts/data.yaml")
    texts = {"law": common}
    for policy in _ids(context):
        name = f"policies/{policy}/texts/data.yaml"
        own = _texts(context, name) if (context.workspace.rego / name).is_file() else {}
        texts[policy] = {kind: [*common.get(kind, []), *own.get(kind, [])] for kind in {*common, *own}}
    return {"texts": texts}


def _texts(context: Context, name: str) -> Mapping[str, Sequence[str]]:
    document = _mapping(read_yaml(context, context.workspace.rego / name))
    return {kind: list(_mapping(texts)) for kind, texts in document.items()}


def _tested(context: Context) -> Sequence[str]:
    """Return every string in the tests, outside comments, that looks like a clause id."""
    lines = [line for path in files_of_tests(context) for line in read_text(context, path).splitlines()]
    return sorted({name for line in lines if not line.lstrip().startswith("#") for name in _CLAUSE.findall(line)})


def _worked(context: Context) -> Sequence[str]:
    """Return the clauses that a golden case expects as citations or interpretations."""
    folder = context.workspace.cases
    if folder is None:
        raise CannotCheck("there are no golden cases", hint="write some: cases/<policy id>.yaml")
    try:
        expected = [case.expect for case in load_folder(folder)]
    except DocumentInvalid as fault:
        raise CannotCheck(fault.message.removeprefix(f"{context.workspace.root}/")) from None
    cited = {name for expect in expected for name in expect.get("citations", [])}
    readings = [one for expect in expected for one in expect.get("interpretations", []) if isinstance(one, dict)]
    return sorted(cited | {str(one.get("clause_id", "")) for one in readings})


def _ids(context: Context) -> Sequence[str]:
    return context.workspace.policy_ids


def _mapping(value: Tree) -> Mapping[str, Tree]:
    """Return a mapping, or an empty mapping for another value, which the check of the data reports."""
    return value if isinstance(value, dict) else {}


def _prefix(context: Context) -> str:
    """Return the prefix of paths below rego/ in a report."""
    name = context.workspace.name(context.workspace.rego)
    return "" if name == "." else f"{name}/"


def _bare(node: Tree) -> Tree:
    """Leave out the source text of locations, which is half of the tree."""
    if isinstance(node, dict):
        return {
            key: {"row": value["row"]} if key == "location" else _bare(value)
            for key, value in node.items()
            if key != "comments"
        }
    return [_bare(item) for item in node] if isinstance(node, list) else node
