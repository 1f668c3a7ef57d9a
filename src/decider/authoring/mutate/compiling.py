"""Batches of mutants, compiled: those that OPA objects to are left out, until it objects to none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from decider.authoring.mutate.mutants import DataMutant, Mutant, RuleMutant
from decider.authoring.mutate.policy_files import MutationFault, Policies
from decider.authoring.mutate.sleeping_mutants import Schema, schema_of
from decider.authoring.opa import CompileError, check
from decider.authoring.rego_syntax import Module

__all__ = ["Compiled", "compiled", "packed"]

# OPA's type checker takes more than twice as long for twice as many copies of a rule.
_BATCH = 300
_LEAST = 60


@dataclass(frozen=True)
class Compiled:
    """A batch that compiles: those that are `valid`, and those that are not, with OPA's reason.

    `asleep` tells whether they have to be woken one by one.
    """

    valid: Sequence[Mutant]
    invalid: Sequence[tuple[Mutant, str]]
    asleep: bool


def packed(mutants: Sequence[Mutant], jobs: int) -> list[Sequence[Mutant]]:
    """Sort mutants into batches: those of data, each that stands alone, the others with few copies of one rule each.

    There are as many batches as there are `jobs`, where each is worth the time that it takes to compile.
    """
    data = [one for one in mutants if isinstance(one, DataMutant)]
    rules = [one for one in mutants if isinstance(one, RuleMutant)]
    alone = [[one] for one in rules if one.stands_alone]
    together = [one for one in rules if not one.stands_alone]
    count = max(-(-len(together) // _BATCH), min(jobs, len(together) // _LEAST), 1)
    batches: list[Sequence[Mutant]] = [*(together[start::count] for start in range(count)), data, *alone]
    return [batch for batch in batches if batch]


def compiled(
    policies: Policies, modules: Mapping[str, Module], batch: Sequence[Mutant], opa: Path, folder: str
) -> Compiled:
    """Lay out a batch in a folder, ready for OPA to run. Raises MutationFault where what is wrong is no mutant's."""
    target = Path(folder)
    rules = [one for one in batch if isinstance(one, RuleMutant)]
    if not rules:
        policies.lay_out(target, {}, tests=True)
        return Compiled(batch, [], asleep=False)
    if rules[0].stands_alone:
        return _alone(policies, rules[0], opa, target)
    left, invalid = list(rules), list[tuple[Mutant, str]]()
    while left:
        schemata = _schemata(modules, left)
        policies.lay_out(target, {name: schema.text for name, schema in schemata.items()}, tests=False)
        errors = check(opa, target, policies.capabilities)
        if not errors:
            policies.lay_out(target, {name: schema.text for name, schema in schemata.items()}, tests=True)
            break
        wrong = _blamed(errors, schemata)
        invalid += [(mutant, wrong[mutant.key]) for mutant in left if mutant.key in wrong]
        left = [mutant for mutant in left if mutant.key not in wrong]
    return Compiled(left, invalid, asleep=True)


def _schemata(modules: Mapping[str, Module], mutants: Sequence[RuleMutant]) -> Mapping[str, Schema]:
    by_file: dict[str, list[RuleMutant]] = {}
    for mutant in mutants:
        by_file.setdefault(mutant.file, []).append(mutant)
    return {name: schema_of(modules[name], own) for name, own in by_file.items()}


def _blamed(errors: Sequence[CompileError], schemata: Mapping[str, Schema]) -> Mapping[str, str]:
    """Return why mutants do not compile, by key. Raises MutationFault where it is the original that does not."""
    found: dict[str, str] = {}
    for error in errors:
        mutant = schemata[error.file].mutant_at(error.row) if error.file in schemata else None
        if mutant is not None:
            found.setdefault(mutant.key, error.message)
    if not found:
        first = errors[0]
        raise MutationFault(f"{first.file}:{first.row}: {first.message}")
    return found


def _alone(policies: Policies, mutant: RuleMutant, opa: Path, target: Path) -> Compiled:
    source, span = mutant.origin.source, mutant.edit.span
    text = source.text[: span.start] + mutant.edit.text + source.text[span.end :]
    policies.lay_out(target, {source.name: text}, tests=False)
    errors = check(opa, target, policies.capabilities)
    if errors:
        return Compiled([], [(mutant, errors[0].message)], asleep=False)
    policies.lay_out(target, {source.name: text}, tests=True)
    return Compiled([mutant], [], asleep=False)
