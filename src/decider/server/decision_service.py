"""DecisionService: evaluates one request, a batch, or a stream."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing

from decider.errors import DeciderError, InvalidFacts, ResponseTooLarge, Violation
from decider.evaluation.evaluator import Outcome, RefundEvaluator
from decider.evaluation.validation.unknown_fields import find_unknown_fields_beside
from decider.server.handlers import Call
from decider.server.limits import BATCH_REQUESTS, ERRORS_BYTES, RESPONSE_BYTES
from decider.server.read_ahead import in_order
from decider.server.status import located, to_status
from decider.server.traffic import Traffic
from decider.v1 import decision_pb2, decision_service_pb2

__all__ = ["DecisionService"]

# The tag and the length around a message of up to 256 MiB.
_FRAME_BYTES = 5

_NO_ROOM = decision_service_pb2.EvaluateRefundResult(
    error=to_status(
        ResponseTooLarge(
            "the answer has no room for this result: send the request again in a smaller batch, "
            "or with StreamEvaluateRefunds",
            RESPONSE_BYTES,
        )
    )
)
_NO_ROOM_BYTES = _NO_ROOM.ByteSize() + _FRAME_BYTES


class DecisionService:
    """The methods of decider.v1.DecisionService over one evaluator."""

    def __init__(self, evaluator: RefundEvaluator, traffic: Traffic) -> None:
        self._evaluator = evaluator
        self._traffic = traffic

    async def evaluate_refund(
        self, request: decision_service_pb2.EvaluateRefundRequest, call: Call
    ) -> decision_service_pb2.EvaluateRefundResponse:
        """Evaluate one request."""
        policy_id = request.request.policy_id
        if policy_id in self._evaluator.catalog.policies:  # an unknown id is a text of the caller, which is not logged
            call.notes["policy"] = policy_id
        decision = await self._evaluator.evaluate(request, call.timeout_s)
        call.notes["disposition"] = decision_pb2.Disposition.Name(decision.disposition)
        call.notes["input_digest"] = decision.input_digest
        response = decision_service_pb2.EvaluateRefundResponse(decision=decision)
        if response.ByteSize() > RESPONSE_BYTES:
            raise _too_large()
        return response

    async def batch_evaluate_refunds(
        self, request: decision_service_pb2.BatchEvaluateRefundsRequest, call: Call
    ) -> decision_service_pb2.BatchEvaluateRefundsResponse:
        """Evaluate a batch. Unknown fields beside the requests, or a wrong number of requests, fail the whole call."""
        count = len(request.requests)
        call.notes["items"] = count
        if not 1 <= count <= BATCH_REQUESTS:
            raise InvalidFacts([Violation("requests", f"must contain 1 to {BATCH_REQUESTS} item(s), not {count}")])
        if unknown := find_unknown_fields_beside("requests", request):
            raise InvalidFacts(unknown)
        evaluation = await self._evaluator.evaluate_many(request.requests, call.timeout_s)
        call.notes["errors"] = sum(isinstance(outcome, DeciderError) for outcome in evaluation.outcomes)
        results = [
            _result(outcome, f"requests[{index}].", ERRORS_BYTES // count)
            for index, outcome in enumerate(evaluation.outcomes)
        ]
        response = decision_service_pb2.BatchEvaluateRefundsResponse(bundle_digest=evaluation.bundle_digest)
        call.notes["no_room"] = _fill(response, results)
        return response

    async def stream_evaluate_refunds(
        self, requests: AsyncIterator[decision_service_pb2.StreamEvaluateRefundsRequest], call: Call
    ) -> AsyncGenerator[decision_service_pb2.StreamEvaluateRefundsResponse]:
        """Evaluate a stream of requests, each by itself."""

        async def answer(
            asked: decision_service_pb2.StreamEvaluateRefundsRequest,
        ) -> decision_service_pb2.StreamEvaluateRefundsResponse:
            if unknown := find_unknown_fields_beside("request", asked):
                return _streamed(InvalidFacts(unknown))
            evaluation = await self._evaluator.evaluate_many([asked.request], call.timeout_s)
            response = _streamed(evaluation.outcomes[0])
            return response if response.ByteSize() <= RESPONSE_BYTES else _streamed(_too_large())

        items = errors = 0
        size = decision_service_pb2.StreamEvaluateRefundsRequest.ByteSize
        async with aclosing(in_order(requests, answer, size, self._traffic)) as responses:
            async for response in responses:
                items += 1
                errors += response.result.HasField("error")
                call.notes.update(items=items, errors=errors)
                yield response


def _streamed(outcome: Outcome) -> decision_service_pb2.StreamEvaluateRefundsResponse:
    return decision_service_pb2.StreamEvaluateRefundsResponse(result=_result(outcome, "", ERRORS_BYTES))


def _result(outcome: Outcome, prefix: str, details_bytes: int) -> decision_service_pb2.EvaluateRefundResult:
    """Return the result of one request; the field paths of an error begin with `prefix`."""
    if isinstance(outcome, DeciderError):
        status = to_status(located(outcome, prefix), details_bytes=details_bytes)
        return decision_service_pb2.EvaluateRefundResult(error=status)
    return decision_service_pb2.EvaluateRefundResult(decision=outcome)


def _fill(
    response: decision_service_pb2.BatchEvaluateRefundsResponse,
    results: Sequence[decision_service_pb2.EvaluateRefundResult],
) -> int:
    """Add the results to the answer. A result that does not fit becomes RESPONSE_TOO_LARGE; return how many do not."""
    without_room = 0
    left = RESPONSE_BYTES - response.ByteSize() - len(results) * _NO_ROOM_BYTES
    for result in results:
        more = result.ByteSize() + _FRAME_BYTES - _NO_ROOM_BYTES
        if more <= left:
            left -= more
            response.results.append(result)
        else:
            without_room += 1
            response.results.append(_NO_ROOM)
    return without_room


def _too_large() -> ResponseTooLarge:
    return ResponseTooLarge(
        "the decision is larger than clients can read: name fewer lots in request.lot_ids", RESPONSE_BYTES
    )
