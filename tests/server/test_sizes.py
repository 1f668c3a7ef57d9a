"""The largest query that the service sends fits into what OPA takes."""

from __future__ import annotations

from decider.engine.child import BODY_BYTES
from decider.engine.coalescer import BYTES_PER_QUERY
from decider.evaluation.policy_input import canonical_json
from decider.v1 import decision_service_pb2, facts_pb2, request_pb2
from support import sample
from support.building import policy_input


def longest(name: str) -> str:
    """Return an id of the greatest length, which is twice as long in JSON."""
    return name.ljust(255, '"')


def largest(remedy: request_pb2.Remedy.ValueType) -> decision_service_pb2.EvaluateRefundRequest:
    """Return a request whose lists are full, of ids as long as can be."""
    request = sample.request()
    request.request.remedy = remedy
    order = request.request.order_ref = request.facts.lots[0].order_ref = longest("order")
    lot, payment = request.facts.lots[0], request.facts.payments[0]
    for number in range(1, 1000):
        another_lot = request.facts.lots.add()
        another_lot.CopyFrom(lot)
        another_lot.id, another_lot.order_ref, another_lot.payment_id = (
            longest(f"l{number}"),
            order,
            longest(f"p{number}"),
        )
        another_payment = request.facts.payments.add()
        another_payment.CopyFrom(payment)
        another_payment.id = another_lot.payment_id
    for number in range(1000):
        event = request.facts.usage_events.add(
            id=longest(f"e{number}"),
            outcome=facts_pb2.USAGE_OUTCOME_ERROR,
            error_origin=facts_pb2.ERROR_ORIGIN_PLATFORM,
            deducted_micros=5,
        )
        event.occurred_at.seconds = 1_781_000_000
    for number in range(100):
        request.facts.incidents.add(id=longest(f"i{number}"), sla_credit_micros=7)
    return request


def test_the_largest_query_is_within_what_opa_takes() -> None:
    for remedy in (request_pb2.REMEDY_REFUND, request_pb2.REMEDY_RESTORE_CREDITS):
        request = largest(remedy)
        document = canonical_json(policy_input(request))

        assert len(document) > 1 << 20
        assert BYTES_PER_QUERY + len(document) * 1.5 < BODY_BYTES  # what this request leaves out is less than half
