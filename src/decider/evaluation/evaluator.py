"""Evaluates refund requests: source, validation, facts, policy input, engine, decision; one request or many."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import structlog

from decider.bundle.catalog import Catalog
from decider.engine import OPA_VERSION, JSONObject, PolicyEngine
from decider.errors import (
    DeciderError,
    DecisionInvariant,
    EngineUnavailable,
    InternalError,
    InvalidFacts,
    PolicyResultInvalid,
)
from decider.evaluation.decision import to_decision
from decider.evaluation.order_facts import WithFacts, with_facts
from decider.evaluation.policy_input import PolicyInput, canonical_json, digest_of, policy_input_of
from decider.evaluation.validation import valid_facts
from decider.logs import log_defect
from decider.sources import Source
from decider.v1 import decision_pb2, decision_service_pb2
from decider.version import installed_version

__all__ = ["Evaluation", "Outcome", "RefundEvaluator"]

# A batch lets other calls run after this many seconds of work.
_TURN_S = 0.004

Outcome = decision_pb2.Decision | DeciderError
_T = TypeVar("_T")
_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Evaluation:
    """The outcomes of the requests of one call, in their order, all under one bundle."""

    outcomes: Sequence[Outcome]
    bundle_digest: str


@dataclass(frozen=True)
class _Prepared:
    """A request with its policy input; `document` is the same as canonical JSON."""

    known: WithFacts
    policy_input: PolicyInput
    document: bytes


class RefundEvaluator:
    """Evaluates refund requests under the engine's bundle; records nothing. Use it from one event loop.

    `source` gives the facts of requests that name an order. `clock` gives the time of decision (ns) of requests without
    evaluate_at; each call reads it once.
    """

    def __init__(
        self,
        engine: PolicyEngine,
        source: Source | None = None,
        *,
        clock: Callable[[], int] = time.time_ns,
        engine_name: str = f"opa {OPA_VERSION}",
    ) -> None:
        self._engine = engine
        self._source = source
        self._clock = clock
        self._engine_name = engine_name
        self._service_version = installed_version()

    @property
    def catalog(self) -> Catalog:
        """The catalog of the bundle that decides."""
        return self._engine.catalog

    def now_ns(self) -> int:
        """Read the clock."""
        return self._clock()

    async def evaluate(
        self, request: decision_service_pb2.EvaluateRefundRequest, timeout_s: float
    ) -> decision_pb2.Decision:
        """Evaluate one request within `timeout_s` seconds. Raises the DeciderError that it fails with."""
        evaluation = await self.evaluate_many([request], timeout_s)
        outcome = evaluation.outcomes[0]
        if isinstance(outcome, DeciderError):
            raise outcome
        return outcome

    async def evaluate_many(
        self, requests: Sequence[decision_service_pb2.EvaluateRefundRequest], timeout_s: float
    ) -> Evaluation:
        """Evaluate requests within `timeout_s` seconds in all; each has its decision or its own error.

        Field paths in an error are relative to its request. Raises nothing but cancellation.
        """
        pace = _Pace(timeout_s)
        catalog, now_ns = self._engine.catalog, self._clock()
        prepared: list[_Prepared | DeciderError] = []
        for known in await with_facts(self._source, requests, pace.left_s):
            await pace.give_way()
            if isinstance(known, DeciderError):
                prepared.append(known)
            else:
                prepared.append(_late() if pace.left_s <= 0 else _attempt(partial(_prepare, known, now_ns, catalog)))
        documents = [item.document for item in prepared if isinstance(item, _Prepared)]
        results = iter(await self._ask(documents, pace.left_s))
        outcomes: list[Outcome] = []
        for item in prepared:
            await pace.give_way()
            if isinstance(item, DeciderError):
                outcomes.append(item)
            else:
                outcomes.append(_attempt(partial(self._decide, item, next(results), catalog)))
        return Evaluation(outcomes, catalog.digest)

    async def _ask(self, documents: Sequence[bytes], timeout_s: float) -> Sequence[JSONObject | DeciderError]:
        if not documents:
            return []
        if timeout_s <= 0:
            return [_late()] * len(documents)
        return await self._engine.evaluate(documents, timeout_s)

    def _decide(
        self, prepared: _Prepared, result: JSONObject | DeciderError, catalog: Catalog
    ) -> decision_pb2.Decision:
        digest = digest_of(prepared.document)
        policy_id = prepared.policy_input["policy_id"]
        try:
            if isinstance(result, DeciderError):
                raise result
            decision = to_decision(result, prepared.policy_input, catalog, input_digest=digest)
        except InvalidFacts as invalid:
            raise prepared.known.located(invalid) from None
        except EngineUnavailable:
            raise
        except DeciderError as defect:
            raise _policy_defect(defect, policy_id, digest, catalog.digest) from None
        decision.policy.engine = self._engine_name
        decision.policy.service_version = self._service_version
        return decision


def _prepare(known: WithFacts, now_ns: int, catalog: Catalog) -> _Prepared:
    """Return the policy input of a request.

    Raises InvalidFacts or FactsInvalid with every violation, and PolicyNotFound.
    """
    try:
        facts = valid_facts(known.request, now_ns, catalog.country_aliases)
    except InvalidFacts as invalid:
        raise known.located(invalid) from None
    policy_input = policy_input_of(facts, catalog)
    return _Prepared(known, policy_input, canonical_json(policy_input))


def _policy_defect(defect: DeciderError, policy_id: str, input_digest: str, bundle_digest: str) -> DeciderError:
    """Log a defect of a policy, and return a copy with the digests: the engine shares one error between items."""
    _log.error(
        "policy.defect",
        reason=defect.reason,
        policy=policy_id,
        input_digest=input_digest,
        bundle_digest=bundle_digest,
        **{
            key: value
            for key, value in defect.metadata.items()
            if key in {"code", "codes", "guards", "location", "where"}
        },
    )
    metadata = {**defect.metadata, "policy_id": policy_id, "bundle_digest": bundle_digest}
    if isinstance(defect, DecisionInvariant | PolicyResultInvalid):
        metadata["input_digest"] = input_digest
    return type(defect)(defect.message, metadata=metadata)


def _attempt(step: Callable[[], _T]) -> _T | DeciderError:
    """Take a step for one item. Whatever goes wrong in it is the error of that item only."""
    try:
        return step()
    except DeciderError as error:
        return error
    except Exception as defect:  # noqa: BLE001 (the other items of the batch must be answered)
        log_defect(defect)
        return InternalError()


def _late() -> EngineUnavailable:
    return EngineUnavailable("the deadline passed before the policy engine was asked", deadline=True)


class _Pace:
    """The time of one call: how much is left, and when other calls get their turn."""

    def __init__(self, timeout_s: float) -> None:
        self._turn = time.monotonic()
        self._until = self._turn + timeout_s

    @property
    def left_s(self) -> float:
        """The seconds until the deadline, below 0 after it."""
        return self._until - time.monotonic()

    async def give_way(self) -> None:
        """Let other calls run if this call has worked for a turn."""
        if time.monotonic() - self._turn > _TURN_S:
            await asyncio.sleep(0)
            self._turn = time.monotonic()
