"""DecisionService: evaluates, one or many."""

from __future__ import annotations

from google.rpc import status_pb2  # type: ignore[import-untyped] # ships stubs but no py.typed

from decider.errors import DeciderError, InvalidFacts, Violation
from decider.server.calls import Call
from decider.server.evaluator import RefundEvaluator
from decider.server.status import located, to_status
from decider.v1 import decision_pb2, decision_service_pb2

__all__ = ["DecisionService"]

MOST_REQUESTS = 1000
# What the errors of one batch may take together: clients read answers of 4 MiB, and decisions need room too.
_ERRORS_BYTES = 2 * 1024 * 1024


class DecisionService:
    """The methods of decider.v1.DecisionService over one evaluator."""

    def __init__(self, evaluator: RefundEvaluator) -> None:
        self._evaluator = evaluator

    async def evaluate_refund(
        self, request: decision_service_pb2.EvaluateRefundRequest, call: Call
    ) -> decision_service_pb2.EvaluateRefundResponse:
        """Evaluate one request."""
        policy_id = request.request.policy_id
        if policy_id in self._evaluator.catalog.policies:  # any other is a text of the caller
            call.notes["policy"] = policy_id
        decision = await self._evaluator.evaluate(request, call.timeout_s)
        call.notes["disposition"] = decision_pb2.Disposition.Name(decision.disposition)
        return decision_service_pb2.EvaluateRefundResponse(decision=decision)

    async def batch_evaluate_refunds(
        self, request: decision_service_pb2.BatchEvaluateRefundsRequest, call: Call
    ) -> decision_service_pb2.BatchEvaluateRefundsResponse:
        """Evaluate many; only their number is the fault of the whole call, and it is looked at before anything else."""
        count = len(request.requests)
        call.notes["items"] = count
        if not 1 <= count <= MOST_REQUESTS:
            raise InvalidFacts([Violation("requests", f"must contain 1 to {MOST_REQUESTS} item(s), not {count}")])
        evaluation = await self._evaluator.evaluate_many(request.requests, call.timeout_s)
        call.notes["errors"] = sum(isinstance(outcome, DeciderError) for outcome in evaluation.outcomes)
        response = decision_service_pb2.BatchEvaluateRefundsResponse(bundle_digest=evaluation.bundle_digest)
        for index, outcome in enumerate(evaluation.outcomes):
            if isinstance(outcome, DeciderError):
                response.results.add(error=_status(outcome, index, count))
            else:
                response.results.add(decision=outcome)
        return response


def _status(error: DeciderError, index: int, count: int) -> status_pb2.Status:
    return to_status(located(error, f"requests[{index}]."), details_bytes=_ERRORS_BYTES // count)
