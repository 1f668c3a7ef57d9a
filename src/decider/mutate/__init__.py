"""Mutation testing of Rego: mistakes are made in rules and parameters one by one, and the tests must notice."""

from __future__ import annotations

from decider.mutate.faults import MutationFault
from decider.mutate.mutants import Mutant
from decider.mutate.mutation import Mutation, cores
from decider.mutate.results import Fate, Result
from decider.mutate.score import THRESHOLD, MutationReport, Score, Survivor
from decider.mutate.waivers import FILE as WAIVERS
from decider.mutate.waivers import Waiver

__all__ = [
    "THRESHOLD",
    "WAIVERS",
    "Fate",
    "Mutant",
    "Mutation",
    "MutationFault",
    "MutationReport",
    "Result",
    "Score",
    "Survivor",
    "Waiver",
    "cores",
]
