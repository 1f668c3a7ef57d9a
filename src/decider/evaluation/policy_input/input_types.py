"""The policy input as types. The schema rego/schemas/input.json is generated from them.

An annotation holds the description of a key and, if its values are the short names of an enum, these names. Times are
in nanoseconds since the epoch, money is in minor units, credits are in millionths. What the facts do not state is null.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypedDict

from decider.enum_names import (
    ACCOUNT_STATUS,
    AGREEMENT_TERMS,
    CHANNEL,
    CONSUMPTION_ORDER,
    CUSTOMER_TYPE,
    ERROR_ORIGIN,
    INCIDENT_ATTRIBUTION,
    REMEDY,
    STATUS_REASON,
    SUSPICION,
    USAGE_OUTCOME,
)
from decider.evaluation.policy_input.purchase_types import (
    PaymentInput,
    PurchaseInputs,
    RefundSourceInput,
)

__all__ = [
    "AccountInput",
    "AgreementInput",
    "CalendarInput",
    "CustomerInput",
    "DisputesInput",
    "IncidentInput",
    "JudgedInput",
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
    """The ends of the statutory period."""

    ends: Annotated[int, "The end of the last day of the period."]
    moved_ends: Annotated[int, "The same, moved to the end of the next working day."]
    extended_ends: Annotated[int, "The end of the last day plus the months without information."]
    extended_moved_ends: Annotated[int, "The same, moved to the end of the next working day."]


class CalendarInput(TypedDict):
    """The calendar of one policy version.

    An end is the first instant that is too late, in nanoseconds since 1970-01-01T00:00:00Z.
    """

    window_ends: Annotated[
        dict[str, int], "By lot id, the end of the day `window.days` after the purchase day in `window.tz`."
    ]
    completion_days: Annotated[
        list[int], "The ends of the working days after completed_at in `business_tz`, ascending."
    ]
    approval_day_starts: Annotated[
        list[int], "The starts of the working days after evaluate_at in `business_tz`, ascending."
    ]
    approval_day_ends: Annotated[list[int], "The ends of the same days."]
    requested_on: Annotated[int, "The local date of requested_at in the customer's zone, as the number yyyymmdd."]
    withdrawal: Annotated[
        dict[str, WithdrawalInput],
        "By lot id, and under the empty string for the plan, the ends of the statutory period in the customer's zone; "
        "empty if no regime holds in the country.",
    ]


class SenderInput(TypedDict):
    """The sender of the request."""

    address: Annotated[
        Literal["VERIFIED", "PAYER", "OTHER"] | None,
        "Whose the stated address is: a verified one of the account, else the payer's, else another; null if none is "
        "stated.",
    ]
    authenticated: Annotated[bool, "The sender is authenticated."]


class RequestInput(TypedDict):
    """What is requested, by whom and when."""

    remedy: Annotated[str, REMEDY, "The requested remedy."]
    contested: Annotated[bool, "API requests are contested: the remedy is RESTORE_CREDITS, or usage events are named."]
    requested_at: Annotated[int, "The time of the request, in nanoseconds since 1970-01-01T00:00:00Z."]
    received_at: Annotated[int, "The time of receipt, in nanoseconds since 1970-01-01T00:00:00Z."]
    completed_at: Annotated[int, "The time of completion, in nanoseconds since 1970-01-01T00:00:00Z."]
    evaluate_at: Annotated[int, "The time of the decision, in nanoseconds since 1970-01-01T00:00:00Z."]
    purchased_at: Annotated[
        int,
        "The earliest purchase of the order, or requested_at if there is no order; in nanoseconds since "
        "1970-01-01T00:00:00Z.",
    ]
    channel: Annotated[str, CHANNEL, "The channel of the request."]
    sender: SenderInput
    order_named: Annotated[bool, "The request names the order by lot_ids or order_ref."]
    order_inferable: Annotated[
        bool, "The request names no order, and only one purchase fits it: the one in `lots` or `plans`."
    ]
    has_reason: Annotated[bool, "The request states a reason."]
    amount: Annotated[int | None, "The requested amount in minor units; null if no amount is named."]
    credits: Annotated[int | None, "The requested base credits in millionths; null if none are named."]
    currency: Annotated[str, "The ISO 4217 code of the order, of the facts' first payment, or XXX (ruling 33)."]
    currency_withdrawn: Annotated[bool, "ISO 4217 has withdrawn the currency at evaluate_at (ruling 37)."]


class AccountInput(TypedDict):
    """The account."""

    status: Annotated[str, ACCOUNT_STATUS, "The status of the account."]
    status_reason: Annotated[str, STATUS_REASON, "The reason for the status."]
    changed_after_request: Annotated[bool, "status_since is stated, and it is after requested_at."]
    forfeited: Annotated[bool, "forfeited_at is stated, and it is not after evaluate_at."]


class CustomerInput(TypedDict):
    """The customer."""

    type: Annotated[str, CUSTOMER_TYPE, "Whether the customer is a consumer or a business."]
    country: Annotated[
        str | None, "The ISO 3166-1 alpha-2 code, with GR and GB for EL and UK; null if it is not stated."
    ]


class DisputesInput(TypedDict):
    """The disputes of all payments of the facts."""

    any_open: Annotated[bool, "A dispute is open."]
    open_elsewhere: Annotated[bool, "A dispute is open of a payment that is not concerned."]
    any_settled: Annotated[bool, "A dispute is WON or LOST."]


class UsageEventInput(TypedDict):
    """A contested API request."""

    id: Annotated[str, "The id of the API request."]
    outcome: Annotated[str, USAGE_OUTCOME, "The outcome of the API request."]
    error_origin: Annotated[str, ERROR_ORIGIN, "The origin of the error."]
    output_tokens: Annotated[int, "The delivered output tokens."]
    upstream_billed: Annotated[bool, "The upstream provider billed the API request."]
    deducted: Annotated[int, "The deducted credits, in millionths."]
    already_restored: Annotated[bool, "The credits were already restored."]


class IncidentInput(TypedDict):
    """An incident."""

    id: Annotated[str, "The id of the incident."]
    verified: Annotated[bool, "The incident is verified."]
    attribution: Annotated[str, INCIDENT_ATTRIBUTION, "Who caused the incident."]
    significant: Annotated[bool, "The incident was significant."]
    sla_credit: Annotated[int, "The credits that the SLA grants, in millionths."]
    already_granted: Annotated[bool, "The credits were already granted."]


class MinimumInput(TypedDict):
    """The least base price that the agreement covers."""

    currency: Annotated[str, "The ISO 4217 code."]
    amount: Annotated[int, "The minimum in minor units."]


class AgreementInput(TypedDict):
    """A separate agreement."""

    order_refs: Annotated[list[Annotated[str, "An order."]], "The orders that the agreement covers."]
    minimum: Annotated[MinimumInput | None, "Null if the agreement states none."]
    terms: Annotated[str, AGREEMENT_TERMS, "What the agreement says of refunds."]


class RiskInput(TypedDict):
    """The suspicions against the customer."""

    fraud: Annotated[str, SUSPICION, "The suspicion of fraud."]
    tos_violation: Annotated[str, SUSPICION, "The suspicion of a violation of the terms of service."]
    approved_refunds_90d: Annotated[int, "The number of refunds approved in the last 90 days."]


class LedgerInput(TypedDict):
    """The snapshot of the balance."""

    age_ns: Annotated[int | None, "evaluate_at - taken_at in nanoseconds, at least 0; null if taken_at is not stated."]
    consumption_order: Annotated[str, CONSUMPTION_ORDER, "The order in which the platform draws credits."]


class OrderInput(PurchaseInputs):
    """The part of the input that depends on the order and on the figures that were moved."""

    calendars: Annotated[
        dict[str, CalendarInput], "By version, its calendar, for each version that may judge the request."
    ]
    request: RequestInput
    payments: Annotated[list[PaymentInput], "The payments concerned, sorted by id."]
    refund_sources: Annotated[
        list[RefundSourceInput],
        "The payments that can give money back: the groups of the payments concerned, sorted by captured_at, then id.",
    ]


class PolicyInput(OrderInput):
    """The facts of one refund request as the service passes them to the decider."""

    policy_id: Annotated[str, "The requested policy."]
    pinned_version: Annotated[str | None, "The requested version; null if the policy's own version rule selects one."]
    account: AccountInput
    customer: CustomerInput
    disputes: DisputesInput
    usage_events: Annotated[list[UsageEventInput], "The contested API requests, sorted by id."]
    incidents: Annotated[list[IncidentInput], "The incidents, sorted by id."]
    agreements: Annotated[list[AgreementInput], "The separate agreement: none or one."]
    risk: RiskInput
    ledger: LedgerInput
    as_verified: Annotated[
        list[OrderInput],
        "The same order if its unverified duplicates were verified (ruling 34): at most one, and none if it has no "
        "such duplicate.",
    ]
    as_awaited: Annotated[
        list[OrderInput],
        "The same order if the refunds that hold it had failed and its duplicates were verified: at most one, and none "
        "if that moves no other figure (ruling 10).",
    ]
    possible_orders: Annotated[
        list[OrderInput],
        "The orders that the request may be about if it names none and none can be inferred (ruling 39).",
    ]


class JudgedInput(PolicyInput, total=False):
    """The facts of one refund request as a rule sees them: the policy input with what the decider adds to it."""

    parameters: Annotated[dict[str, Any], "The parameters of the version that judges. Added by the decider."]
    calendar: CalendarInput
    version: Annotated[dict[str, Any], "The version that judges, and why it judges. Added by the decider."]
    rules: Annotated[str, "The rule set of the version that judges. Added by the decider."]
