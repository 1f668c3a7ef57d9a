"""Decides many requests on the real engine, without a server: what a check compares."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import orjson

from decider.bundle import JSON
from decider.errors import DeciderError, EngineUnavailable
from decider.evaluation import RefundEvaluator, open_engine
from decider.settings import Settings
from decider.v1 import decision_pb2, decision_service_pb2

__all__ = ["Decided", "Questions", "decide", "decide_each"]

Decided: TypeAlias = "decision_pb2.Decision | DeciderError"

# A call checks all its requests before the engine sees the first: smaller ones keep both at work.
_BATCH = 250
_BATCH_S = 300.0
# One engine and its requests keep two cores busy; a second one fills the time in which the first is built and started.
_AT_ONCE = 2


@dataclass(frozen=True)
class Questions:
    """Requests, and the policies to decide them by: the folder `rego`, with `parameters` laid over it (by policy)."""

    rego: Path
    requests: Sequence[decision_service_pb2.EvaluateRefundRequest]
    parameters: Mapping[str, Mapping[str, JSON]] = field(default_factory=dict)


def decide(questions: Questions, opa: Path) -> list[Decided]:
    """Return the decision of each request, in order, or the error that it ends in.

    Call it in the main thread. Raises BundleInvalid for policies that cannot be served and EngineUnavailable where
    the engine fails: that says nothing about a request.
    """
    [decided] = decide_each([questions], opa)
    if isinstance(decided, DeciderError):
        raise decided
    return decided


def decide_each(all_questions: Sequence[Questions], opa: Path) -> list[list[Decided] | DeciderError]:
    """Decide by several sets of policies, a few at a time; for each, in order, what `decide` returns or raises."""
    return asyncio.run(_decide_each(all_questions, opa))


async def _decide_each(all_questions: Sequence[Questions], opa: Path) -> list[list[Decided] | DeciderError]:
    free = asyncio.Semaphore(_AT_ONCE)

    async def one(questions: Questions) -> list[Decided] | DeciderError:
        async with free:
            try:
                return await _decide(questions, opa)
            except DeciderError as failure:
                return failure

    return await asyncio.gather(*map(one, all_questions))


async def _decide(questions: Questions, opa: Path) -> list[Decided]:
    if not questions.requests:
        return []
    with tempfile.TemporaryDirectory(prefix="decider-deciding-") as folder:
        overlay = None
        if questions.parameters:
            overlay = Path(folder, "parameters.json")
            overlay.write_bytes(orjson.dumps(questions.parameters))
        # Nothing of what DECIDER_* says about a service may change what a check finds.
        settings = Settings(rego=questions.rego, parameters=overlay, opa=opa)
        async with open_engine(settings) as engine:
            evaluator = RefundEvaluator(engine)
            decided: list[Decided] = []
            for first in range(0, len(questions.requests), _BATCH):
                batch = questions.requests[first : first + _BATCH]
                decided += (await evaluator.evaluate_many(batch, _BATCH_S)).outcomes
    for outcome in decided:
        if isinstance(outcome, EngineUnavailable):
            raise outcome
    return decided
