"""Rego files as OPA's own parser reads them: rules with the places of all their parts."""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

from decider.authoring.mutate.faults import MutationFault
from decider.authoring.mutate.scanner import Branch, branches

__all__ = ["Module", "Node", "Rule", "Source", "Span", "parse"]

# A node of OPA's parse tree.
Node: TypeAlias = Mapping[str, Any]

_PARSE_TIMEOUT_S = 60


@dataclass(frozen=True, order=True)
class Span:
    """A stretch of a text, from `start` to before `end`."""

    start: int
    end: int


@dataclass(frozen=True)
class Source:
    """The text of a file; `name` is relative to the folder of the policies, with `/`."""

    name: str
    text: str

    @cached_property
    def _rows(self) -> Sequence[int]:
        starts = [0]
        for line in self.text.splitlines(keepends=True):
            starts.append(starts[-1] + len(line))
        return starts

    def row_of(self, offset: int) -> int:
        """Return the line, from 1, that an offset lies in."""
        return self.text.count("\n", 0, offset) + 1

    def line(self, row: int) -> str:
        """Return a line, from 1, without the blanks around it."""
        return self.text.splitlines()[row - 1].strip()

    def span(self, node: Node) -> Span | None:
        """Return where a node stands, or None where OPA's place for it does not hold its text.

        OPA counts columns in characters. A few places are off: an operand that begins with a parenthesis, a negative
        number, the condition of an `else` without braces.
        """
        place = node.get("location")
        if not place:
            return None
        text = base64.b64decode(place.get("text", "")).decode()
        start = self._rows[place["row"] - 1] + place["col"] - 1
        span = Span(start, start + len(text))
        return span if text and self.text[start : span.end] == text else None

    def at(self, span: Span) -> str:
        """Return the text of a span."""
        return self.text[span.start : span.end]


@dataclass(frozen=True)
class Rule:
    """One rule with its `else` branches: what is mutated, copied and guarded as one.

    `span` holds its METADATA, where that names a clause; `head` is where the rule itself begins.
    """

    source: Source
    node: Node
    name: str
    span: Span
    head: int
    branches: Sequence[Branch]
    clause: str

    @property
    def text(self) -> str:
        """The rule as it is written, METADATA with a clause included."""
        return self.source.at(self.span)

    @property
    def row(self) -> int:
        """The line on which the rule itself begins."""
        return self.source.row_of(self.head)

    @property
    def rows(self) -> range:
        """The lines of the rule, METADATA included."""
        return range(self.source.row_of(self.span.start), self.source.row_of(self.span.end - 1) + 1)

    @property
    def is_default(self) -> bool:
        """Whether it is a `default`, of which a name has one at most."""
        return bool(self.node.get("default"))

    @property
    def adds_to_set(self) -> bool:
        """Whether it is one of the rules that together make up a set."""
        head = self.node["head"]
        return "key" in head and "value" not in head


@dataclass(frozen=True)
class Module:
    """A file of rules; `package` is its path below `data`."""

    source: Source
    package: Sequence[str]
    rules: Sequence[Rule]
    tree: Node


def parse(opa: Path, folder: Path, name: str) -> Module:
    """Parse the file `name` of a folder. Raises MutationFault."""
    try:
        done = subprocess.run(
            [opa, "parse", "--format", "json", "--json-include", "locations", folder / name],
            capture_output=True,
            timeout=_PARSE_TIMEOUT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as failure:
        raise MutationFault(f"opa parse did not run: {type(failure).__name__}") from None
    if done.returncode:
        said = " ".join((done.stderr or done.stdout).decode(errors="replace").split())
        raise MutationFault(f"{name} cannot be parsed: {said}")
    tree = json.loads(done.stdout)
    source = Source(name, (folder / name).read_text(encoding="utf-8"))
    package = [part["value"] for part in tree["package"]["path"]][1:]
    return Module(source, package, list(_rules(source, tree)), tree)


def _rules(source: Source, tree: Node) -> Iterator[Rule]:
    """Yield the rules of a file; one that shares its head's line with another body is none of its own."""
    for node in tree.get("rules", []):
        span = source.span(node)
        if span is None:
            raise MutationFault(f"{source.name}: OPA tells no place for the rule {node['head'].get('name', '')}")
        if node.get("default"):  # its place is that of the word `default`
            value = source.span(node["head"]["value"])
            span = Span(span.start, value.end if value else span.end)
        start, clause = _metadata(source, node, span)
        yield Rule(
            source=source,
            node=node,
            name=node["head"]["ref"][0]["value"],
            span=Span(start, span.end),
            head=span.start,
            branches=branches(source.text, span.start, span.end),
            clause=clause,
        )


def _metadata(source: Source, node: Node, span: Span) -> tuple[int, str]:
    """Return where the METADATA with a clause begins, and the clause; else where the rule begins, and nothing."""
    for annotation in node.get("annotations", []):
        clause = annotation.get("custom", {}).get("clause", "")
        place = source.span(annotation)
        if clause and place and not source.text[place.end : span.start].strip():
            return place.start, clause
    return span.start, ""
