"""A request with every field set."""

from __future__ import annotations

from google.protobuf.timestamp_pb2 import Timestamp

from decider.v1 import decision_service_pb2, facts_pb2, money_pb2, request_pb2

__all__ = ["USD", "full"]

T0 = Timestamp(seconds=1_700_000_000)
USD = money_pb2.Money(currency_code="USD", amount_minor=1234)


def full() -> decision_service_pb2.EvaluateRefundRequest:
    """Return a request in which every field is set and keeps its own rules, so that each of these can be broken."""
    consent = facts_pb2.WithdrawalConsent(
        express_request_at=T0,
        loss_acknowledged_at=T0,
        confirmation_sent_at=T0,
        text_version="v1",
        withdrawal_information_given=True,
    )
    return decision_service_pb2.EvaluateRefundRequest(
        request=request_pb2.RefundRequest(
            policy_id="router-one",
            policy_version="2026-01-01",
            remedy=request_pb2.REMEDY_REFUND,
            requested_at=T0,
            received_at=T0,
            completed_at=T0,
            channel=request_pb2.CHANNEL_EMAIL,
            sender_email="a@example.com",
            sender_authenticated=True,
            order_ref="order",
            reason="no longer needed",
            requested_amount=USD,
            requested_credits_micros=1,
            usage_event_ids=["event"],
            lot_ids=["lot"],
        ),
        evaluate_at=T0,
        facts=facts_pb2.RefundFacts(
            account=facts_pb2.Account(
                id="account",
                status=facts_pb2.ACCOUNT_STATUS_SUSPENDED,
                status_reason=facts_pb2.STATUS_REASON_SECURITY,
                status_since=T0,
                verified_emails=["a@example.com"],
                payer_email="b@example.com",
                forfeited_at=T0,
            ),
            customer=facts_pb2.Customer(
                type=facts_pb2.CUSTOMER_TYPE_CONSUMER,
                country_code="DE",
                time_zone="Europe/Berlin",
                subdivision_code="DE-BY",
            ),
            lots=[
                facts_pb2.CreditLot(
                    id="lot",
                    order_ref="order",
                    payment_id="payment",
                    category=facts_pb2.LOT_CATEGORY_PAID,
                    purchased_at=T0,
                    base_price=USD,
                    fee=USD,
                    fee_kept_by_third_party=True,
                    tax=USD,
                    base_micros=5,
                    bonus_micros=5,
                    base_used_micros=1,
                    bonus_used_micros=1,
                    used_micros=2,
                    reserved_micros=1,
                    draw_priority=1,
                    expires_at=T0,
                    sold_by="reseller",
                    consent=consent,
                )
            ],
            subscription=facts_pb2.Subscription(
                plan="pro",
                order_ref="plan-order",
                payment_id="payment",
                amount=USD,
                concluded_at=T0,
                charged_at=T0,
                period_start=T0,
                period_end=T0,
                first_period=True,
                cancelled_at=T0,
                consent=consent,
            ),
            payments=[
                facts_pb2.Payment(
                    id="payment",
                    method="card",
                    captured=USD,
                    captured_at=T0,
                    refunds=[
                        facts_pb2.Refund(
                            id="refund",
                            amount=USD,
                            status=facts_pb2.REFUND_STATUS_PENDING,
                            kind=facts_pb2.REFUND_KIND_GOODWILL,
                            lot_id="lot",
                            credits_micros=1,
                            bonus_micros=1,
                            refunded_at=T0,
                        )
                    ],
                    dispute=facts_pb2.Dispute(
                        status=facts_pb2.DISPUTE_STATUS_INQUIRY, amount=USD, refundable=True, unauthorized=True
                    ),
                    duplicate_of="other",
                    duplicate_verified=True,
                    expected=USD,
                )
            ],
            usage_events=[
                facts_pb2.UsageEvent(
                    id="event",
                    outcome=facts_pb2.USAGE_OUTCOME_ERROR,
                    error_origin=facts_pb2.ERROR_ORIGIN_UPSTREAM,
                    output_tokens=1,
                    upstream_billed=True,
                    deducted_micros=1,
                    already_restored=True,
                    occurred_at=T0,
                )
            ],
            incidents=[
                facts_pb2.Incident(
                    id="incident",
                    verified=True,
                    attribution=facts_pb2.INCIDENT_ATTRIBUTION_PLATFORM,
                    significant=True,
                    sla_credit_micros=1,
                    already_granted=True,
                )
            ],
            agreement=facts_pb2.Agreement(
                id="agreement", order_refs=["order"], minimum=USD, terms=facts_pb2.AGREEMENT_TERMS_REFUNDABLE
            ),
            risk=facts_pb2.Risk(
                fraud=facts_pb2.SUSPICION_NONE, tos_violation=facts_pb2.SUSPICION_NONE, approved_refunds_90d=1
            ),
            ledger=facts_pb2.LedgerSnapshot(
                taken_at=T0,
                balance_version="7",
                used_micros=1,
                balance_micros=1,
                consumption_order=facts_pb2.CONSUMPTION_ORDER_BASE_FIRST,
            ),
        ),
    )
