"""Measures the service against raw OPA on this machine, and says which targets are met.

python bench/run.py [--quick]      --quick: one short round, to see that it works
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import uvloop

import opa
from client import calls
from decider.bundle import LoadedBundle, load_bundle
from decider.engine import find_opa
from decider.settings import shipped_rego
from load import Load, Sample, drive
from programs import COALESCING, NOT_COALESCING, service
from report import Row, Target, ratio, table
from subject import BATCH, Subject, check, prepare

__all__ = ["main"]

ONE, MANY, APART = "EvaluateRefund, 1 in flight", "EvaluateRefund, 32 in flight", "  without coalescing"
BATCHES = f"batch of {BATCH}, 1 in flight"
RAW_ONE, RAW_MANY = "raw OPA, 1 in flight", "raw OPA, 8 in flight"
# In the order of a round, those that are compared side by side; and which raw OPA each is held against.
LOADS: Mapping[str, str] = {
    RAW_ONE: RAW_ONE,
    ONE: RAW_ONE,
    MANY: RAW_MANY,
    APART: RAW_MANY,
    BATCHES: RAW_MANY,
    RAW_MANY: RAW_MANY,
}
# Many short rounds: two loads side by side meet the same disturbance, and the median of many ratios does not flap.
ROUNDS, SECONDS = 9, 0.8
# `opa bench` takes three seconds whatever it is told.
ROUNDS_AN_EVALUATION = 3
NOTES = """\
Medians of {rounds} rounds of {seconds:g} s, percentiles over all of them; those of a batch are of the whole batch.
CPU is ms a decision; ": raw" are ratios to raw OPA, 8 in flight (1 where it is 1), the CPU that of service and OPA.
The client is one Python process on the same {cores} cores: what it takes of them, the service could have used.
"""


@dataclass
class Measured:
    """The results of the rounds: samples by load, and the median evaluation of each `opa bench` in milliseconds.

    Beside them stands how many expressions OPA evaluates for one decision.
    """

    samples: dict[str, list[Sample]] = field(default_factory=lambda: {name: [] for name in LOADS})
    evaluations_ms: list[float] = field(default_factory=list)
    expressions: int = 0


async def measure(rounds: int, seconds: float) -> Measured:
    """Start what is measured, warm it up, and measure in rounds, every other one in the opposite order."""
    measured = Measured()
    program = await asyncio.to_thread(find_opa)
    with tempfile.TemporaryDirectory(prefix="decider-bench-") as name:
        folder = Path(name)
        bundle = await asyncio.to_thread(load_bundle, shipped_rego(), None, program, folder)
        subject = prepare(bundle)
        measured.expressions = await asyncio.to_thread(opa.expressions, program, bundle.file, folder, subject)
        async with _loads(program, bundle, folder, subject) as loads:
            for load in loads.values():
                await drive(load, seconds / 2)
            for number in range(rounds):
                for name in list(LOADS)[:: -1 if number % 2 else 1]:
                    measured.samples[name].append(await drive(loads[name], seconds))
                if number % ROUNDS_AN_EVALUATION == 0:
                    evaluation = asyncio.to_thread(opa.evaluation_ms, program, bundle.file, folder, subject)
                    measured.evaluations_ms.append(await evaluation)
    return measured


@asynccontextmanager
async def _loads(program: Path, bundle: LoadedBundle, folder: Path, subject: Subject) -> AsyncIterator[dict[str, Load]]:
    async with AsyncExitStack() as stack:
        enter = stack.enter_async_context
        raw = await enter(opa.server(program, bundle.file, folder))
        together = await enter(service(COALESCING, folder / "service.log"))
        apart = await enter(service(NOT_COALESCING, folder / "uncoalesced.log"))
        ask, ask_apart = await enter(calls(together.address, subject)), await enter(calls(apart.address, subject))
        check(await ask.evaluate(), await ask.batch())
        yield {
            ONE: Load([ask.evaluate], together.pids),
            MANY: Load([ask.evaluate] * 32, together.pids),
            APART: Load([ask_apart.evaluate] * 32, apart.pids),
            BATCHES: Load([ask.batch], together.pids, decisions=BATCH),
            RAW_ONE: Load(await enter(opa.connections(raw.address, subject, 1)), raw.pids),
            RAW_MANY: Load(await enter(opa.connections(raw.address, subject, 8)), raw.pids),
        }


def report(measured: Measured) -> str:
    """Return the table of what was measured."""
    rows = [Row(name, measured.samples[name], measured.samples[raw]) for name, raw in LOADS.items()]
    evaluations = sorted(measured.evaluations_ms)
    evaluation = f"one evaluation by `opa bench`, GOGC=400: {evaluations[0]:.2f} ms in the quietest run"
    return f"{table(rows)}\n\n{evaluation}, {median(evaluations):.2f} ms in the median one\n"


def targets(measured: Measured) -> Sequence[Target]:
    """Hold what was measured against what is wanted."""
    samples = measured.samples
    batches = ratio(samples[BATCHES], samples[RAW_MANY])
    coalescing = ratio(samples[MANY], samples[APART])
    return [
        Target("expressions of a typical decision, aiming at 750", measured.expressions, "at most", 850, "expressions"),
        # An absolute time, to which noise only adds: the quietest run tells most.
        Target("one evaluation by `opa bench`, aiming at 0.5", min(measured.evaluations_ms), "at most", 0.8, "ms"),
        Target(f"rate of a batch of {BATCH} to raw OPA, 8 in flight", batches, "at least", 1.5, "times"),
        Target("rate of coalescing to none, 32 in flight", coalescing, "more than", 1, "times"),
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 0 if every target is met, else 1."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    rounds, seconds = (1, 0.2) if parser.parse_args(arguments).quick else (ROUNDS, SECONDS)
    cores = os.cpu_count()
    print(f"measuring for about a minute on {cores} cores; load average before: {os.getloadavg()[0]:.1f}\n", flush=True)
    measured = uvloop.run(measure(rounds, seconds))
    print(report(measured))
    print(NOTES.format(rounds=rounds, seconds=seconds, cores=cores))
    wanted = targets(measured)
    print("\n".join(target.line() for target in wanted))
    return 0 if all(target.met for target in wanted) else 1


if __name__ == "__main__":
    sys.exit(main())
