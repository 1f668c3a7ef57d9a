"""Where the conditions of a rule begin and end, found in its text.

OPA's parse tree gives the place of every expression, but not of the braces around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from decider.authoring.rego_syntax import Rule

__all__ = ["Branch", "branches", "branches_of"]

_OPENING, _CLOSING = "{[(", "}])"
# Strings (a template string holds no quote but an escaped one), comments, words, single characters.
_TOKEN = re.compile(r'\$?"(?:\\.|[^"\\])*"|\$?`[^`]*`|#[^\n]*|[A-Za-z_][A-Za-z0-9_]*|\S')


@dataclass(frozen=True)
class Branch:
    """One branch of a rule: its head ends at `head_end`; its conditions stand in [`start`, `end`), braces excluded.

    Without conditions `start` and `end` are `head_end`. `braced` tells whether there are braces. `value` is where its
    value begins, after `:=`; without a value it is `head_end`.
    """

    value: int
    head_end: int
    start: int
    end: int
    braced: bool

    @property
    def conditional(self) -> bool:
        """Whether it has conditions."""
        return self.end > self.head_end

    @property
    def whole_end(self) -> int:
        """Where it ends, its closing brace included."""
        return self.end + 1 if self.braced else self.end


def branches_of(rule: Rule) -> Sequence[Branch]:
    """Return the branches of a rule: the rule itself, and each `else`."""
    return branches(rule.source.text, rule.span.start, rule.span.end)


def branches(text: str, start: int, end: int) -> Sequence[Branch]:
    """Return the branches of the rule that stands in [`start`, `end`): the rule itself, and each `else`."""
    tokens = list(_outermost(text, start, end))
    begins = [0, *(index for index, (_, word) in enumerate(tokens) if word == "else")]
    ends = [*begins[1:], len(tokens)]
    return [
        _branch(text, tokens[first:last], tokens[last][0] if last < len(tokens) else end)
        for first, last in zip(begins, ends, strict=True)
    ]


def _branch(text: str, tokens: Sequence[tuple[int, str]], stop: int) -> Branch:
    """Read one branch, which ends before `stop`."""
    end = len(text[:stop].rstrip())
    index = next((index for index, (_, word) in enumerate(tokens) if word == "if"), None)
    head_end = end if index is None else len(text[: tokens[index][0]].rstrip())
    value = next((place + 1 for place, word in tokens[:index] if word == "="), head_end)
    if index is None:
        return Branch(value, end, end, end, braced=False)
    begins, word = tokens[index + 1]
    if word == "{":
        return Branch(value, head_end, begins + 1, tokens[index + 2][0], braced=True)
    return Branch(value, head_end, begins, end, braced=False)


def _outermost(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Yield the tokens that stand in no bracket, and the brackets around those that do."""
    depth = 0
    for match in _TOKEN.finditer(text, start, end):
        token = match.group()
        if token.startswith("#"):
            continue
        if token in _CLOSING:
            depth -= 1
        if depth == 0:
            yield match.start(), token
        if token in _OPENING:
            depth += 1
