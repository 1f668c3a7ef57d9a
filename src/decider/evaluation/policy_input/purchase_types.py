"""The policy input's types for purchases: lots, plans and payments.

`input_types` describes how the types are read. Money is in minor units, credits are in millionths.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from decider.enum_names import DISPUTE_STATUS, LOT_CATEGORY

__all__ = [
    "ConsentInput",
    "LotCredits",
    "LotInput",
    "PaymentInput",
    "PlanInput",
    "PriceInput",
    "PurchaseInputs",
    "RefundSourceInput",
    "RepaidLotInput",
]


class ConsentInput(TypedDict):
    """What is on record of the consumer's consent at the purchase; false is not on record."""

    express_request: Annotated[bool, "The consumer expressly requested to begin at once."]
    loss_acknowledged: Annotated[bool, "The consumer acknowledged the loss of the right of withdrawal."]
    confirmation_sent: Annotated[bool, "A confirmation on a durable medium was sent."]
    information_given: Annotated[bool, "Information on the right of withdrawal was given."]


class LotCredits(TypedDict):
    """The credits of a lot: used, reserved, taken back and left."""

    known_use: Annotated[
        Literal["SPLIT", "TOTAL"] | None,
        "What is known of the use: its SPLIT into base and bonus, or only a TOTAL that the draw order splits; null if "
        "the use is not known, and counts as 0.",
    ]
    base_used: Annotated[int, "The used base credits."]
    bonus_used: Annotated[int, "The used bonus credits."]
    base_reserved: Annotated[int, "The base credits that running API requests reserve."]
    bonus_reserved: Annotated[int, "The bonus credits that running API requests reserve."]
    base_taken: Annotated[int, "The base credits that succeeded refunds took back."]
    bonus_taken: Annotated[int, "The bonus credits that succeeded refunds took back."]
    unused: Annotated[int, "base - base_used - base_reserved. Credits that were taken back count as unused."]
    left: Annotated[int, "unused - base_taken: the base credits that a refund can still take back."]
    bonus_left: Annotated[int, "bonus - bonus_used - bonus_reserved - bonus_taken."]
    used: Annotated[int, "base_used + bonus_used + both reserved: the credits of the lot that count as used."]


class LotInput(LotCredits):
    """A requested lot of credits. Money is in minor units of `currency`, credits are in millionths."""

    id: Annotated[str, "The id of the lot."]
    order_ref: Annotated[str | None, "The order with which the lot was bought; null if there is none."]
    category: Annotated[str, LOT_CATEGORY, "The kind of grant."]
    sold_elsewhere: Annotated[bool, "Another seller than the platform sold the lot."]
    purchased_at: Annotated[int, "The success of the payment, in nanoseconds since 1970-01-01T00:00:00Z."]
    age_ns: Annotated[int, "requested_at - purchased_at, in nanoseconds."]
    payment_id: Annotated[str | None, "The payment that paid for the lot; null if there is none."]
    charged: Annotated[
        bool, "Money was taken for the lot: for its price, by mistake, or by a duplicate of its payment."
    ]
    currency: Annotated[str, "The ISO 4217 code."]
    base_price: Annotated[int, "The price of the base credits, before fee and tax."]
    fee: Annotated[int, "The transaction fee on top."]
    fee_kept_by_third_party: Annotated[bool, "The seller never received the fee."]
    tax: Annotated[int, "The tax on top."]
    total: Annotated[int, "base_price + fee + tax."]
    order_base_price: Annotated[int, "The sum of the base prices of all lots of the order."]
    base: Annotated[int, "The granted base credits."]
    bonus: Annotated[int, "The granted bonus credits."]
    refunded_unused: Annotated[int, "Succeeded refunds of this lot, of kind UNUSED_CREDITS."]
    refunded_all: Annotated[int, "Succeeded refunds of this lot, of any kind, less what returned an overcharge."]
    goodwill: Annotated[int, "Succeeded refunds of this lot, of kind GOODWILL; part of refunded_all."]
    lost: Annotated[int, "The lot's share of what a lost dispute took of its payment, by base price (ruling 24)."]
    refund_pending: Annotated[bool, "A refund of this lot, or of its payment without a lot, is PENDING."]
    consent: ConsentInput


class PlanInput(TypedDict):
    """The requested period of the subscription."""

    order_ref: Annotated[str | None, "The order of the plan; null if there is none."]
    payment_id: Annotated[str | None, "The payment of the plan; null if it was never charged."]
    currency: Annotated[str, "The ISO 4217 code."]
    amount: Annotated[int, "The price of the period, in minor units."]
    charged: Annotated[bool, "The plan was charged: charged_at is stated, and its payment took money."]
    first_period: Annotated[bool, "The period is the first one of the contract, not a renewal."]
    purchased_at: Annotated[
        int,
        "The conclusion of the contract, else the charge, else the earlier of period_start and requested_at; in "
        "nanoseconds since 1970-01-01T00:00:00Z.",
    ]
    started: Annotated[bool, "requested_at >= period_start."]
    period_start: Annotated[int, "The start, in nanoseconds since 1970-01-01T00:00:00Z."]
    period_end: Annotated[int, "The end, in nanoseconds since 1970-01-01T00:00:00Z."]
    elapsed_s: Annotated[int, "The whole seconds of the period before the request, at most period_s."]
    period_s: Annotated[int, "The length in whole seconds, at least 1."]
    charged_after_cancellation: Annotated[bool, "charged_at > cancelled_at and period_start >= cancelled_at."]
    refunded_unused: Annotated[int, "Succeeded refunds of its payment without a lot, of kind UNUSED_CREDITS."]
    refunded_all: Annotated[
        int, "Succeeded refunds of its payment without a lot, of any kind, less what returned an overcharge."
    ]
    lost: Annotated[int, "The plan's share of what a lost dispute took of its payment, by base price (ruling 24)."]
    refund_pending: Annotated[bool, "A refund of its payment without a lot is PENDING."]
    consent: ConsentInput


class PriceInput(TypedDict):
    """The price of the payment's order. A duplicate that granted nothing has the price of its original (ruling 35)."""

    total: Annotated[int, "Base price, fee and tax of its lots, and its plan; without a fee that a third party kept."]
    fee: Annotated[int, "The fees in the total."]
    tax: Annotated[int, "The taxes in the total."]


class PaymentInput(TypedDict):
    """A payment of what is requested, or a duplicate of such a payment that granted nothing itself.

    The figures are those after refunds of a double charge were moved to the duplicate (ruling 34).
    """

    id: Annotated[str, "The id of the payment."]
    method: Annotated[str | None, "The method in lower case, trimmed; null if it is not stated."]
    currency: Annotated[str, "The ISO 4217 code."]
    captured: Annotated[int, "The captured amount, less the part of an overcharge that was refunded (ruling 12)."]
    judged: Annotated[int, "min(captured, expected): the amount by which the order itself is judged (ruling 12)."]
    overcharged: Annotated[int, "captured - judged."]
    fee_own: Annotated[int, "The fees inside `judged` that the seller received, of all lots of the payment."]
    fee_third_party: Annotated[int, "The fees inside `judged` that a third party kept."]
    refunded: Annotated[int, "Succeeded refunds of all kinds, less what returned an overcharge."]
    goodwill: Annotated[int, "Succeeded refunds of kind GOODWILL; part of refunded."]
    pending: Annotated[int, "Pending refunds of all kinds."]
    refund_pending: Annotated[bool, "A refund of the payment is PENDING, of whatever amount."]
    lost: Annotated[int, "The amount that a lost dispute took."]
    kept: Annotated[int, "The amount that the seller still has: captured less refunded and lost, at least 0."]
    dispute: Annotated[str, DISPUTE_STATUS, "The status of the dispute."]
    dispute_open: Annotated[bool, "The dispute is NEEDS_RESPONSE, UNDER_REVIEW, or an INQUIRY that is not refundable."]
    dispute_unauthorized: Annotated[bool, "The dispute is classified as unauthorized."]
    duplicate: Annotated[Literal["NO", "VERIFIED", "UNVERIFIED"], "Whether the payment duplicates another one."]
    paid_for: Annotated[list[Annotated[str, "A lot id."]], "The ids of the requested lots that it paid for, sorted."]
    paid_for_plan: Annotated[bool, "The payment paid for the requested plan."]
    paid_for_more: Annotated[bool, "The payment also paid for lots or for a plan that are not requested."]
    price: PriceInput


class RefundSourceInput(TypedDict):
    """A payment as the facts state it, before any figure was moved."""

    payment_id: Annotated[str, "The id of the payment."]
    group: Annotated[str, "The id of the payment that it duplicates in the end; its own id if it duplicates none."]
    method: Annotated[str | None, "The method in lower case, trimmed; null if it is not stated."]
    left: Annotated[int, "The captured amount, less live refunds and what a lost dispute took."]


class RepaidLotInput(TypedDict):
    """A lot whose own charge came back whole, requested or not. Credits are in millionths."""

    id: Annotated[str, "The id of the lot."]
    group: Annotated[str, "The group of its payment."]
    left: Annotated[int, "The base credits that are left."]
    bonus_left: Annotated[int, "The bonus credits that are left."]


class PurchaseInputs(TypedDict):
    """The purchases of an order."""

    lots: Annotated[list[LotInput], "The requested lots, sorted by id."]
    plans: Annotated[
        list[PlanInput], "The requested subscription: none or one. CANCEL_SUBSCRIPTION requests the facts' own."
    ]
    repaid_lots: Annotated[
        list[RepaidLotInput],
        "The lots of the groups of the payments concerned whose own charge came back whole and of which credits are "
        "left, sorted by id (ruling 34).",
    ]
