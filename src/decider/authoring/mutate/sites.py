"""The places where a rule can be mutated, from its parse tree: conditions, constants and calls of builtins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from decider.authoring.mutate.branches import branches_of
from decider.authoring.rego_syntax import Node, Rule, Source, Span

__all__ = ["Condition", "Constant", "Operator", "Sites", "sites_of"]

# Functions that return one of their arguments: a constant among these stands for the value of the call.
_TRANSPARENT = {"concat", "union", "max", "min", "sort"}
_COMPARISONS = {"==", "!=", "<", "<=", ">", ">="}
_CONSTANTS = {"number", "string", "boolean"}


@dataclass(frozen=True)
class Condition:
    """One expression of a body. `operator` and `right` are those of a comparison, or "" and None."""

    span: Span
    negated: bool
    kind: str
    operator: str = ""
    right: Span | None = None
    right_is_number: bool = False


@dataclass(frozen=True)
class Constant:
    """A number, a string or a boolean. `key` names its meaning, such as `status` or an argument of a function.

    `compared` is the operator of the comparison whose right side it is, else "".
    """

    span: Span
    type: str
    value: str | int | bool
    key: str
    compared: str = ""


@dataclass(frozen=True)
class Operator:
    """A call of a builtin or a comparison: its name or sign."""

    span: Span
    text: str


@dataclass
class Sites:
    """All places of one rule."""

    conditions: list[Condition] = field(default_factory=list)
    constants: list[Constant] = field(default_factory=list)
    operators: list[Operator] = field(default_factory=list)


def sites_of(rule: Rule) -> Sites:
    """Find the places of a rule, its `else` branches included, in the order of the text."""
    walk = _Walk(rule.source)
    node: Node | None = rule.node
    for branch in branches_of(rule):
        if node is None:
            break
        whole = Span(branch.start, branch.end) if not branch.braced else None
        walk.head(node["head"], rule.name)
        if branch.conditional:
            walk.body(node["body"], whole)
        node = node.get("else")
    for found in (walk.sites.conditions, walk.sites.constants, walk.sites.operators):
        found.sort(key=lambda site: site.span)
    return walk.sites


class _Walk:
    """Walk the tree and record each place whose text is at the position that OPA reports."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.sites = Sites()

    def head(self, head: Node, name: str) -> None:
        """Walk the head of a rule: the constants in its arguments and its value."""
        for position, argument in enumerate(head.get("args", [])):
            self.term(argument, f"{name}/{position}")
        for part in head.get("ref", [])[1:]:
            self.term(part, name)
        for key in ("key", "value"):
            if key in head:
                self.term(head[key], name)

    def body(self, body: Sequence[Node], whole: Span | None = None) -> None:
        """Walk the expressions of a body; `whole` is the place of a single expression, where OPA may be wrong."""
        for expression in body:
            span = whole if whole and len(body) == 1 else self.source.span(expression)
            if span is not None and not expression.get("generated"):
                self.expression(expression, span)

    def expression(self, expression: Node, span: Span) -> None:
        """Record an expression as a condition, and walk its parts."""
        terms = expression["terms"]
        kind, operator, right, number = "term", "", None, False
        if isinstance(terms, list):
            sign = self.source.span(terms[0])
            operator = self.source.at(sign) if sign else ""
            kind = "comparison" if operator in _COMPARISONS else "binding" if operator in {":=", "="} else "call"
            if sign and kind == "comparison" and len(terms) == 3:
                right = Span(sign.end, self._end_of_terms(expression, span))
                number = terms[2]["type"] == "number"
            self.call(terms, "")
        elif "symbols" in terms:
            kind = "some"
            for symbol in terms["symbols"]:
                self.term(symbol, "")
        elif "domain" in terms:
            kind = "every"
            self.term(terms["domain"], "")
            self.body(terms["body"])
        else:
            self.term(terms, "")
        for one in expression.get("with", []):
            self.term(one["value"], "")
        condition = Condition(
            span, bool(expression.get("negated")), kind, operator if kind == "comparison" else "", right, number
        )
        self.sites.conditions.append(condition)

    def _end_of_terms(self, expression: Node, span: Span) -> int:
        """Return where an expression ends without its `with`."""
        places = [self.source.span(one) for one in expression.get("with", [])]
        starts = [place.start for place in places if place]
        text = self.source.text[span.start : min([span.end, *starts])]
        return span.start + len(text.rstrip())

    def call(self, terms: Sequence[Node], key: str) -> None:
        """Walk a call: its operator, and its arguments with their meanings."""
        sign = self.source.span(terms[0])
        text = self.source.at(sign) if sign else ""
        if sign and text:
            self.sites.operators.append(Operator(sign, text))
        arguments = terms[1:]
        for position, argument in enumerate(arguments):
            self.term(argument, _key_of(text, arguments, position, key), text if position == 1 else "")

    def term(self, term: Node, key: str, compared: str = "") -> None:
        """Walk a term that stands for `key`."""
        kind = term["type"]
        if kind in _CONSTANTS:
            self._constant(term, key, compared)
        elif kind == "call":
            self.call(term["value"], key)
        elif kind.endswith("comprehension"):
            value = term["value"]
            self.term(value["value"] if kind == "objectcomprehension" else value["term"], key)
            self.body(value["body"])
        else:
            for below, name in _below(term, key):
                self.term(below, name)

    def _constant(self, term: Node, key: str, compared: str) -> None:
        span = self.source.span(term)
        if span is None or self.source.at(span) == "-":
            return
        operator = compared if compared in _COMPARISONS else ""
        self.sites.constants.append(Constant(span, term["type"], term["value"], key, operator))


def _below(term: Node, key: str) -> Iterator[tuple[Node, str]]:
    """Yield the terms in a path, a list, a set or an object, each with its meaning."""
    kind = term["type"]
    if kind == "ref":
        first, *parts = term["value"]
        if first["type"] != "var":
            yield first, ""
        yield from ((part, "") for part in parts if part["type"] != "string")
    elif kind in {"array", "set"}:
        yield from ((item, key) for item in term["value"])
    elif kind == "object":
        for name, item in term["value"]:
            yield item, str(name["value"]) if name["type"] == "string" else key


def _key_of(function: str, arguments: Sequence[Node], position: int, key: str) -> str:
    """Return the meaning of an argument: the path that it is compared with, or else its position."""
    if function in _COMPARISONS or function in {"in", "=", ":="}:
        others = (_last_name(one) for index, one in enumerate(arguments) if index != position)
        return next((name for name in others if name), "")
    if not function or function.rpartition(".")[2] in _TRANSPARENT or not function[0].isalpha():
        return key
    return f"{function.rpartition('.')[2]}/{position}"


def _last_name(term: Node) -> str:
    """Return the last name of a path, such as `status` of `input.account.status`; of a variable, its own; else ""."""
    last = term["value"][-1] if term["type"] == "ref" else term
    return str(last["value"]) if last["type"] == "var" or (term["type"] == "ref" and last["type"] == "string") else ""
