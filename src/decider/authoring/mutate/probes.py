"""What must notice a mutant: the Rego tests and the golden cases, the nearest first."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from decider.authoring.mutate.case_probes import CaseBatch, differences
from decider.authoring.mutate.mutants import Mutant
from decider.authoring.mutate.policy_files import MutationFault
from decider.authoring.opa import Failed, OpaServer
from decider.authoring.rego_syntax import Module

__all__ = ["CaseProbe", "Learnt", "Order", "Probe", "RegoTest", "learn", "rego_tests"]

# By how much likelier a probe is to catch a mutant than one that is a step farther from it: as much longer it may take.
_FARTHER = 3


@dataclass(frozen=True)
class RegoTest:
    """A test in Rego: a rule `test_...`, true or, as a table, true for each of its notes."""

    file: str
    path: tuple[str, ...]

    @property
    def name(self) -> str:
        """Name it as the code does: data.lib.money_test.test_fit."""
        return ".".join(["data", *self.path])

    def concerns(self, policy_id: str) -> bool:
        """Whether it is a test of a policy; every test is one of the empty id."""
        return not policy_id or self.file.startswith(f"policies/{policy_id}/")

    async def ask(self, opa: OpaServer) -> object:
        """Return the value of the test."""
        return await opa.value(self.path)

    def caught(self, answer: object, expected: object) -> str:
        """Return the name of the test if it fails, else ""."""
        if answer == expected:
            return ""
        if isinstance(answer, dict) and isinstance(expected, dict):
            notes = [note for note in expected if note not in answer]
            return f"{self.name}[{notes[0]!r}]" if notes else self.name
        return self.name


@dataclass(frozen=True, eq=False)
class CaseProbe:
    """A batch of golden cases."""

    batch: CaseBatch

    @property
    def name(self) -> str:
        """Name it by its cases."""
        return self.batch.name

    def concerns(self, policy_id: str) -> bool:
        """Whether the cases are those of a policy; all cases are those of the empty id."""
        return policy_id in {"", self.batch.setting.policy_id}

    async def ask(self, opa: OpaServer) -> object:
        """Return the answers to the cases, in their order."""
        batch = self.batch
        inputs = [one.policy_input for one in batch.cases]
        return await opa.decisions(inputs, batch.setting.policy_id, batch.versions)

    def caught(self, answer: object, expected: object) -> str:
        """Return the name of the first case that no longer holds, else ""."""
        batch = self.batch
        if batch.faulty:
            return f"case {batch.faulty[0]}"
        if answer == expected:
            return ""
        if not isinstance(answer, list) or len(answer) != len(batch.cases):
            return batch.name
        known = expected if isinstance(expected, list) else [None] * len(answer)
        for worked, got, before in zip(batch.cases, answer, known, strict=True):
            if got != before and differences(worked, got, batch.catalog):
                return f"case {worked.case.name}"
        return ""


Probe = RegoTest | CaseProbe


def rego_tests(modules: Sequence[Module]) -> list[RegoTest]:
    """Return the tests of test files, each once."""
    found: dict[tuple[str, ...], RegoTest] = {}
    for module in modules:
        for rule in module.rules:
            if rule.name.startswith("test_"):
                path = (*module.path, rule.name)
                found.setdefault(path, RegoTest(module.name, path))
    return list(found.values())


@dataclass(frozen=True)
class Learnt:
    """What a probe says of the policies as they are, and how long that takes."""

    answer: object
    seconds: float


async def learn(opa: OpaServer, probes: Sequence[Probe]) -> Mapping[Probe, Learnt]:
    """Ask every probe of policies as they are. Raises MutationFault where one fails: nothing can be told apart then."""
    learnt: dict[Probe, Learnt] = {}
    for probe in probes:
        start = time.monotonic()
        answer = await probe.ask(opa)
        learnt[probe] = Learnt(answer, time.monotonic() - start)
        wrong = _wrong(probe, answer)
        if wrong:
            raise MutationFault(f"{wrong} fails without any mutant: mend it first")
    return learnt


def _wrong(probe: Probe, answer: object) -> str:
    if isinstance(probe, CaseProbe):
        return probe.caught(answer, None)
    notes = answer.values() if isinstance(answer, dict) and answer else [answer]
    holds = not isinstance(answer, Failed) and all(value is True for value in notes)
    return "" if holds else probe.name


class Order:
    """In which order probes are asked: those that caught a mutant of the same rule, then by nearness and time."""

    def __init__(self, learnt: Mapping[Probe, Learnt], hints: Mapping[str, str]) -> None:
        self._seconds = {probe: one.seconds for probe, one in learnt.items()}
        self._hints = hints
        self._caught: defaultdict[tuple[str, str], list[Probe]] = defaultdict(list)

    def caught(self, mutant: Mutant, probe: Probe) -> None:
        """Remember which probe caught a mutant: it is asked first for the next one of the same rule."""
        known = self._caught[mutant.file, mutant.rule]
        if probe in known:
            known.remove(probe)
        known.insert(0, probe)

    def of(self, mutant: Mutant) -> Sequence[Probe]:
        """Return the probes that have to catch a mutant, the likeliest to do so first."""
        known = self._caught[mutant.file, mutant.rule]
        places = {probe: place for place, probe in enumerate(known)}
        hint = self._hints.get(mutant.key, "")

        def rank(probe: Probe) -> tuple[int, float]:
            if hint and probe.name == hint:
                return (0, 0)
            if probe in places:
                return (1, places[probe])
            return (2, self._seconds[probe] * _FARTHER ** _distance(probe, mutant.file))

        return sorted((probe for probe in self._seconds if probe.concerns(mutant.policy_id)), key=rank)


def _distance(probe: Probe, file: str) -> int:
    """Return how far a probe is from a file: 0 its own test, 1 one of its folder, 2 cases, 3 anything else."""
    if isinstance(probe, CaseProbe):
        return 2
    if probe.file == file.replace(".rego", "_test.rego"):
        return 0
    return 1 if probe.file.rpartition("/")[0] == file.rpartition("/")[0] else 3
