"""Many mutants in one text that is compiled once: each beside the original, woken by a value in OPA's data.

A rule that has mutants holds only where `data.mutation.rule` is not its name; every mutant of it stands at the end of
the file as a copy that holds only where `data.mutation.active` is its own. OPA indexes the second condition, so that a
thousand sleeping copies cost next to nothing. With nothing awake the text decides as the original does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from decider.authoring.mutate.branches import Branch, branches
from decider.authoring.mutate.mutants import RuleMutant
from decider.authoring.rego_syntax import Module, Rule

__all__ = ["ACTIVATION", "Schema", "activation", "schema_of"]

# Where in OPA's data it stands which mutant is awake.
ACTIVATION = "mutation"


@dataclass(frozen=True)
class Schema:
    """The text of a file with its mutants; `places` holds the lines of each mutant's copy."""

    text: str
    places: Sequence[tuple[range, RuleMutant]]

    def mutant_at(self, row: int) -> RuleMutant | None:
        """Return the mutant whose copy holds a line."""
        return next((mutant for rows, mutant in self.places if row in rows), None)


def activation(mutant: RuleMutant | None) -> dict[str, str]:
    """Return the value of `data.mutation` that wakes a mutant; of None, the one under which all sleep."""
    if mutant is None:
        return {"rule": "", "active": ""}
    return {"rule": _name(mutant.origin), "active": mutant.key}


def schema_of(module: Module, mutants: Sequence[RuleMutant]) -> Schema:
    """Write a file with mutants, none of which stands alone. The lines of the original keep their numbers."""
    text = module.source.text
    mutated = {mutant.origin.span.start: mutant.origin for mutant in mutants}
    pieces, position = [], 0
    for start in sorted(mutated):
        rule = mutated[start]
        pieces += [text[position:start], _guarded(rule, f'data.{ACTIVATION}.rule != "{_name(rule)}"')]
        position = rule.span.end
    written = "".join([*pieces, text[position:]]).rstrip("\n") + "\n"
    copies, places, row = [], [], written.count("\n") + 2
    for mutant in mutants:
        if mutant.removes_rule:
            continue
        copy = _guarded(mutant.origin, f'data.{ACTIVATION}.active == "{mutant.key}"', mutant)
        rows = range(row, row + copy.count("\n") + 1)
        copies.append(f"\n{copy}\n")
        places.append((rows, mutant))
        row = rows.stop + 1
    return Schema(written + "".join(copies), places)


def _name(rule: Rule) -> str:
    return f"{rule.source.name}:{rule.row}"


def _guarded(rule: Rule, condition: str, mutant: RuleMutant | None = None) -> str:
    """Write a rule whose every branch holds only under one more condition, with the mistake of `mutant`."""
    text, start, end = rule.source.text, rule.span.start, rule.span.end
    if mutant is not None:
        edit = mutant.edit
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
        end += len(edit.text) - (edit.span.end - edit.span.start)
    position, pieces = start, []
    for place, guard in _guards(text, branches(text, start, end), condition):
        pieces += [text[position:place], guard]
        position = place
    return "".join([*pieces, text[position:end]])


def _guards(text: str, of: Sequence[Branch], condition: str) -> Iterator[tuple[int, str]]:
    for branch in of:
        if not branch.conditional:
            yield branch.end, f" if {{ {condition} }}"
        elif branch.braced:
            # On the same line, so that no line moves; where another expression follows there, it must be parted.
            follows = text[branch.start : branch.end].lstrip(" \t")[:1]
            yield branch.start, f" {condition}" if follows in {"\n", "#"} else f" {condition};"
        else:
            yield branch.start, f"{{ {condition}; "
            yield branch.end, " }"
