"""The typed model of a request and its facts. Nothing reads the message after `message_reader` has read it.

Money is in minor units, credits are in millionths, times are in nanoseconds since the epoch, and enum values are short
names. None is what the message leaves out. A `path` is the field of the message, for violations.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

__all__ = [
    "Account",
    "Agreement",
    "Consent",
    "Customer",
    "Dispute",
    "Incident",
    "Ledger",
    "Lot",
    "Money",
    "Payment",
    "Plan",
    "Refund",
    "Request",
    "Risk",
    "UsageEvent",
    "amount_of",
]


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units of a currency."""

    currency: str
    amount: int


def amount_of(money: Money | None) -> int:
    """Return the minor units of an amount, 0 if it is absent."""
    return 0 if money is None else money.amount


@dataclass(frozen=True, slots=True)
class Request:
    """What the customer asks for. Absent times of receipt and completion are the time before them."""

    policy_id: str
    policy_version: str | None
    remedy: str
    channel: str
    requested_at: int
    received_at: int
    completed_at: int
    order_ref: str | None
    lot_ids: Sequence[str]
    usage_event_ids: Sequence[str]
    amount: Money | None
    credits: int | None
    has_reason: bool
    sender_email: str | None
    sender_authenticated: bool

    @property
    def names_an_order(self) -> bool:
        """Whether the request names lots or an order."""
        return bool(self.lot_ids or self.order_ref)

    @property
    def contests_usage(self) -> bool:
        """Whether the request contests API requests (ruling 14)."""
        return self.remedy == "RESTORE_CREDITS" or bool(self.usage_event_ids)


@dataclass(frozen=True, slots=True)
class Account:
    """The account of the customer."""

    status: str
    status_reason: str
    status_since: int | None
    forfeited_at: int | None
    verified_emails: Sequence[str]
    payer_email: str | None


@dataclass(frozen=True, slots=True)
class Customer:
    """The customer. `country` and `subdivision` read EL and UK as GR and GB (rulings 22, 36)."""

    type: str
    country_code: str | None
    country: str | None
    subdivision: str | None
    time_zone: str | None


@dataclass(frozen=True, slots=True)
class Consent:
    """What is on record of the consumer's consent at the purchase."""

    express_request: bool
    loss_acknowledged: bool
    confirmation_sent: bool
    information_given: bool


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot of credits, which consists of two grants: its base and its bonus."""

    path: str
    id: str
    order_ref: str | None
    payment_id: str | None
    category: str
    purchased_at: int
    expires_at: int | None
    draw_priority: int
    base_price: Money | None
    fee: Money | None
    tax: Money | None
    fee_kept_by_third_party: bool
    base: int
    bonus: int
    base_used: int | None
    bonus_used: int | None
    used: int | None
    reserved: int
    is_sold_elsewhere: bool
    consent: Consent

    @property
    def is_paid(self) -> bool:
        """Whether the lot was bought."""
        return self.category == "PAID"

    @property
    def granted(self) -> int:
        """The credits of both grants."""
        return self.base + self.bonus

    @property
    def total(self) -> int:
        """The price of the lot with fee and tax."""
        return amount_of(self.base_price) + amount_of(self.fee) + amount_of(self.tax)

    @property
    def used_by_grant(self) -> tuple[int | None, int | None]:
        """The used base and bonus credits that the facts state, directly or as the difference to the total."""
        if self.used is not None and self.base_used is None and self.bonus_used is not None:
            return self.used - self.bonus_used, self.bonus_used
        if self.used is not None and self.bonus_used is None and self.base_used is not None:
            return self.base_used, self.used - self.base_used
        return self.base_used, self.bonus_used

    @property
    def used_at_least(self) -> int:
        """The used credits that the facts state."""
        return (self.base_used or 0) + (self.bonus_used or 0) if self.used is None else self.used


@dataclass(frozen=True, slots=True)
class Plan:
    """A period of the subscription."""

    path: str
    order_ref: str | None
    payment_id: str | None
    amount: Money | None
    concluded_at: int | None
    charged_at: int | None
    cancelled_at: int | None
    period_start: int
    period_end: int
    is_first_period: bool
    consent: Consent

    @property
    def bought_at(self) -> int | None:
        """The conclusion of the contract, or the charge if that is absent."""
        return self.charged_at if self.concluded_at is None else self.concluded_at

    @property
    def bought_at_path(self) -> str:
        """The field that states `bought_at`."""
        return f"{self.path}.{'charged_at' if self.concluded_at is None else 'concluded_at'}"

    @property
    def is_charged_after_cancellation(self) -> bool:
        """Whether the period was charged after the cancellation and begins after it (ruling 12)."""
        if self.charged_at is None or self.cancelled_at is None:
            return False
        return self.charged_at > self.cancelled_at and self.period_start >= self.cancelled_at


@dataclass(frozen=True, slots=True)
class Refund:
    """A refund of a payment. `credits` and `bonus` are the base and bonus credits that it took back."""

    path: str
    id: str
    amount: Money | None
    status: str
    kind: str
    lot_id: str | None
    credits: int
    bonus: int

    @property
    def is_live(self) -> bool:
        """Whether the refund is pending or has succeeded."""
        return self.is_pending or self.is_paid_out

    @property
    def is_pending(self) -> bool:
        """Whether the refund is under way."""
        return self.status == "PENDING"

    @property
    def is_paid_out(self) -> bool:
        """Whether the refund has succeeded."""
        return self.status == "SUCCEEDED"


@dataclass(frozen=True, slots=True)
class Dispute:
    """A dispute of a payment; its status is NONE if there is no dispute."""

    status: str = "NONE"
    amount: Money | None = None
    is_refundable: bool = False
    is_unauthorized: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the dispute is open. An inquiry is open unless a refund can still avert it (ruling 10)."""
        if self.status == "INQUIRY":
            return not self.is_refundable
        return self.status in ("NEEDS_RESPONSE", "UNDER_REVIEW")

    @property
    def is_settled(self) -> bool:
        """Whether the dispute was won or lost."""
        return self.status in ("WON", "LOST")


@dataclass(frozen=True)
class Payment:
    """A payment with its refunds in the order of the message. `lost` is the amount that a lost dispute took."""

    path: str
    id: str
    method: str | None
    captured: Money | None
    expected: Money | None
    captured_at: int | None
    refunds: Sequence[Refund]
    dispute: Dispute
    lost: int
    duplicate_of: str | None
    is_verified: bool

    @property
    def age_key(self) -> tuple[int, str]:
        """The key that sorts payments by captured_at, then by id."""
        return self.captured_at or 0, self.id

    @cached_property
    def judged(self) -> int:
        """The captured amount without an overcharge."""
        captured = amount_of(self.captured)
        return captured if self.expected is None else min(captured, self.expected.amount)

    @cached_property
    def overcharged(self) -> int:
        """The amount captured beyond the expected one (ruling 12), whether or not refunds returned some of it."""
        return amount_of(self.captured) - self.judged

    @property
    def is_mistake(self) -> bool:
        """Whether the payment took money by mistake: too much of it, or for the second time."""
        return self.overcharged > 0 or self.duplicate_of is not None

    @cached_property
    def refund_pending(self) -> bool:
        """Whether a refund of the payment is under way, of whatever amount."""
        return any(refund.is_pending for refund in self.refunds)

    @cached_property
    def refunded(self) -> int:
        """The amount of the refunds that have succeeded."""
        return sum(amount_of(refund.amount) for refund in self.refunds if refund.is_paid_out)

    @cached_property
    def pending(self) -> int:
        """The amount of the refunds that are under way."""
        return sum(amount_of(refund.amount) for refund in self.refunds if refund.is_pending)

    @cached_property
    def held(self) -> int:
        """The captured amount less live refunds and a lost dispute; below 0 if more than all was returned."""
        return amount_of(self.captured) - self.refunded - self.pending - self.lost


@dataclass(frozen=True, slots=True)
class UsageEvent:
    """An API request that may be contested."""

    path: str
    id: str
    outcome: str
    error_origin: str
    output_tokens: int
    upstream_billed: bool
    deducted: int
    already_restored: bool


@dataclass(frozen=True, slots=True)
class Incident:
    """An incident of the platform."""

    path: str
    id: str
    verified: bool
    attribution: str
    significant: bool
    sla_credit: int
    already_granted: bool


@dataclass(frozen=True, slots=True)
class Agreement:
    """A separate agreement about refunds."""

    order_refs: Sequence[str]
    minimum: Money | None
    terms: str


@dataclass(frozen=True, slots=True)
class Risk:
    """The suspicions against the customer, and the number of refunds approved in 90 days."""

    fraud: str
    tos_violation: str
    approved_refunds_90d: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """The snapshot of the balance. `used` and `balance` are of all lots together."""

    taken_at: int | None
    used: int | None
    balance: int | None
    consumption_order: str
