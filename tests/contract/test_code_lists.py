"""Codes are closed: the contract lists those of the texts, and the rules use those and no others (ruling 38)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

import code_lists
from decider.authoring.rego_syntax import Module, Node, files_that_decide, nodes, parse_each, strings
from decider.engine import find_opa
from decider.workspace import Workspace

TEXTS = code_lists.load_texts()
SECTIONS = {
    "warnings": TEXTS.warnings,
    "missing": TEXTS.missing,
    "lines": TEXTS.lines,
    "questions": TEXTS.questions,
}
# The names of the rules whose elements say a code of each section.
SAID_BY = {
    "warnings": ("warnings", "holds", "exclusions"),
    "missing": ("missing",),
    "lines": ("deductions",),
    "questions": ("reviews", "bars", "questions", "_asked_by"),
}
LINE_MAKERS = ("_line", "_payment_line")


@pytest.fixture(scope="module")
def rules() -> list[Module]:
    """Every file of rules that decide."""
    rego = Workspace.find(code_lists.ROOT).rego
    return [module for module in parse_each(find_opa(), rego, files_that_decide(rego)) if not module.is_test]


def test_the_contract_lists_the_codes_of_the_texts() -> None:
    proto = code_lists.PROTO.read_text()

    assert code_lists.written(proto, TEXTS) == proto
    assert code_lists.written(proto, replace(TEXTS, missing={**TEXTS.missing, "photo": "Ask for a photo."})) != proto


def test_a_comment_without_a_place_for_its_list_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"LineItem\.code"):
        code_lists.written("message LineItem {\n  string code = 1;\n}\n", TEXTS)


@pytest.mark.parametrize("section", SECTIONS)
def test_every_code_of_the_texts_is_said_by_a_rule(section: str, rules: list[Module]) -> None:
    said = {text for module in rules for text in strings(module.tree["rules"])}

    assert SECTIONS[section].keys() - said == set()


@pytest.mark.parametrize("section", SECTIONS)
def test_every_code_that_a_rule_says_has_a_text(section: str, rules: list[Module]) -> None:
    said = {code for module in rules for code in _codes(module, section)}

    assert len(said) > 2
    assert said - SECTIONS[section].keys() == set()


@pytest.mark.parametrize("section", SECTIONS)
def test_texts_are_sentences_for_people(section: str) -> None:
    for code, text in SECTIONS[section].items():
        ends = {"lines": "", "questions": "?"}.get(section, ".")

        assert text[0].isupper(), code
        assert text.endswith(ends), code


def _codes(module: Module, section: str) -> Iterator[str]:
    """Yield the codes of a section that the rules of a file say."""
    for rule in module.rules:
        if rule.name.endswith(SAID_BY[section]):
            yield from _code_values(rule.node["head"])
        if section == "lines":
            yield from _codes_of_lines(rule.node)


def _code_values(head: Node) -> Iterator[str]:
    for node in nodes(head):
        if node.get("type") == "object":
            element = {key["value"]: value["value"] for key, value in node["value"] if value["type"] == "string"}
            # A reviewer is asked about a bar unless it always denies.
            if "code" in element and element.get("outcome") != "deny":
                yield element["code"]


def _codes_of_lines(rule: Node) -> Iterator[str]:
    for node in nodes(rule):
        if node.get("type") == "call" and node["value"][0]["value"][0]["value"] in LINE_MAKERS:
            code = node["value"][1]
            if code["type"] == "string":
                yield code["value"]
