"""What stands behind a clause: the rules that cite it, the Rego tests and the worked cases that name it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import yaml

from decider.authoring.cases import DocumentInvalid
from decider.authoring.reference.reads import Read, Reads
from decider.authoring.reference.syntax import Module, Node, nodes, strings
from decider.bundle import Catalog, Texts
from decider.workspace import Workspace

__all__ = ["Case", "LawGrounds", "Rule", "Test", "cases_of", "rules_of", "tests_of"]

# regime -> code -> clause and role
LawGrounds: TypeAlias = Mapping[str, Mapping[str, Mapping[str, str]]]


@dataclass(frozen=True)
class Rule:
    """One rule: what its METADATA says, the set it adds to, the code in words (if it has one), and what it reads."""

    clause_id: str
    role: str
    title: str
    description: str
    adds_to: str
    said: str
    reading: str
    read: Read
    package: str
    file: str
    line: int


@dataclass(frozen=True)
class Test:
    """One Rego test and the clauses that it names."""

    name: str
    clauses: frozenset[str]
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


def rules_of(modules: Iterable[Module], catalog: Catalog, law_grounds: LawGrounds) -> list[Rule]:
    """Return every rule that has a clause, once for each clause, in the order of files and lines."""
    decides = [module for module in modules if not module.is_test]
    reads = Reads(decides)
    return [
        made
        for module in decides
        for rule in module.rules
        for made in _rules(module, rule, reads, catalog, law_grounds)
    ]


def _rules(module: Module, rule: Node, reads: Reads, catalog: Catalog, law_grounds: LawGrounds) -> Iterator[Rule]:
    for annotation in rule.get("annotations", []):
        custom = annotation.get("custom", {})
        citations = [(custom["clause"], custom.get("role", ""))] if "clause" in custom else []
        for clause_id, role in [*citations, *_law_citations(rule, law_grounds)]:
            adds_to = str(rule["head"]["ref"][0]["value"])
            element = _element(rule)
            yield Rule(
                clause_id=clause_id,
                role=role,
                title=annotation.get("title", ""),
                description=annotation.get("description", ""),
                adds_to=adds_to,
                said=_said(adds_to, element, catalog.texts_of(clause_id.partition("/")[0])),
                reading=element.get("parameter", "") if adds_to == "readings" else "",
                read=reads.of(module, [rule]),
                package=module.package,
                file=module.file,
                line=rule["location"]["row"],
            )


def _law_citations(rule: Node, law_grounds: LawGrounds) -> Iterator[tuple[str, str]]:
    """Every clause and role of a rule of the law, which reads its citation by a code: `withdrawal.grounds.<code>`."""
    for node in nodes(rule):
        parts = [part.get("value") for part in node["value"]] if node.get("type") == "ref" else []
        if parts[:2] == ["withdrawal", "grounds"]:
            cites = {(cite["clause"], cite["role"]) for codes in law_grounds.values() for cite in [codes[parts[2]]]}
            yield from sorted(cites)


def _element(rule: Node) -> Mapping[str, str]:
    """The keys of the element that a rule adds, where their values are plain texts."""
    key = rule["head"].get("key") or {}
    pairs = key["value"] if key.get("type") == "object" else []
    return {name["value"]: value["value"] for name, value in pairs if value.get("type") == "string"}


def _said(adds_to: str, element: Mapping[str, str], texts: Texts) -> str:
    """What the code of an element says to whoever reads the decision; of a duty or the end of a plan, its type."""
    if adds_to in {"duties", "cancellations"}:
        kind = element.get("type", "")
        return f"`{kind}`" if kind else ""
    code = element.get("code", "")
    if adds_to == "bars":
        return {"deny": "refused", "review": "a reviewer decides"}.get(element.get("outcome", ""), "")
    table = {"missing": texts.missing, "deductions": texts.lines}.get(adds_to, texts.warnings)
    return table.get(code, "")


def tests_of(modules: Iterable[Module], clause_ids: Iterable[str]) -> list[Test]:
    """Return every Rego test that names a clause, alone or before its role (`law/eu/9 GRANTS`)."""
    known = set(clause_ids)
    found = []
    for module in modules:
        for rule in module.rules if module.is_test else ():
            name = str(rule["head"]["ref"][0]["value"])
            named = known & {text.split(" ")[0] for text in strings(rule)}
            if name.startswith("test_") and named:
                found.append(Test(name, frozenset(named), module.file, rule["location"]["row"]))
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
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as fault:
        raise DocumentInvalid(f"{name}: no valid YAML: {fault}") from None
    listed = _below(root, "cases")
    for node in listed.value if isinstance(listed, yaml.SequenceNode) else []:
        case_id, title = (getattr(_below(node, key), "value", "") for key in ("id", "title"))
        expected = {text for each in _expectations(node) for text in _scalars(each)}
        yield Case(str(case_id), str(title), frozenset(known & expected), name, node.start_mark.line + 1)


def _expectations(node: Any) -> Iterator[Any]:  # noqa: ANN401 (a node of PyYAML, which is typed as Any)
    """What a case expects, of itself, its steps and its variants."""
    for part in [node, *getattr(_below(node, "steps"), "value", []), *getattr(_below(node, "variants"), "value", [])]:
        expected = _below(part, "expect")
        if expected is not None:
            yield expected


def _below(node: Any, key: str) -> Any:  # noqa: ANN401
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next((value for name, value in pairs if name.value == key), None)


def _scalars(node: Any) -> Iterator[str]:  # noqa: ANN401
    if isinstance(node, yaml.ScalarNode):
        yield node.value
    elif isinstance(node, yaml.SequenceNode):
        for one in node.value:
            yield from _scalars(one)
    elif isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            yield from _scalars(value)
