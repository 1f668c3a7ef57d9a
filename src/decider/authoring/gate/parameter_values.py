"""Which values of a parameter the rules ask for: those of its schema that they compare with, look up or seek.

A value is followed by name: from `input.parameters.rounding` to a key of an object, a variable, a rule or an argument
of a function that takes it over, and from there on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from decider.authoring.gate.workspace_files import Tree
from decider.authoring.rego_syntax import Module

__all__ = ["AskedValues", "values_of_facts"]

# A name in the rules; an argument of a function is `function#position`.
Names = defaultdict[str, set[str]]


class AskedValues:
    """Collects how the rules use the values of each name: compared, looked up or handed on."""

    def __init__(self, modules: Sequence[Module], facts: Mapping[str, AbstractSet[str]]) -> None:
        """Read the rules. `facts` maps the last name of a fact to the values that it may have."""
        self._holders: Names = defaultdict(set)
        self._compared: Names = defaultdict(set)
        self._sought: Names = defaultdict(set)
        self._texts: Names = defaultdict(set)
        for module in modules:
            for rule in module.tree.get("rules", []):
                self._rule(rule)
        for name, values in facts.items():
            for holder in self._reached(name):
                self._texts[holder] |= values

    def unasked(self, name: str, schema: Mapping[str, Any]) -> Sequence[str]:
        """Return the values in a parameter's schema, or in that of its items, that no rule asks for."""
        items = schema.get("items")
        values = schema.get("enum", items.get("enum", []) if isinstance(items, Mapping) else [])
        asked = {value for holder in self._reached(name) for value in self._compared[holder]}
        for sought in self._sought[name]:
            if not self._texts[sought]:
                return []  # it may be any text
            asked |= self._texts[sought]
        return [value for value in values if value not in asked and value != schema.get("otherwise")]

    def _reached(self, name: str) -> AbstractSet[str]:
        found, more = {name}, [name]
        while more:
            new = self._holders[more.pop()] - found
            found |= new
            more += new
        return found

    def _rule(self, rule: Tree) -> None:
        head = rule["head"]
        name = head["ref"][0]["value"]
        for position, argument in enumerate(head.get("args", []), 1):
            self._compared[f"{name}#{position}"] |= set(_texts([argument]))
            self._hold(argument, f"{name}#{position}", back=True)
        while rule:
            value = rule["head"].get("value", {})
            self._hold(value, name)
            self._texts[name] |= set(_texts([value]))
            for part in (value, rule["head"].get("key"), rule.get("body")):
                self._walk(part)
            rule = rule.get("else")

    def _walk(self, node: Tree) -> None:
        if isinstance(node, dict):
            self._node(node)
            for key, item in node.items():
                if key != "location":
                    self._walk(item)
        elif isinstance(node, list):
            for item in node:
                self._walk(item)

    def _node(self, node: Tree) -> None:
        kind, value = node.get("type"), node.get("value")
        if kind == "object":
            for key, item in value:
                for text in _texts([key]):
                    self._hold(item, text)
        elif kind == "ref" and value[0]["type"] == "object":
            self._ask(value[1], [key for key, _ in value[0]["value"]])
        elif kind == "call":
            self._call(value)
        elif isinstance(node.get("terms"), list):
            self._call(node["terms"])

    def _call(self, terms: Sequence[Tree]) -> None:
        function = ".".join(str(part["value"]) for part in terms[0]["value"])
        if function in {"equal", "neq"}:
            self._ask(terms[1], [terms[2]])
            self._ask(terms[2], [terms[1]])
        elif function == "assign":
            self._hold(terms[2], terms[1]["value"] if terms[1]["type"] == "var" else "")
        elif function == "object.get" and terms[1]["type"] == "object":
            self._ask(terms[2], [key for key, _ in terms[1]["value"]])
        elif function == "internal.member_2":
            self._ask(terms[1], terms[2]["value"] if terms[2]["type"] in {"array", "set"} else [])
            if (listed := _last(terms[2])) and (sought := _last(terms[1])):
                self._sought[listed].add(sought)
        else:
            for position, argument in enumerate(terms[1:], 1):
                self._hold(argument, f"{function.rpartition('.')[2]}#{position}")

    def _ask(self, term: Tree, others: Sequence[Tree]) -> None:
        if name := _last(term):
            self._compared[name] |= set(_texts(others))

    def _hold(self, term: Tree, holder: str, *, back: bool = False) -> None:
        if (name := _last(term)) and holder:
            self._holders[holder if back else name].add(name if back else holder)


def values_of_facts(schema: Mapping[str, Any]) -> Mapping[str, AbstractSet[str]]:
    """Return the values of the facts that have an enum, by the last name of the fact."""
    found: Names = defaultdict(set)

    def collect(name: str, node: Tree) -> None:
        if isinstance(node, dict):
            found[name].update(value for value in node.get("enum", []) if isinstance(value, str))
            for key, item in node.items():
                if key == "properties":
                    for below, each in item.items():
                        collect(below, each)
                else:
                    collect(name, item)
        elif isinstance(node, list):
            for item in node:
                collect(name, item)

    collect("", schema)
    return {name: values for name, values in found.items() if values}


def _last(term: Tree) -> str:
    """Return the last name of a variable or reference: `partial_use` of `input.parameters.partial_use`."""
    if term.get("type") == "ref" and term["value"][-1]["type"] == "string":
        return str(term["value"][-1]["value"])
    return str(term["value"]) if term.get("type") == "var" else ""


def _texts(terms: Sequence[Tree]) -> Iterator[str]:
    yield from (term["value"] for term in terms if term.get("type") == "string")
