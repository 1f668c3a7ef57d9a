"""A good request in which every message is set, so that one change is one fault."""

from __future__ import annotations

from typing import Any

from decider.v1 import decision_service_pb2
from support import sample

T0 = "2026-06-01T00:00:00Z"

CONSENT = {
    "express_request_at": T0,
    "loss_acknowledged_at": T0,
    "confirmation_sent_at": T0,
    "text_version": "v1",
    "withdrawal_information_given": True,
}
FULL: dict[str, Any] = {
    "request.received_at": "2026-06-11T09:00:00Z",
    "request.completed_at": "2026-06-11T09:00:00Z",
    "request.requested_amount": {"currency_code": "USD", "amount_minor": 100},
    "request.usage_event_ids": ["event-1"],
    "request.lot_ids": ["lot-1"],
    "facts.account.status_reason": "OWN_REQUEST",
    "facts.account.status_since": T0,
    "facts.account.forfeited_at": "2100-01-01T00:00:00Z",
    "facts.lots.0.expires_at": "2030-01-01T00:00:00Z",
    "facts.lots.0.consent": CONSENT,
    "facts.subscription": {
        "plan": "pro",
        "order_ref": "ORD-9",
        "payment_id": "pay-2",
        "amount": {"currency_code": "USD", "amount_minor": 900},
        "concluded_at": T0,
        "charged_at": T0,
        "period_start": "2026-06-01T00:00:00Z",
        "period_end": "2026-07-01T00:00:00Z",
        "first_period": True,
        "cancelled_at": "2026-06-10T00:00:00Z",
        "consent": CONSENT,
    },
    "facts.payments.0.expected": {"currency_code": "USD", "amount_minor": 10350},
    "facts.payments.0.refunds": [
        {
            "id": "refund-1",
            "amount": {"currency_code": "USD", "amount_minor": 1},
            "status": "FAILED",
            "kind": "GOODWILL",
            "lot_id": "lot-1",
            "refunded_at": T0,
        }
    ],
    "facts.payments.0.dispute": {"status": "WON", "amount": {"currency_code": "USD", "amount_minor": 1}},
    "facts.payments.1": {
        "id": "pay-2",
        "method": "card",
        "captured": {"currency_code": "USD", "amount_minor": 900},
        "captured_at": T0,
    },
    "facts.usage_events": [
        {"id": "event-1", "outcome": "ERROR", "error_origin": "UPSTREAM", "deducted_micros": 5, "occurred_at": T0}
    ],
    "facts.incidents": [{"id": "incident-1", "verified": True, "attribution": "PLATFORM", "sla_credit_micros": 7}],
    "facts.agreement": {
        "id": "agreement-1",
        "order_refs": ["ORD-other"],
        "minimum": {"currency_code": "USD", "amount_minor": 10_000_000},
        "terms": "REFUNDABLE",
    },
}


def good() -> decision_service_pb2.EvaluateRefundRequest:
    """Return it."""
    return sample.request(FULL)
