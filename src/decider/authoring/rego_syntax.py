"""Rego files as OPA parses them: their packages, imports and rules, and where each part stands in the text."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from decider.authoring.opa import ProgramFailed, printed, run
from decider.bundle.files import CONVENTIONS

__all__ = [
    "TEST_SUFFIX",
    "Module",
    "Node",
    "Rule",
    "Source",
    "Span",
    "files_that_decide",
    "nodes",
    "parse",
    "parse_each",
    "rego_files",
    "strings",
]

Node: TypeAlias = Any  # of OPA's tree, as JSON

TEST_SUFFIX = "_test.rego"
# Several times the files of a repository, because one check after the other reads the same files.
_REMEMBERED = 512


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
    """One rule with its `else` branches."""

    source: Source
    node: Node

    @cached_property
    def name(self) -> str:
        """The name of the rule, without its keys."""
        return str(self.node["head"]["ref"][0]["value"])

    @cached_property
    def annotations(self) -> Sequence[Node]:
        """The METADATA blocks of the rule."""
        annotations: Sequence[Node] = self.node.get("annotations", [])
        return annotations

    @cached_property
    def span(self) -> Span:
        """Where the rule stands, without its METADATA."""
        span = self.source.span(self.node)
        if span is None:
            raise ProgramFailed(f"OPA gives no place for the rule {self.name}", file=self.source.name, line=self.row)
        if not self.is_default:
            return span
        value = self.source.span(self.node["head"]["value"])  # the place of a default is that of the word `default`
        return Span(span.start, value.end if value else span.end)

    @property
    def text(self) -> str:
        """The text of `span`."""
        return self.source.at(self.span)

    @property
    def row(self) -> int:
        """The line on which the rule begins."""
        row: int = self.node["location"]["row"]
        return row

    @property
    def rows(self) -> range:
        """The lines of `span`."""
        return range(self.source.row_of(self.span.start), self.source.row_of(self.span.end - 1) + 1)

    @property
    def is_default(self) -> bool:
        """Whether the rule is a `default`; a name has at most one."""
        return bool(self.node.get("default"))

    @property
    def adds_to_set(self) -> bool:
        """Whether the rule is partial: it adds to a set, as other rules of its name do."""
        head = self.node["head"]
        return "key" in head and "value" not in head


@dataclass(frozen=True)
class Module:
    """One parsed file; `path` is the package below `data`, `imports` are packages by alias."""

    source: Source
    tree: Node
    path: Sequence[str]
    imports: Mapping[str, str]
    rules: Sequence[Rule]

    @property
    def name(self) -> str:
        """The name of the file, relative to the folder of the policies."""
        return self.source.name

    @property
    def package(self) -> str:
        """The package with dots, without `data.`."""
        return ".".join(self.path)

    @property
    def is_test(self) -> bool:
        """Whether it holds tests rather than rules that decide."""
        return self.name.endswith(TEST_SUFFIX)


def rego_files(rego: Path) -> Sequence[str]:
    """Return the names of all Rego files of a folder, sorted; hidden folders are left out."""
    names = [path.relative_to(rego).as_posix() for path in sorted(rego.rglob("*.rego"))]
    return [name for name in names if not any(part.startswith(".") for part in name.split("/"))]


def files_that_decide(rego: Path) -> Sequence[str]:
    """Return the names of the files of rules and of their tests, sorted; the conventions decide nothing."""
    return [name for name in rego_files(rego) if name.split("/")[0] != CONVENTIONS]


def parse_each(opa: Path, rego: Path, names: Sequence[str]) -> Sequence[Module]:
    """Parse files of a folder, in their order. Raises ProgramFailed where OPA cannot parse one."""
    with ThreadPoolExecutor() as pool:
        return list(pool.map(lambda name: parse(opa, rego, name), names))


def parse(opa: Path, rego: Path, name: str) -> Module:
    """Parse the file `name` of a folder. Raises ProgramFailed."""
    try:
        text = (rego / name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as failure:
        raise ProgramFailed(f"cannot be read: {failure}", file=name) from None
    try:
        tree = json.loads(_parsed(opa, text))
    except ProgramFailed as failure:
        raise ProgramFailed(failure.message, file=name, line=failure.line, hint="make it valid Rego") from None
    source = Source(name, text)
    rules = [Rule(source, node) for node in tree.get("rules", [])]
    path = [str(part["value"]) for part in tree["package"]["path"][1:]]
    return Module(source, tree, path, dict(_imports(tree)), rules)


@lru_cache(_REMEMBERED)
def _parsed(opa: Path, text: str) -> str:
    """Return the tree of a text, as JSON."""
    done = run([opa, "parse", "/dev/stdin", "--format", "json", "--json-include", "locations,annotations"], stdin=text)
    if done.returncode == 0:
        return done.stdout
    try:
        fault = json.loads(done.stdout or done.stderr)["errors"][0]
        message, line = fault["message"], fault["location"]["row"]
    except (ValueError, LookupError, TypeError):
        message, line = printed(done), 0
    raise ProgramFailed(message, line=line)


def _imports(tree: Node) -> Iterator[tuple[str, str]]:
    for imported in tree.get("imports", []):
        parts = [str(part["value"]) for part in imported["path"]["value"]]
        yield imported.get("alias") or parts[-1], ".".join(parts[1:])


def nodes(tree: Node) -> Iterator[dict[str, Any]]:
    """Yield every mapping of a tree, outer mappings first."""
    left = [tree]
    while left:
        branch = left.pop()
        if isinstance(branch, dict):
            yield branch
            left += reversed(branch.values())
        elif isinstance(branch, list):
            left += reversed(branch)


def strings(tree: Node) -> Iterator[str]:
    """Yield every string literal of a tree."""
    return (node["value"] for node in nodes(tree) if node.get("type") == "string")
