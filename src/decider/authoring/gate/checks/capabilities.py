"""No clock, network, randomness or environment: the list of builtins leaves them out, and no rule calls one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from decider.authoring.gate.report import Finding, Outcome
from decider.authoring.gate.runner import Context
from decider.authoring.gate.workspace_files import Tree, modules_of_rules, read_json, read_text
from decider.bundle.capabilities import builtins_of, why_left_out

__all__ = ["run"]

_LISTED = "take it out of the list: decider tools capabilities > capabilities.json writes the whole list"
_CALLED = "let what it would tell come in as a fact of the input"


def run(context: Context) -> Outcome:
    """Hold the list of builtins against what a pure decision may reach, and the rules against the list."""
    file = context.workspace.rego / "capabilities.json"
    listed = read_json(context, file)
    allowed = {builtin["name"] for builtin in listed["builtins"]}
    findings = list(_listed(listed, context.workspace.name(file), read_text(context, file)))
    known = {builtin["name"]: builtin for builtin in builtins_of(context.opa)["builtins"]}
    for module in modules_of_rules(context):
        for name, line in _calls(module.tree.get("rules", [])):
            if name in known and name not in allowed:
                why = why_left_out(known[name]) or "capabilities.json does not list it"
                findings.append(
                    Finding(
                        context.workspace.name(context.workspace.rego / module.name),
                        line,
                        f"calls {name}: {why}",
                        _CALLED,
                    )
                )
    return Outcome(findings, f"{len(allowed)} builtins allowed, {len(known) - len(allowed)} left out")


def _listed(listed: Mapping[str, Any], name: str, text: str) -> Iterator[Finding]:
    for builtin in listed["builtins"]:
        if why := why_left_out(builtin):
            before, found, _ = text.partition(f'"{builtin["name"]}"')
            line = before.count("\n") + 1 if found else 0
            yield Finding(name, line, f"allows {builtin['name']}: {why}", _LISTED)
    if listed.get("allow_net") != []:
        yield Finding(name, 0, "allows the network: allow_net is not []", _LISTED)


def _calls(node: Tree) -> Iterator[tuple[str, int]]:
    """Give the name and line of every call below a node: an array of terms that begins with a reference."""
    if isinstance(node, list):
        for item in node:
            yield from _calls(item)
    elif isinstance(node, dict):
        terms = node.get("value") if node.get("type") == "call" else node.get("terms")
        if isinstance(terms, list) and terms and terms[0].get("type") == "ref":
            line = (terms[0].get("location") or node.get("location") or {}).get("row", 0)
            yield ".".join(str(part["value"]) for part in terms[0]["value"]), line
        for key, item in node.items():
            if key != "location":
                yield from _calls(item)
