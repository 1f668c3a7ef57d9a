"""What was bought, as types of the policy input: lots, plans, their consents and payments.

rego/schemas/input.json says what each key means. Times are in nanoseconds since the epoch, money in minor units,
credits in millionths.
"""

from __future__ import annotations

from typing import TypedDict

__all__ = [
    "ConsentInput",
    "LotCredits",
    "LotInput",
    "PaymentInput",
    "PlanInput",
    "PriceInput",
    "RefundSourceInput",
    "RepaidLotInput",
]


class ConsentInput(TypedDict):
    """What was recorded of the consumer's consent at the purchase; all false where nothing was."""

    express_request: bool
    loss_acknowledged: bool
    confirmation_sent: bool
    information_given: bool


class LotCredits(TypedDict):
    """What became of the credits of a lot."""

    usage_told: bool
    usage_split_told: bool
    base_used: int
    bonus_used: int
    base_reserved: int
    bonus_reserved: int
    base_taken: int
    bonus_taken: int
    unused: int
    left: int
    bonus_left: int
    used: int


class LotInput(LotCredits):
    """One requested lot of credits."""

    id: str
    order_ref: str
    category: str
    sold_elsewhere: bool
    purchased_at: int
    age_ns: int
    payment_id: str
    charged: bool
    currency: str
    base_price: int
    fee: int
    fee_kept_by_third_party: bool
    tax: int
    total: int
    order_base_price: int
    base: int
    bonus: int
    refunded_unused: int
    refunded_all: int
    goodwill: int
    lost: int
    refund_pending: bool
    consent: ConsentInput


class PlanInput(TypedDict):
    """The requested subscription period."""

    order_ref: str
    payment_id: str
    currency: str
    amount: int
    charged: bool
    first_period: bool
    purchased_at: int
    started: bool
    period_start: int
    period_end: int
    elapsed_s: int
    period_s: int
    charged_after_cancellation: bool
    refunded_unused: int
    refunded_all: int
    lost: int
    refund_pending: bool
    consent: ConsentInput


class PriceInput(TypedDict):
    """What the order of a payment cost, and how much of it was fee and tax."""

    total: int
    fee: int
    tax: int


class PaymentInput(TypedDict):
    """A payment of what is requested, or a duplicate of one that granted nothing itself."""

    id: str
    method: str
    currency: str
    captured: int
    judged: int
    overcharged: int
    fee_own: int
    fee_third_party: int
    refunded: int
    goodwill: int
    pending: int
    refund_pending: bool
    lost: int
    kept: int
    dispute: str
    dispute_open: bool
    dispute_unauthorized: bool
    duplicate: str
    paid_for: list[str]
    paid_for_plan: bool
    paid_for_more: bool
    price: PriceInput


class RefundSourceInput(TypedDict):
    """One payment that can give money back, and what is really left of it."""

    payment_id: str
    group: str
    method: str
    left: int


class RepaidLotInput(TypedDict):
    """A lot whose own charge came back whole, with credits that are still there (ruling 34)."""

    id: str
    group: str
    left: int
    bonus_left: int
