"""The rules that cite a clause, and the Rego tests and worked cases that name it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import yaml

from decider.authoring.cases import DocumentInvalid
from decider.authoring.reference.reads import Read, Reads
from decider.authoring.rego_syntax import Module, nodes, strings
from decider.authoring.rego_syntax import Rule as ParsedRule
from decider.bundle import Catalog, Clause, Texts
from decider.bundle.yaml_core import LIBYAML_LOADER
from decider.workspace import Workspace

__all__ = ["Case", "Rule", "Test", "cases_of", "rules_of", "tests_of"]

# regime, or policy and rule set -> code -> clause and role
Grounds: TypeAlias = Mapping[str, Mapping[str, Mapping[str, str]]]


@dataclass(frozen=True)
class Rule:
    """One rule: its METADATA, the set that it adds to, the text of its code if it has one, and its parameters."""

    clause_id: str
    code: str
    role: str
    title: str
    description: str
    adds_to: str
    said: str
    read: Read
    package: str
    file: str
    line: int


@dataclass(frozen=True)
class Test:
    """One Rego test, with the clauses, codes and parameters that it names."""

    name: str
    names: frozenset[str]
    file: str
    line: int


@dataclass(frozen=True)
class Case:
    """One worked case and the clauses that it expects."""

    id: str
    title: str
    clauses: frozenset[str]
    file: str
    line: int


def rules_of(workspace: Workspace, decides: Iterable[Module], catalog: Catalog, reads: Reads) -> list[Rule]:
    """Return every rule that has a ground, once for each clause that is its ground, in the order of files and lines."""
    law: Grounds = yaml.safe_load((workspace.rego / "law" / "grounds" / "data.yaml").read_bytes())
    policies: Grounds = {
        f"{policy_id} {rules}": binding.grounds
        for policy_id, policy in catalog.policies.items()
        for rules, binding in policy.bindings.items()
    }
    return [
        Rule(
            clause_id=clause_id,
            code=code,
            role=role,
            title=annotation.get("title", ""),
            description=annotation.get("description", ""),
            adds_to=rule.name,
            said=_said(rule.name, _element(rule), catalog.texts_of(clause_id.partition("/")[0])),
            read=reads.of(module, [rule]),
            package=module.package,
            file=workspace.name(workspace.rego / module.name),
            line=rule.row,
        )
        for module in decides
        for rule in module.rules
        for annotation in rule.annotations
        for clause_id, code, role in [*_citations(rule, "withdrawal", law), *_citations(rule, "input", policies)]
    ]


def _citations(rule: ParsedRule, of: str, grounds: Grounds) -> list[tuple[str, str, str]]:
    """Return each clause that a rule cites, with code and role; `of` is the document from which it reads grounds."""
    found = set()
    for node in nodes(rule.node):
        parts = [part.get("value") for part in node["value"]] if node.get("type") == "ref" else []
        if parts[:2] == [of, "grounds"] and len(parts) > 2:
            cites = [codes[parts[2]] for codes in grounds.values() if parts[2] in codes]
            found |= {(cite["clause"], str(parts[2]), cite["role"]) for cite in cites}
    return sorted(found)


def _element(rule: ParsedRule) -> Mapping[str, str]:
    """Return the keys of the element that a rule adds whose values are plain texts."""
    key = rule.node["head"].get("key") or {}
    pairs = key["value"] if key.get("type") == "object" else []
    return {name["value"]: value["value"] for name, value in pairs if value.get("type") == "string"}


def _said(adds_to: str, element: Mapping[str, str], texts: Texts) -> str:
    """Return the text that a decision shows for an element; for a duty or a cancellation, its type."""
    if adds_to in {"duties", "payouts", "cancellations"}:
        kind = element.get("type", "")
        return f"`{kind}`" if kind else ""
    code = element.get("code", "")
    if adds_to == "bars":
        return {"deny": "refused", "review": "a reviewer decides"}.get(element.get("outcome", ""), "")
    table = {"missing": texts.missing, "deductions": texts.lines}.get(adds_to, texts.warnings)
    return table.get(code, "")


def tests_of(workspace: Workspace, modules: Iterable[Module], clauses: Mapping[str, Clause]) -> list[Test]:
    """Return every Rego test that names a clause, alone or before its role (`law/eu/9 GRANTS`).

    The tests of the rulebook name codes and parameters instead.
    """
    of_rulebook = {name for clause in clauses.values() for name in (*clause.grounds, *clause.readings)}
    found = []
    for module in modules:
        known = of_rulebook if module.package == "rulebook_test" else clauses.keys()
        for rule in module.rules if module.is_test else ():
            named = known & {text.split(" ")[0] for text in strings(rule.node)}
            if rule.name.startswith("test_") and named:
                file = workspace.name(workspace.rego / module.name)
                found.append(Test(rule.name, frozenset(named), file, rule.row))
    return found


def cases_of(workspace: Workspace, clause_ids: Iterable[str]) -> list[Case]:
    """Return every worked case that expects a clause, in the order of files. Raises DocumentInvalid."""
    known = set(clause_ids)
    if workspace.cases is None:
        return []
    return [
        case
        for file in sorted(workspace.cases.glob("*.yaml"))
        for case in _cases(workspace.name(file), file.read_text(), known)
        if case.clauses
    ]


def _cases(name: str, text: str, known: set[str]) -> Iterator[Case]:
    """Read cases with their lines, which `decider.authoring.cases` does not keep."""
    try:
        root = yaml.compose(text, Loader=LIBYAML_LOADER)
    except yaml.YAMLError as fault:
        raise DocumentInvalid(f"{name}: not valid YAML: {fault}") from None
    listed = _below(root, "cases")
    for node in listed.value if isinstance(listed, yaml.SequenceNode) else []:
        case_id, title = (getattr(_below(node, key), "value", "") for key in ("id", "title"))
        expected = {text for each in _expectations(node) for text in _scalars(each)}
        yield Case(str(case_id), str(title), frozenset(known & expected), name, node.start_mark.line + 1)


def _expectations(node: Any) -> Iterator[Any]:  # noqa: ANN401 (a node of PyYAML, which is typed as Any)
    """Yield the expectations of a case, of its steps and of its variants."""
    for part in [node, *getattr(_below(node, "steps"), "value", []), *getattr(_below(node, "variants"), "value", [])]:
        expected = _below(part, "expect")
        if expected is not None:
            yield expected


def _below(node: Any, key: str) -> Any:  # noqa: ANN401 (of PyYAML)
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next((value for name, value in pairs if name.value == key), None)


def _scalars(node: Any) -> Iterator[str]:  # noqa: ANN401 (of PyYAML)
    if isinstance(node, yaml.ScalarNode):
        yield node.value
    elif isinstance(node, yaml.SequenceNode):
        for one in node.value:
            yield from _scalars(one)
    elif isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            yield from _scalars(value)
