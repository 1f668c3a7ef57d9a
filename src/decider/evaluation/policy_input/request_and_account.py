"""The request and everything around the order: sender, account, customer, usage events, incidents, risk, ledger."""

from __future__ import annotations

from operator import attrgetter
from typing import Literal

from decider.currencies import is_withdrawn
from decider.evaluation.facts import Facts
from decider.evaluation.facts.email import canonical_email
from decider.evaluation.facts.selection import Order
from decider.evaluation.policy_input.input_types import (
    AccountInput,
    AgreementInput,
    CustomerInput,
    IncidentInput,
    LedgerInput,
    RequestInput,
    RiskInput,
    UsageEventInput,
)

__all__ = [
    "account_input",
    "agreement_inputs",
    "customer_input",
    "incident_inputs",
    "ledger_input",
    "request_input",
    "risk_input",
    "usage_event_inputs",
]


def request_input(facts: Facts, order: Order, currency: str, purchased_at: int) -> RequestInput:
    """Return the request. `currency` is that of the order, `purchased_at` the time of its earliest purchase (ns)."""
    request = facts.request
    return {
        "remedy": request.remedy,
        "contested": request.contests_usage,
        "requested_at": request.requested_at,
        "received_at": request.received_at,
        "completed_at": request.completed_at,
        "evaluate_at": facts.evaluate_at,
        "purchased_at": purchased_at,
        "channel": request.channel,
        "sender": {"address": _address(facts), "authenticated": request.sender_authenticated},
        "order_named": order.named,
        "order_inferable": order.inferred,
        "has_reason": request.has_reason,
        "amount": None if request.amount is None else request.amount.amount,
        "credits": request.credits,
        "currency": currency,
        "currency_withdrawn": is_withdrawn(currency, facts.evaluate_at),
    }


def account_input(facts: Facts) -> AccountInput:
    """Return the account at the time of the decision."""
    account = facts.account
    return {
        "status": account.status,
        "status_reason": account.status_reason,
        "changed_after_request": account.status_since is not None and account.status_since > facts.request.requested_at,
        "forfeited": account.forfeited_at is not None and account.forfeited_at <= facts.evaluate_at,
    }


def customer_input(facts: Facts) -> CustomerInput:
    """Return the customer."""
    return {"type": facts.customer.type, "country": facts.customer.country}


def usage_event_inputs(facts: Facts) -> list[UsageEventInput]:
    """Return the contested API requests by id: the named ones, or all if the request names none."""
    if not facts.request.contests_usage:
        return []
    named = set(facts.request.usage_event_ids)
    return [
        {
            "id": event.id,
            "outcome": event.outcome,
            "error_origin": event.error_origin,
            "output_tokens": event.output_tokens,
            "upstream_billed": event.upstream_billed,
            "deducted": event.deducted,
            "already_restored": event.already_restored,
        }
        for event in sorted(facts.usage_events, key=attrgetter("id"))
        if not named or event.id in named
    ]


def incident_inputs(facts: Facts) -> list[IncidentInput]:
    """Return the incidents by id."""
    return [
        {
            "id": incident.id,
            "verified": incident.verified,
            "attribution": incident.attribution,
            "significant": incident.significant,
            "sla_credit": incident.sla_credit,
            "already_granted": incident.already_granted,
        }
        for incident in sorted(facts.incidents, key=attrgetter("id"))
    ]


def agreement_inputs(facts: Facts) -> list[AgreementInput]:
    """Return the separate agreement, if there is one."""
    agreement = facts.agreement
    if agreement is None:
        return []
    minimum = agreement.minimum
    return [
        {
            "order_refs": sorted(set(agreement.order_refs)),
            "minimum": None if minimum is None else {"currency": minimum.currency, "amount": minimum.amount},
            "terms": agreement.terms,
        }
    ]


def risk_input(facts: Facts) -> RiskInput:
    """Return the suspicions."""
    risk = facts.risk
    return {
        "fraud": risk.fraud,
        "tos_violation": risk.tos_violation,
        "approved_refunds_90d": risk.approved_refunds_90d,
    }


def ledger_input(facts: Facts) -> LedgerInput:
    """Return the age of the balance, and the order in which the platform draws credits."""
    taken_at = facts.ledger.taken_at
    return {
        "age_ns": None if taken_at is None else max(0, facts.evaluate_at - taken_at),
        "consumption_order": facts.ledger.consumption_order,
    }


def _address(facts: Facts) -> Literal["VERIFIED", "PAYER", "OTHER"] | None:
    """Return whose address the request states (ruling 5)."""
    stated, account = facts.request.sender_email, facts.account
    if stated is None:
        return None
    address = canonical_email(stated)
    if address in map(canonical_email, account.verified_emails):
        return "VERIFIED"
    return "PAYER" if account.payer_email is not None and address == canonical_email(account.payer_email) else "OTHER"
