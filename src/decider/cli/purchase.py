"""The facts at the top of a decision card: the order, the dates of purchase and request, and the deadline."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from google.protobuf.timestamp_pb2 import Timestamp

from decider.cli.figures import duration_text, time_text
from decider.v1 import decision_pb2, decision_service_pb2, request_pb2

__all__ = ["purchase_rows"]

_Asked = decision_service_pb2.EvaluateRefundRequest


class _Purchase(NamedTuple):
    name: str
    order_ref: str
    time: Timestamp


def purchase_rows(asked: _Asked, decision: decision_pb2.Decision) -> Iterator[tuple[str, str]]:
    """Yield the label and the text of each row; the ages are those at the decision."""
    request, purchases = asked.request, list(_purchases(asked, decision))
    orders = dict.fromkeys(purchase.order_ref or purchase.name for purchase in purchases)
    named = ", ".join(orders)
    yield "order", (named if request.lot_ids else request.order_ref or named) or "not named"
    for purchase in purchases:
        name = f" ({purchase.name})" if len(purchases) > 1 else ""
        yield "purchased", f"{time_text(purchase.time)}, {_ago(purchase.time, decision)}{name}"
    requested = [time_text(request.requested_at), _ago(request.requested_at, decision)]
    if len(times := {purchase.time.seconds for purchase in purchases}) == 1:
        requested.insert(1, f"{duration_text(max(0, request.requested_at.seconds - times.pop()))} after the purchase")
    yield "requested", ", ".join(requested)
    if decision.HasField("refundable_until"):
        yield _deadline(request, decision.refundable_until)


def _purchases(asked: _Asked, decision: decision_pb2.Decision) -> Iterator[_Purchase]:
    """Return the lots and the plan that the request or the decision names."""
    request, facts = asked.request, asked.facts
    lots = {line.lot_id for line in decision.breakdown} | {effect.lot_id for effect in decision.effects}
    lots.update(request.lot_ids)
    orders = {effect.order_ref for effect in decision.effects}
    orders.update([] if request.lot_ids else [request.order_ref])
    orders.discard("")
    for lot in facts.lots:
        if lot.id in lots or lot.order_ref in orders:
            yield _Purchase(lot.id, lot.order_ref, lot.purchased_at)
    plan = facts.subscription
    cancels = request.remedy == request_pb2.REMEDY_CANCEL_SUBSCRIPTION
    if plan.HasField("charged_at") and (cancels or plan.order_ref in orders):
        yield _Purchase(plan.plan or "the plan", plan.order_ref, plan.charged_at)


def _ago(time: Timestamp, decision: decision_pb2.Decision) -> str:
    return f"{duration_text(max(0, decision.evaluated_at.seconds - time.seconds))} ago"


def _deadline(request: request_pb2.RefundRequest, until: Timestamp) -> tuple[str, str]:
    late = request.requested_at.seconds - until.seconds
    if late > 0:
        return "too late", f"by {duration_text(late)}; the deadline was {time_text(until)} (inclusive)"
    return "deadline", f"{time_text(until)} (inclusive)"
