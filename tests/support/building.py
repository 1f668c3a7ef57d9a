"""Requests made into policy inputs, each held against the schema; and parts to change the base with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema

from decider.evaluation.policy_input import PolicyInput, build_input
from support.sample import BASE, CATALOG, evaluate_at, request

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


def built(change: dict[str, Any], *unset: str) -> PolicyInput:
    message = request(change, unset)
    found = build_input(message, evaluate_at(message), CATALOG)
    VALIDATOR.validate(found)
    return found
