"""The request and what surrounds the order: sender, account, customer, events, incidents, agreement, risk, ledger."""

from __future__ import annotations

from operator import attrgetter

from decider.bundle.catalog import Catalog
from decider.currencies import is_withdrawn
from decider.evaluation.facts.account import Account
from decider.evaluation.facts.email import is_among
from decider.evaluation.facts.selection import Order
from decider.evaluation.policy_input.calendars import canonical_country
from decider.evaluation.policy_input.document import (
    AccountInput,
    AgreementInput,
    CustomerInput,
    IncidentInput,
    LedgerInput,
    RequestInput,
    RiskInput,
    SenderInput,
    UsageEventInput,
)
from decider.evaluation.times import nanoseconds
from decider.v1 import facts_pb2, request_pb2

__all__ = [
    "account_input",
    "agreement_inputs",
    "customer_input",
    "incident_inputs",
    "is_contested",
    "ledger_input",
    "request_input",
    "risk_input",
    "usage_event_inputs",
]

# The names that stand for "not told" where the policy sees another word for it.
_REMEDIES = {request_pb2.REMEDY_UNSPECIFIED: "REFUND"}
_CUSTOMERS = {facts_pb2.CUSTOMER_TYPE_UNSPECIFIED: "UNKNOWN"}
_SUSPICIONS = {facts_pb2.SUSPICION_UNSPECIFIED: "NONE"}
_TERMS = {facts_pb2.AGREEMENT_TERMS_UNSPECIFIED: "NOT_MODELLED"}


def is_contested(account: Account) -> bool:
    """Whether API requests are contested (ruling 14)."""
    return account.request.remedy == request_pb2.REMEDY_RESTORE_CREDITS or bool(account.request.usage_event_ids)


def request_input(account: Account, order: Order, currency: str, purchased_at: int) -> RequestInput:
    """Return what is asked for; `purchased_at` is the earliest purchase of it (ns)."""
    request = account.request
    asked = "ALL"
    if request.HasField("requested_amount"):
        asked = "AMOUNT"
    elif request.HasField("requested_credits_micros"):
        asked = "CREDITS"
    remedy = request.remedy
    return {
        "remedy": _REMEDIES.get(remedy) or request_pb2.Remedy.Name(remedy).removeprefix("REMEDY_"),
        "contested": is_contested(account),
        "requested_at": account.requested_at,
        "received_at": account.received_at,
        "completed_at": account.completed_at,
        "evaluate_at": account.evaluate_at,
        "purchased_at": purchased_at,
        "channel": request_pb2.Channel.Name(request.channel).removeprefix("CHANNEL_"),
        "sender": _sender(account),
        "order_named": order.named,
        "order_inferable": order.inferred,
        "has_reason": bool(request.reason.strip()),
        "asked": asked,
        "amount": request.requested_amount.amount_minor,
        "credits": request.requested_credits_micros,
        "currency": currency,
        "currency_withdrawn": is_withdrawn(currency, account.evaluate_at),
    }


def account_input(account: Account) -> AccountInput:
    """Return the account's standing, at the decision and against the request."""
    facts = account.facts.account
    changed = facts.HasField("status_since") and nanoseconds(facts.status_since) > account.requested_at
    forfeited = facts.HasField("forfeited_at") and nanoseconds(facts.forfeited_at) <= account.evaluate_at
    return {
        "status": facts_pb2.AccountStatus.Name(facts.status).removeprefix("ACCOUNT_STATUS_"),
        "status_reason": facts_pb2.StatusReason.Name(facts.status_reason).removeprefix("STATUS_REASON_"),
        "changed_after_request": changed,
        "forfeited": forfeited,
    }


def customer_input(account: Account, catalog: Catalog) -> CustomerInput:
    """Return who the customer is."""
    kind = account.facts.customer.type
    return {
        "type": _CUSTOMERS.get(kind) or facts_pb2.CustomerType.Name(kind).removeprefix("CUSTOMER_TYPE_"),
        "country": canonical_country(account, catalog),
    }


def usage_event_inputs(account: Account) -> list[UsageEventInput]:
    """Return the contested API requests by id: those that are named, else all of the facts."""
    named = set(account.request.usage_event_ids)
    events = sorted(account.facts.usage_events, key=attrgetter("id"))
    return [
        {
            "id": event.id,
            "outcome": facts_pb2.UsageOutcome.Name(event.outcome).removeprefix("USAGE_OUTCOME_"),
            "error_origin": facts_pb2.ErrorOrigin.Name(event.error_origin).removeprefix("ERROR_ORIGIN_"),
            "output_tokens": event.output_tokens,
            "upstream_billed": event.upstream_billed,
            "deducted": event.deducted_micros,
            "already_restored": event.already_restored,
        }
        for event in events
        if not named or event.id in named
    ]


def incident_inputs(account: Account) -> list[IncidentInput]:
    """Return the incidents by id."""
    return [
        {
            "id": one.id,
            "verified": one.verified,
            "attribution": facts_pb2.IncidentAttribution.Name(one.attribution).removeprefix("INCIDENT_ATTRIBUTION_"),
            "significant": one.significant,
            "sla_credit": one.sla_credit_micros,
            "already_granted": one.already_granted,
        }
        for one in sorted(account.facts.incidents, key=attrgetter("id"))
    ]


def agreement_inputs(account: Account) -> list[AgreementInput]:
    """Return the separate agreement, if there is one."""
    if not account.facts.HasField("agreement"):
        return []
    agreement = account.facts.agreement
    return [
        {
            "order_refs": sorted(set(agreement.order_refs)),
            "minimum": {
                "told": agreement.HasField("minimum"),
                "currency": agreement.minimum.currency_code,
                "amount": agreement.minimum.amount_minor,
            },
            "terms": _TERMS.get(agreement.terms)
            or facts_pb2.AgreementTerms.Name(agreement.terms).removeprefix("AGREEMENT_TERMS_"),
        }
    ]


def risk_input(account: Account) -> RiskInput:
    """Return what is suspected."""
    risk = account.facts.risk
    return {
        "fraud": _suspicion(risk.fraud),
        "tos_violation": _suspicion(risk.tos_violation),
        "approved_refunds_90d": risk.approved_refunds_90d,
    }


def ledger_input(account: Account) -> LedgerInput:
    """Return how old the balance is, and how the platform draws credits."""
    ledger = account.facts.ledger
    told = ledger.HasField("taken_at")
    return {
        "taken_at_told": told,
        "age_ns": max(0, account.evaluate_at - nanoseconds(ledger.taken_at)) if told else 0,
        "consumption_order": facts_pb2.ConsumptionOrder.Name(ledger.consumption_order).removeprefix(
            "CONSUMPTION_ORDER_"
        ),
    }


def _sender(account: Account) -> SenderInput:
    request, facts = account.request, account.facts.account
    address = request.sender_email
    return {
        "address_given": bool(address.strip()),
        "authenticated": request.sender_authenticated,
        "is_verified_email": is_among(address, facts.verified_emails),
        "is_payer_email": is_among(address, [facts.payer_email]),
    }


def _suspicion(value: facts_pb2.Suspicion.ValueType) -> str:
    return _SUSPICIONS.get(value) or facts_pb2.Suspicion.Name(value).removeprefix("SUSPICION_")
