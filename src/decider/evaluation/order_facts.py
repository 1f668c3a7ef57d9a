"""Fills the facts of requests that name an order, from the source of facts."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from decider.errors import DeciderError, FactsInvalid, InternalError, InvalidFacts, Violation
from decider.evaluation.validation import require_valid
from decider.logs import log_defect
from decider.sources import Asked, LoadedFacts, Source
from decider.v1 import decision_service_pb2

__all__ = ["WithFacts", "with_facts"]

_FACTS = "facts"


@dataclass(frozen=True)
class WithFacts:
    """A request with its facts, and what was loaded for it, if it named an order."""

    request: decision_service_pb2.EvaluateRefundRequest
    loaded: LoadedFacts | None = None

    @classmethod
    def filled(cls, request: decision_service_pb2.EvaluateRefundRequest, loaded: LoadedFacts) -> WithFacts:
        """Return a request that named its order with the facts that were loaded."""
        filled = decision_service_pb2.EvaluateRefundRequest()
        filled.CopyFrom(request)
        filled.request.order_ref = request.order.order_ref
        filled.facts.CopyFrom(loaded.facts)
        return cls(filled, loaded)

    def located(self, invalid: InvalidFacts) -> DeciderError:
        """Return the error for invalid facts: if they were loaded, they are a fault of the source."""
        if self.loaded is None or not any(fault.field.startswith(_FACTS) for fault in invalid.violations):
            return invalid
        return FactsInvalid([self.loaded.located(fault) for fault in invalid.violations])


async def with_facts(
    source: Source | None, requests: Sequence[decision_service_pb2.EvaluateRefundRequest], timeout_s: float
) -> Sequence[WithFacts | DeciderError]:
    """Return each request with its facts, or the error of its load. All loads together take `timeout_s` seconds."""
    if not any(request.HasField("order") for request in requests):
        return [WithFacts(request) for request in requests]
    return await asyncio.gather(*(_with_facts(source, request, timeout_s) for request in requests))


async def _with_facts(
    source: Source | None, request: decision_service_pb2.EvaluateRefundRequest, timeout_s: float
) -> WithFacts | DeciderError:
    if not request.HasField("order"):
        return WithFacts(request)
    if source is None:
        fault = "this service has no source of facts (DECIDER_SOURCE); send the facts"
        return InvalidFacts([Violation("order", fault)])
    try:
        require_valid(request)
        loaded = await source.load(Asked.by(request), timeout_s)
    except DeciderError as error:
        return error
    except Exception as defect:  # noqa: BLE001 (the other items of the batch must be answered)
        log_defect(defect)
        return InternalError()
    return WithFacts.filled(request, loaded)
