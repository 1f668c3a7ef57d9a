"""The policy input as types: rego/schemas/input.json says what each key means, and a test holds the two together.

Times are in nanoseconds since the epoch, money in minor units, credits in millionths.
"""

from __future__ import annotations

from typing import TypedDict

from decider.evaluation.policy_input.purchase_document import (
    LotInput,
    PaymentInput,
    PlanInput,
    RefundSourceInput,
    RepaidLotInput,
)

__all__ = [
    "AccountInput",
    "AgreementInput",
    "CalendarInput",
    "CustomerInput",
    "DisputesInput",
    "IncidentInput",
    "LedgerInput",
    "MinimumInput",
    "OrderInput",
    "PolicyInput",
    "RequestInput",
    "RiskInput",
    "SenderInput",
    "UsageEventInput",
    "WithdrawalInput",
]


class WithdrawalInput(TypedDict):
    """Ends of the statutory period."""

    ends: int
    moved_ends: int
    extended_ends: int
    extended_moved_ends: int


class CalendarInput(TypedDict):
    """What the calendars of one policy version say."""

    window_ends: dict[str, int]
    completion_days: list[int]
    approval_day_starts: list[int]
    approval_day_ends: list[int]
    requested_on: int
    withdrawal: dict[str, WithdrawalInput]


class SenderInput(TypedDict):
    """Who sent it."""

    address_given: bool
    authenticated: bool
    is_verified_email: bool
    is_payer_email: bool


class RequestInput(TypedDict):
    """What is asked for, by whom and when."""

    remedy: str
    contested: bool
    requested_at: int
    received_at: int
    completed_at: int
    evaluate_at: int
    purchased_at: int
    channel: str
    sender: SenderInput
    order_named: bool
    order_inferable: bool
    has_reason: bool
    asked: str
    amount: int
    credits: int
    currency: str
    currency_withdrawn: bool


class AccountInput(TypedDict):
    """The account."""

    status: str
    status_reason: str
    changed_after_request: bool
    forfeited: bool


class CustomerInput(TypedDict):
    """The customer."""

    type: str
    country: str


class DisputesInput(TypedDict):
    """Disputes over all payments of the facts."""

    any_open: bool
    open_elsewhere: bool
    any_settled: bool


class UsageEventInput(TypedDict):
    """One contested API request."""

    id: str
    outcome: str
    error_origin: str
    output_tokens: int
    upstream_billed: bool
    deducted: int
    already_restored: bool


class IncidentInput(TypedDict):
    """One incident."""

    id: str
    verified: bool
    attribution: str
    significant: bool
    sla_credit: int
    already_granted: bool


class MinimumInput(TypedDict):
    """Least base price it covers."""

    told: bool
    currency: str
    amount: int


class AgreementInput(TypedDict):
    """A separate agreement."""

    order_refs: list[str]
    minimum: MinimumInput
    terms: str


class RiskInput(TypedDict):
    """Risk flags."""

    fraud: str
    tos_violation: str
    approved_refunds_90d: int


class LedgerInput(TypedDict):
    """The balance snapshot."""

    taken_at_told: bool
    age_ns: int
    consumption_order: str


class OrderInput(TypedDict):
    """What depends on which order is meant."""

    calendars: dict[str, CalendarInput]
    request: RequestInput
    lots: list[LotInput]
    plans: list[PlanInput]
    payments: list[PaymentInput]
    refund_sources: list[RefundSourceInput]
    repaid_lots: list[RepaidLotInput]


class PolicyInput(OrderInput):
    """The facts of one refund request, as a policy sees them, before its entry adds rules and terms."""

    policy_id: str
    pinned_version: str
    account: AccountInput
    customer: CustomerInput
    disputes: DisputesInput
    usage_events: list[UsageEventInput]
    incidents: list[IncidentInput]
    agreements: list[AgreementInput]
    risk: RiskInput
    ledger: LedgerInput
    as_verified: list[OrderInput]
    as_awaited: list[OrderInput]
    possible_orders: list[OrderInput]
