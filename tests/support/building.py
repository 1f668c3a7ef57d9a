"""Turns requests into policy inputs and checks each against the schema; and parts to change the base with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema

from decider.bundle.catalog import Catalog
from decider.evaluation.policy_input import PolicyInput, policy_input_of
from decider.evaluation.validation import valid_facts
from decider.v1 import decision_service_pb2
from support.sample import BASE, CATALOG, request

SCHEMA = json.loads((Path(__file__).parents[2] / "rego/schemas/input.json").read_text())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
LOT, PAYMENT = BASE["facts"]["lots"][0], BASE["facts"]["payments"][0]
PLAN = {
    "order_ref": "SUB-1",
    "payment_id": "pay-s1",
    "amount": {"currency_code": "USD", "amount_minor": 2000},
    "concluded_at": "2026-05-27T09:00:00Z",
    "charged_at": "2026-05-27T09:00:00Z",
    "period_start": "2026-06-11T08:59:57.5Z",
    "period_end": "2026-06-26T09:00:00Z",
}
WITH_PLAN = {
    "facts.subscription": PLAN,
    "facts.payments.1": {"id": "pay-s1", "captured": {"currency_code": "USD", "amount_minor": 2000}},
}


def second(**fields: Any) -> dict[str, Any]:
    """A second lot and its payment."""
    return {
        "facts.lots.1": {**LOT, "id": "lot-2", "order_ref": "ORD-2002", "payment_id": "pay-2", **fields},
        "facts.payments.1": {**PAYMENT, "id": "pay-2"},
    }


def policy_input(
    message: decision_service_pb2.EvaluateRefundRequest, catalog: Catalog = CATALOG, now_ns: int = 0
) -> PolicyInput:
    """Return the policy input of a request, as the evaluator does."""
    return policy_input_of(valid_facts(message, now_ns, catalog.country_aliases), catalog)


def built(change: dict[str, Any], *unset: str) -> PolicyInput:
    """Return the policy input of the base with changes."""
    found = policy_input(request(change, unset))
    VALIDATOR.validate(found)
    return found
