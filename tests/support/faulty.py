"""Facts with violations: parts to change the base with, and the paths at fault."""

from __future__ import annotations

from typing import Any, TypeAlias

from decider.evaluation.facts import read_facts
from decider.evaluation.validation.facts_rules import facts_violations
from decider.evaluation.validation.message_rules import message_violations
from support.sample import BASE, CATALOG, money, request

# The values that are set by path, the paths that are unset, and the paths at fault.
Row: TypeAlias = tuple[dict[str, Any], tuple[str, ...], list[str]]

LOT = BASE["facts"]["lots"][0]
PAYMENT = BASE["facts"]["payments"][0]
PLAN = {
    "plan": "Pro",
    "order_ref": "SUB-1",
    "payment_id": "pay-s1",
    "amount": {"currency_code": "USD", "amount_minor": 2000},
    "concluded_at": "2026-05-27T09:00:00Z",
    "charged_at": "2026-05-27T09:00:00Z",
    "period_start": "2026-05-27T09:00:00Z",
    "period_end": "2026-06-26T09:00:00Z",
}
PLAN_PAYMENT = {"id": "pay-s1", "captured": {"currency_code": "USD", "amount_minor": 2000}}
WITH_PLAN = {"facts.subscription": PLAN, "facts.payments.1": PLAN_PAYMENT}
EVENT = {"id": "ev-1", "outcome": "ERROR"}
DAY_9, DAY_10, DAY_12 = "2026-06-09T09:00:00Z", "2026-06-10T09:00:00Z", "2026-06-12T09:00:00Z"


def lot(number: int, **fields: Any) -> dict[str, Any]:
    """A lot like the first, with its own id, order and payment."""
    own = {"id": f"lot-{number}", "order_ref": f"ORD-{number}", "payment_id": f"pay-{number}"}
    return {**LOT, **own, **fields}


def payment(number: int, **fields: Any) -> dict[str, Any]:
    return {**PAYMENT, "id": f"pay-{number}", **fields}


def refund(**fields: Any) -> dict[str, Any]:
    return {"id": "re-1", "amount": money(100), "status": "SUCCEEDED", "lot_id": "lot-1", **fields}


TWO = {"facts.lots.1": lot(2), "facts.payments.1": payment(2)}
EURO = {name: money(LOT[name]["amount_minor"], "EUR") for name in ("base_price", "fee", "tax")}
TWO_CURRENCIES = {
    "facts.lots.1": lot(2, **EURO),
    "facts.payments.1": payment(2, captured=money(10350, "EUR")),
}


def fields_of(change: dict[str, Any], *unset: str, faulty: tuple[str, ...] = ()) -> list[str]:
    """Return the paths at fault, sorted; `faulty` are already known to be at fault."""
    message, violations = message_violations(request(change, unset))
    facts = read_facts(message, 0, CATALOG.country_aliases)
    known = {*faulty, *(violation.field for violation in violations)}
    return sorted(violation.field for violation in [*violations, *facts_violations(facts, known)])
