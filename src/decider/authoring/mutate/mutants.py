"""Mutants: one mistake each, in a rule or in data, with what a reader needs to find and judge it."""

from __future__ import annotations

import difflib
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from decider.authoring.mutate.operators import DROP_RULE, Edit, edits_of
from decider.authoring.mutate.replacement_values import Domains
from decider.authoring.rego_syntax import Module, Rule
from decider.bundle.catalog import JSON

__all__ = ["DataMutant", "Mutant", "RuleMutant", "area_of", "digest", "mutants_of"]


@dataclass(frozen=True)
class Mutant:
    """One mistake.

    `key` stays the same as long as the rule or the parameter does, wherever in the file it stands. `rule` is its name,
    `rows` are its lines; `before` and `after` are what is written in the place of the mistake, on one line. `policy_id`
    is the policy whose mistake it is: its own tests and cases have to notice. It is empty for a mistake that concerns
    every policy.
    """

    key: str
    file: str
    row: int
    rows: range
    rule: str
    operator: str
    before: str
    after: str
    policy_id: str

    @property
    def area(self) -> str:
        """The part of the policies whose score it counts for."""
        return area_of(self.file)

    @property
    def diff(self) -> Sequence[str]:
        """The change, line by line, as a diff shows it."""
        return [f"- {self.before}", f"+ {self.after}"]


@dataclass(frozen=True)
class RuleMutant(Mutant):
    """A mistake in a rule."""

    origin: Rule = field(compare=False)
    edit: Edit = field(compare=False)

    @property
    def removes_rule(self) -> bool:
        """Whether nothing is left of the rule."""
        return self.edit.operator == DROP_RULE

    @property
    def stands_alone(self) -> bool:
        """Whether it cannot be kept beside the original: a name has one `default`."""
        return self.origin.is_default

    @property
    def diff(self) -> Sequence[str]:
        """The change, line by line, as a diff shows it."""
        old = self.origin.text.splitlines()
        source, span = self.origin.source.text, self.origin.span
        new = source[span.start : self.edit.span.start] + self.edit.text + source[self.edit.span.end : span.end]
        lines = list(difflib.unified_diff(old, new.splitlines(), n=0, lineterm=""))
        return [f"{line[0]} {line[1:].strip()}" for line in lines[2:] if line[0] in "+-"]


@dataclass(frozen=True)
class DataMutant(Mutant):
    """A mistake in data; `changes` are values by their paths in OPA's data.

    Where it `counts`, the policy inputs depend on it: days, for example, are counted by parameters.
    """

    changes: Mapping[tuple[str, ...], JSON] = field(compare=False)
    counts: bool = False


def area_of(file: str) -> str:
    """Return the area of a file: a policy, a room of the decider, else its first folder."""
    first, *below = file.split("/")
    return f"{first}/{below[0]}" if first in {"policies", "decider"} and len(below) > 1 else first


def mutants_of(module: Module, domains: Domains) -> Iterator[RuleMutant]:
    """Yield the mutants of every rule of a module, in the order of the text."""
    twins: Counter[str] = Counter()
    for rule in module.rules:
        twin = f"{twins[rule.text]}" if twins[rule.text] else ""
        twins[rule.text] += 1
        for edit in edits_of(rule, domains):
            yield _mutant(rule, edit, twin)


def _mutant(rule: Rule, edit: Edit, twin: str) -> RuleMutant:
    start = edit.span.start - rule.span.start
    end = edit.span.end - rule.span.start
    parts = (rule.source.name, twin, rule.text, edit.operator, str(start), str(end), edit.text)
    before, after = _lines(rule, edit)
    return RuleMutant(
        key=digest(*parts),
        file=rule.source.name,
        row=rule.row if edit.operator == DROP_RULE else rule.source.row_of(edit.span.start),
        rows=rule.rows,
        rule=rule.name,
        operator=edit.operator,
        before=before,
        after=after,
        policy_id=area_of(rule.source.name).partition("policies/")[2],
        origin=rule,
        edit=edit,
    )


def _lines(rule: Rule, edit: Edit) -> tuple[str, str]:
    """Return the lines that an edit touches, before and after, with every run of blanks as one."""
    text = rule.source.text
    if edit.operator == DROP_RULE:
        return _plain(rule.source.line(rule.row)), ""
    start = text.rfind("\n", 0, edit.span.start) + 1
    end = text.find("\n", edit.span.end)
    end = len(text) if end < 0 else end
    return _plain(text[start:end]), _plain(text[start : edit.span.start] + edit.text + text[edit.span.end : end])


def _plain(text: str) -> str:
    return " ".join(text.split())


def digest(*parts: str) -> str:
    """Return a short digest of texts."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:20]
