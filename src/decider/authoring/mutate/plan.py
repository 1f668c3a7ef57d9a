"""Which mutants there are: of all rules and parameters, or of those that a change touched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from decider.authoring.mutate.clause_mutants import clause_mutants
from decider.authoring.mutate.mutants import Mutant, mutants_of
from decider.authoring.mutate.parameter_mutants import parameter_mutants
from decider.authoring.mutate.policy_files import MutationFault, Policies
from decider.authoring.mutate.replacement_values import Domains, enums_of
from decider.authoring.mutate.sites import sites_of
from decider.authoring.rego_syntax import Module, parse_each
from decider.authoring.shipped_files import as_shipped

__all__ = ["Plan", "Touched", "make_plan"]

# Lines by file, relative to the folder of the policies.
Touched = Mapping[str, AbstractSet[int]]


@dataclass(frozen=True)
class Plan:
    """The mutants, and the files of rules and tests as OPA reads them, by name.

    `partial` are the files of which some mutants are left out.
    """

    mutants: Sequence[Mutant]
    partial: AbstractSet[str]
    modules: Mapping[str, Module]
    tests: Sequence[Module]


def make_plan(policies: Policies, opa: Path, *, touched: Touched | None = None, only: Sequence[str] = ()) -> Plan:
    """Make the mutants of every rule, parameter and clause of the policies, or of those on lines that were `touched`.

    Files that ship and are unchanged are not mutated. `only` is what the names of the files may begin with. Raises
    MutationFault and ProgramFailed.
    """
    names = [*policies.rules, *policies.tests]
    parsed = dict(zip(names, parse_each(opa, policies.rego, names), strict=True))
    modules = {name: parsed[name] for name in policies.rules}
    shipped = as_shipped(policies.rego)
    found = [mutant for mutant in _all(policies, modules) if mutant.file not in shipped]
    for start in only:
        if not any(mutant.file.startswith(start) for mutant in found):
            raise MutationFault(f"--only {start}: no rule or parameter is in a file whose path begins so")
    mutants = [mutant for mutant in found if not only or mutant.file.startswith(tuple(only))]
    if touched is not None:
        mutants = [one for one in mutants if not touched.get(one.file, frozenset()).isdisjoint(one.rows)]
    kept = {mutant.key for mutant in mutants}
    partial = {mutant.file for mutant in found if mutant.key not in kept}
    return Plan(mutants, partial, modules, [parsed[name] for name in policies.tests])


def _all(policies: Policies, modules: Mapping[str, Module]) -> Iterator[Mutant]:
    constants = [
        constant for module in modules.values() for rule in module.rules for constant in sites_of(rule).constants
    ]
    domains = Domains(enums_of(policies.rego), constants)
    for module in modules.values():
        yield from mutants_of(module, domains)
    yield from parameter_mutants(policies)
    yield from clause_mutants(policies)
