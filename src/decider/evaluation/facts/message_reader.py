"""Reads the message of a request into the typed model. Reading never fails, whatever the message holds."""

from __future__ import annotations

from collections.abc import Mapping

from google.protobuf.message import Message

from decider import enum_names
from decider.evaluation.facts.facts import Facts
from decider.evaluation.facts.model import (
    Account,
    Agreement,
    Consent,
    Customer,
    Dispute,
    Incident,
    Ledger,
    Lot,
    Money,
    Payment,
    Plan,
    Refund,
    Request,
    Risk,
    UsageEvent,
    amount_of,
)
from decider.evaluation.times import nanoseconds
from decider.v1 import decision_service_pb2, facts_pb2, money_pb2, request_pb2

__all__ = ["read_facts", "read_lot"]


def read_facts(
    message: decision_service_pb2.EvaluateRefundRequest, now_ns: int, country_aliases: Mapping[str, str]
) -> Facts:
    """Read a request. The request is decided at evaluate_at, or at `now_ns` if that is absent.

    `country_aliases` maps country codes that the law's data accepts to the codes of ISO 3166-1.
    """
    request, facts = message.request, message.facts
    return Facts(
        is_evaluate_at_stated=message.HasField("evaluate_at"),
        evaluate_at=nanoseconds(message.evaluate_at) if message.HasField("evaluate_at") else now_ns,
        request=_request(request),
        account=Account(
            status=enum_names.ACCOUNT_STATUS.name(facts.account.status),
            status_reason=enum_names.STATUS_REASON.name(facts.account.status_reason),
            status_since=_time(facts.account, "status_since"),
            forfeited_at=_time(facts.account, "forfeited_at"),
            verified_emails=tuple(facts.account.verified_emails),
            payer_email=facts.account.payer_email or None,
        ),
        customer=_customer(facts.customer, country_aliases),
        lots=tuple(read_lot(lot, f"facts.lots[{index}]") for index, lot in enumerate(facts.lots)),
        plan=_plan(facts.subscription, "facts.subscription") if facts.HasField("subscription") else None,
        payments=tuple(_payment(payment, f"facts.payments[{index}]") for index, payment in enumerate(facts.payments)),
        usage_events=tuple(
            UsageEvent(
                path=f"facts.usage_events[{index}]",
                id=event.id,
                outcome=enum_names.USAGE_OUTCOME.name(event.outcome),
                error_origin=enum_names.ERROR_ORIGIN.name(event.error_origin),
                output_tokens=event.output_tokens,
                upstream_billed=event.upstream_billed,
                deducted=event.deducted_micros,
                already_restored=event.already_restored,
            )
            for index, event in enumerate(facts.usage_events)
        ),
        incidents=tuple(
            Incident(
                path=f"facts.incidents[{index}]",
                id=incident.id,
                verified=incident.verified,
                attribution=enum_names.INCIDENT_ATTRIBUTION.name(incident.attribution),
                significant=incident.significant,
                sla_credit=incident.sla_credit_micros,
                already_granted=incident.already_granted,
            )
            for index, incident in enumerate(facts.incidents)
        ),
        agreement=Agreement(
            order_refs=tuple(facts.agreement.order_refs),
            minimum=_money(facts.agreement, "minimum"),
            terms=enum_names.AGREEMENT_TERMS.name(facts.agreement.terms),
        )
        if facts.HasField("agreement")
        else None,
        risk=Risk(
            fraud=enum_names.SUSPICION.name(facts.risk.fraud),
            tos_violation=enum_names.SUSPICION.name(facts.risk.tos_violation),
            approved_refunds_90d=facts.risk.approved_refunds_90d,
        ),
        ledger=Ledger(
            taken_at=_time(facts.ledger, "taken_at"),
            used=_number(facts.ledger, "used_micros"),
            balance=_number(facts.ledger, "balance_micros"),
            consumption_order=enum_names.CONSUMPTION_ORDER.name(facts.ledger.consumption_order),
        ),
    )


def read_lot(message: facts_pb2.CreditLot, path: str) -> Lot:
    """Read a lot that stands at `path`."""
    return Lot(
        path=path,
        id=message.id,
        order_ref=message.order_ref or None,
        payment_id=message.payment_id or None,
        category=enum_names.LOT_CATEGORY.name(message.category),
        purchased_at=nanoseconds(message.purchased_at),
        expires_at=_time(message, "expires_at"),
        draw_priority=message.draw_priority,
        base_price=_money(message, "base_price"),
        fee=_money(message, "fee"),
        tax=_money(message, "tax"),
        fee_kept_by_third_party=message.fee_kept_by_third_party,
        base=message.base_micros,
        bonus=message.bonus_micros,
        base_used=_number(message, "base_used_micros"),
        bonus_used=_number(message, "bonus_used_micros"),
        used=_number(message, "used_micros"),
        reserved=message.reserved_micros,
        is_sold_elsewhere=bool(message.sold_by),
        consent=_consent(message.consent),
    )


def _request(message: request_pb2.RefundRequest) -> Request:
    requested_at = nanoseconds(message.requested_at)
    received_at = nanoseconds(message.received_at) if message.HasField("received_at") else requested_at
    return Request(
        policy_id=message.policy_id,
        policy_version=message.policy_version or None,
        remedy=enum_names.REMEDY.name(message.remedy),
        channel=enum_names.CHANNEL.name(message.channel),
        requested_at=requested_at,
        received_at=received_at,
        completed_at=nanoseconds(message.completed_at) if message.HasField("completed_at") else received_at,
        order_ref=message.order_ref or None,
        lot_ids=tuple(message.lot_ids),
        usage_event_ids=tuple(message.usage_event_ids),
        amount=_money(message, "requested_amount"),
        credits=_number(message, "requested_credits_micros"),
        has_reason=bool(message.reason.strip()),
        sender_email=message.sender_email.strip() or None,
        sender_authenticated=message.sender_authenticated,
    )


def _customer(message: facts_pb2.Customer, aliases: Mapping[str, str]) -> Customer:
    country, dash, region = message.subdivision_code.partition("-")
    return Customer(
        type=enum_names.CUSTOMER_TYPE.name(message.type),
        country_code=message.country_code or None,
        country=aliases.get(message.country_code, message.country_code) or None,
        subdivision=f"{aliases.get(country, country)}{dash}{region}" or None,
        time_zone=message.time_zone or None,
    )


def _plan(message: facts_pb2.Subscription, path: str) -> Plan:
    return Plan(
        path=path,
        order_ref=message.order_ref or None,
        payment_id=message.payment_id or None,
        amount=_money(message, "amount"),
        concluded_at=_time(message, "concluded_at"),
        charged_at=_time(message, "charged_at"),
        cancelled_at=_time(message, "cancelled_at"),
        period_start=nanoseconds(message.period_start),
        period_end=nanoseconds(message.period_end),
        is_first_period=message.first_period,
        consent=_consent(message.consent),
    )


def _payment(message: facts_pb2.Payment, path: str) -> Payment:
    captured = _money(message, "captured")
    dispute = _dispute(message.dispute) if message.HasField("dispute") else Dispute()
    return Payment(
        path=path,
        id=message.id,
        method=message.method.strip().lower() or None,
        captured=captured,
        expected=_money(message, "expected"),
        captured_at=_time(message, "captured_at"),
        refunds=tuple(_refund(refund, f"{path}.refunds[{index}]") for index, refund in enumerate(message.refunds)),
        dispute=dispute,
        # A lost dispute without an amount took all that was captured.
        lost=amount_of(dispute.amount or captured) if dispute.status == "LOST" else 0,
        duplicate_of=message.duplicate_of or None,
        is_verified=bool(message.duplicate_of) and message.duplicate_verified,
    )


def _refund(message: facts_pb2.Refund, path: str) -> Refund:
    return Refund(
        path=path,
        id=message.id,
        amount=_money(message, "amount"),
        status=enum_names.REFUND_STATUS.name(message.status),
        kind=enum_names.REFUND_KIND.name(message.kind),
        lot_id=message.lot_id or None,
        credits=message.credits_micros,
        bonus=message.bonus_micros,
    )


def _dispute(message: facts_pb2.Dispute) -> Dispute:
    return Dispute(
        status=enum_names.DISPUTE_STATUS.name(message.status),
        amount=_money(message, "amount"),
        is_refundable=message.refundable,
        is_unauthorized=message.unauthorized,
    )


def _consent(message: facts_pb2.WithdrawalConsent) -> Consent:
    return Consent(
        express_request=message.HasField("express_request_at"),
        loss_acknowledged=message.HasField("loss_acknowledged_at"),
        confirmation_sent=message.HasField("confirmation_sent_at"),
        information_given=message.withdrawal_information_given,
    )


def _money(message: Message, name: str) -> Money | None:
    """Read an amount that may be absent."""
    if not message.HasField(name):
        return None
    money: money_pb2.Money = getattr(message, name)
    return Money(money.currency_code, money.amount_minor)


def _time(message: Message, name: str) -> int | None:
    """Read a time (ns) that may be absent."""
    return nanoseconds(getattr(message, name)) if message.HasField(name) else None


def _number(message: Message, name: str) -> int | None:
    """Read a number that may be absent."""
    return getattr(message, name) if message.HasField(name) else None
