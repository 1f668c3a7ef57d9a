"""Runs mutants: compiled by the hundred, asked one by one, on several OPAs side by side, each result kept at once."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from decider.authoring.cases import Case
from decider.authoring.mutate.case_probes import case_batches
from decider.authoring.mutate.compiling import Compiled, compiled, packed
from decider.authoring.mutate.counterexamples import Witnesses
from decider.authoring.mutate.kept_results import Fate, Result, Results
from decider.authoring.mutate.mutants import DataMutant, Mutant, RuleMutant
from decider.authoring.mutate.plan import Plan
from decider.authoring.mutate.policy_files import MutationFault, Policies, Setting
from decider.authoring.mutate.probes import CaseProbe, Learnt, Order, Probe, learn, rego_tests
from decider.authoring.mutate.sleeping_mutants import ACTIVATION, activation
from decider.authoring.opa import OpaServer, serving

__all__ = ["Told", "try_mutants"]

# Called with each mutant and what became of it.
Told = Callable[[Mutant, Result], None]


@dataclass(frozen=True)
class _Bench:
    """What every job works with. `plain` is an OPA that holds the policies as they are."""

    policies: Policies
    plan: Plan
    program: Path
    plain: OpaServer
    learnt: dict[Probe, Learnt]
    order: Order
    witnesses: Witnesses | None
    waived: frozenset[str]


async def try_mutants(
    policies: Policies,
    cases: Sequence[Case],
    plan: Plan,
    pending: Sequence[Mutant],
    program: Path,
    results: Results,
    told: Told,
    *,
    jobs: int,
    waived: frozenset[str] = frozenset(),
    witnesses: Witnesses | None = None,
) -> None:
    """Find out what becomes of the mutants `pending`, and add it to `results`.

    `witnesses` finds inputs for survivors whose key is not `waived`. Raises MutationFault where the policies do not
    compile or a test fails without any mutant.
    """
    policy_ids = {mutant.policy_id for mutant in pending}
    cases = [case for case in cases if not policy_ids.isdisjoint({"", case.policy_id})]
    every: list[Probe] = [*rego_tests(plan.tests), *(CaseProbe(batch) for batch in case_batches(policies, cases))]
    probes = [probe for probe in every if any(probe.concerns(policy_id) for policy_id in policy_ids)]
    if not probes:
        raise MutationFault("no test and no case: nothing could notice a mutant")
    with tempfile.TemporaryDirectory(prefix="decider-mutate-") as folder:
        policies.lay_out(Path(folder), {}, tests=True)
        async with serving(program, Path(folder)) as plain:
            learnt = dict(await learn(plain, probes))
            order = Order(learnt, results.hints)
            bench = _Bench(policies, plan, program, plain, learnt, order, witnesses, waived)
            queue = packed(pending, jobs)

            def keep(mutant: Mutant, result: Result) -> None:
                results.add(result)
                told(mutant, result)

            async with asyncio.TaskGroup() as group:
                for _ in range(jobs):
                    group.create_task(_job(bench, queue, keep))


async def _job(bench: _Bench, queue: list[Sequence[Mutant]], keep: Told) -> None:
    """Take batches until none is left."""
    while queue:
        batch = queue.pop(0)
        with tempfile.TemporaryDirectory(prefix="decider-mutate-") as folder:
            made = await asyncio.to_thread(compiled, bench.policies, bench.plan.modules, batch, bench.program, folder)
            for mutant, why in made.invalid:
                keep(mutant, Result(mutant.key, Fate.INVALID, why))
            if made.valid:
                async with serving(bench.program, Path(folder)) as opa:
                    await _batch(bench, made, opa, keep)


async def _batch(bench: _Bench, made: Compiled, opa: OpaServer, keep: Told) -> None:
    if made.asleep:
        await opa.put([ACTIVATION], activation(None))
        await _same(bench, opa)
    for mutant in made.valid:
        if isinstance(mutant, DataMutant):
            keep(mutant, await _data(bench, mutant, opa))
        else:
            if made.asleep and isinstance(mutant, RuleMutant):
                await opa.put([ACTIVATION], activation(mutant))
            keep(mutant, await _fate(bench, mutant, opa))


async def _same(bench: _Bench, opa: OpaServer) -> None:
    """Make sure that sleeping mutants change no golden case. Raises MutationFault."""
    for probe, known in bench.learnt.items():
        if isinstance(probe, CaseProbe) and await probe.ask(opa) != known.answer:
            raise MutationFault(f"{probe.name} says something else although no mutant is awake")


async def _data(bench: _Bench, mutant: DataMutant, opa: OpaServer) -> Result:
    """Try other data."""
    originals = {path: await bench.plain.value(path) for path in mutant.changes}
    if mutant.counts:
        try:
            bench.policies.under(Setting(changes=mutant.changes))
        except MutationFault as refused:
            return Result(mutant.key, Fate.INVALID, str(refused))
    for path, value in mutant.changes.items():
        await opa.put(path, value)
    try:
        return await _fate(bench, mutant, opa)
    finally:
        for path, original in originals.items():
            await opa.put(path, original)


async def _fate(bench: _Bench, mutant: Mutant, opa: OpaServer) -> Result:
    for probe in bench.order.of(mutant):
        by = await _caught(bench, mutant, probe, opa)
        if by:
            bench.order.caught(mutant, probe)
            return Result(mutant.key, Fate.KILLED, by, probe.name)
    return await _survived(bench, mutant, opa)


async def _caught(bench: _Bench, mutant: Mutant, probe: Probe, opa: OpaServer) -> str:
    """Return what caught a mutant, else ""."""
    if isinstance(mutant, DataMutant) and mutant.counts and isinstance(probe, CaseProbe):
        anew = CaseProbe(probe.batch.under(bench.policies, mutant.changes))
        return anew.caught(await anew.ask(opa), None)
    return probe.caught(await probe.ask(opa), bench.learnt[probe].answer)


async def _survived(bench: _Bench, mutant: Mutant, opa: OpaServer) -> Result:
    case = None
    if bench.witnesses is not None and mutant.key not in bench.waived:
        case = await bench.witnesses.find(mutant, bench.plain, opa)
    return Result(mutant.key, Fate.SURVIVED, case=case)
