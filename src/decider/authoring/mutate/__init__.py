"""Mutation testing of Rego: mistakes are made in rules and parameters one by one, and the tests must notice."""

from __future__ import annotations

from decider.authoring.mutate.kept_results import Fate, Result
from decider.authoring.mutate.mutants import Mutant
from decider.authoring.mutate.mutation import Mutation, cores
from decider.authoring.mutate.policy_files import MutationFault
from decider.authoring.mutate.score import THRESHOLD, MutationReport, Score, Survivor
from decider.authoring.mutate.waivers import FILE as WAIVERS
from decider.authoring.mutate.waivers import Waiver, read_waivers

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
    "read_waivers",
]
