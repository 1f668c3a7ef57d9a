"""The facts as plain values: read off the messages once, with the path of each for what may be wrong with it.

Reading never fails, whatever the message holds; whether it makes sense is for `decider.evaluation.validation` to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from decider.evaluation.times import nanoseconds
from decider.v1 import facts_pb2, money_pb2

__all__ = [
    "Lot",
    "Money",
    "Payment",
    "Plan",
    "Refund",
    "amount_of",
    "read_lot",
    "read_money",
    "read_payment",
    "read_plan",
]

_LIVE = (facts_pb2.REFUND_STATUS_PENDING, facts_pb2.REFUND_STATUS_SUCCEEDED)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units of a currency."""

    currency: str
    amount: int


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot of credits: money in minor units, credits in millionths, times in ns; None is what was not told."""

    path: str
    id: str
    order_ref: str
    payment_id: str
    category: int
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
    message: facts_pb2.CreditLot

    @property
    def is_paid(self) -> bool:
        """Whether it was bought."""
        return self.category == facts_pb2.LOT_CATEGORY_PAID

    @property
    def granted(self) -> int:
        """All its credits, base and bonus."""
        return self.base + self.bonus

    @property
    def total(self) -> int:
        """What it cost: base price, fee and tax."""
        return amount_of(self.base_price) + amount_of(self.fee) + amount_of(self.tax)


@dataclass(frozen=True, slots=True)
class Refund:
    """A refund of a payment; `credits` and `bonus` are what was taken back with it, in millionths."""

    path: str
    id: str
    amount: Money | None
    status: int
    kind: int
    lot_id: str
    credits: int
    bonus: int

    @property
    def is_live(self) -> bool:
        """Whether it counts as money returned: pending or succeeded."""
        return self.status in _LIVE

    @property
    def is_pending(self) -> bool:
        """Whether it is still on its way."""
        return self.status == facts_pb2.REFUND_STATUS_PENDING

    @property
    def is_paid_out(self) -> bool:
        """Whether it succeeded."""
        return self.status == facts_pb2.REFUND_STATUS_SUCCEEDED


@dataclass(frozen=True)
class Payment:
    """A payment with its refunds, in the order of the message; `lost` is what a lost dispute took, in minor units."""

    path: str
    id: str
    captured: Money | None
    expected: Money | None
    refunds: tuple[Refund, ...]
    duplicate_of: str
    is_verified: bool
    captured_at: int
    dispute_status: int | None
    dispute_amount: Money | None
    lost: int
    message: facts_pb2.Payment

    @cached_property
    def judged(self) -> int:
        """Minor units captured for the order, without what was charged too much."""
        captured = amount_of(self.captured)
        return captured if self.expected is None else min(captured, self.expected.amount)

    @cached_property
    def overcharged(self) -> int:
        """Minor units captured beyond what was expected (ruling 12), of which refunds may have returned some."""
        return amount_of(self.captured) - self.judged

    @cached_property
    def is_mistake(self) -> bool:
        """Whether money was taken with it by mistake: too much, or a second time."""
        return self.overcharged > 0 or bool(self.duplicate_of)

    @cached_property
    def refund_pending(self) -> bool:
        """Whether a refund of it is still on its way, of whatever amount."""
        return any(one.is_pending for one in self.refunds)

    @cached_property
    def held(self) -> int:
        """Minor units captured, less live refunds and what a lost dispute took; below 0 where more went back."""
        gone = sum(amount_of(refund.amount) for refund in self.refunds if refund.is_live)
        return amount_of(self.captured) - gone - self.lost

    @cached_property
    def is_disputed(self) -> bool:
        """Whether a dispute is open: an inquiry is, unless a refund would still avert it (ruling 10)."""
        if self.dispute_status == facts_pb2.DISPUTE_STATUS_INQUIRY:
            return not self.message.dispute.refundable
        return self.dispute_status in (
            facts_pb2.DISPUTE_STATUS_NEEDS_RESPONSE,
            facts_pb2.DISPUTE_STATUS_UNDER_REVIEW,
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """The subscription's period; times in ns."""

    path: str
    order_ref: str
    payment_id: str
    amount: Money | None
    concluded_at: int | None
    charged_at: int | None
    cancelled_at: int | None
    period_start: int
    period_end: int
    message: facts_pb2.Subscription

    @property
    def bought_at(self) -> int | None:
        """Contract conclusion, else charge."""
        return self.charged_at if self.concluded_at is None else self.concluded_at

    @property
    def bought_by(self) -> str:
        """The path of the field that says so."""
        return f"{self.path}.{'charged_at' if self.concluded_at is None else 'concluded_at'}"


def amount_of(money: Money | None) -> int:
    """Return minor units, 0 where nothing is told."""
    return 0 if money is None else money.amount


def read_money(message: money_pb2.Money) -> Money:
    """Read an amount that is told."""
    return Money(message.currency_code, message.amount_minor)


def read_lot(message: facts_pb2.CreditLot, path: str) -> Lot:
    """Read a lot that stands at `path`."""
    told = message.HasField
    return Lot(
        path=path,
        id=message.id,
        order_ref=message.order_ref,
        payment_id=message.payment_id,
        category=message.category,
        purchased_at=nanoseconds(message.purchased_at),
        expires_at=nanoseconds(message.expires_at) if told("expires_at") else None,
        draw_priority=message.draw_priority,
        base_price=read_money(message.base_price) if told("base_price") else None,
        fee=read_money(message.fee) if told("fee") else None,
        tax=read_money(message.tax) if told("tax") else None,
        fee_kept_by_third_party=message.fee_kept_by_third_party,
        base=message.base_micros,
        bonus=message.bonus_micros,
        base_used=message.base_used_micros if told("base_used_micros") else None,
        bonus_used=message.bonus_used_micros if told("bonus_used_micros") else None,
        used=message.used_micros if told("used_micros") else None,
        reserved=message.reserved_micros,
        message=message,
    )


def read_payment(message: facts_pb2.Payment, path: str) -> Payment:
    """Read a payment that stands at `path`, and its refunds."""
    told = message.HasField
    disputed = told("dispute")
    captured = read_money(message.captured) if told("captured") else None
    dispute_amount = read_money(message.dispute.amount) if disputed and message.dispute.HasField("amount") else None
    is_lost = disputed and message.dispute.status == facts_pb2.DISPUTE_STATUS_LOST
    return Payment(
        path=path,
        id=message.id,
        captured=captured,
        expected=read_money(message.expected) if told("expected") else None,
        refunds=tuple(_read_refund(one, f"{path}.refunds[{index}]") for index, one in enumerate(message.refunds)),
        duplicate_of=message.duplicate_of,
        is_verified=bool(message.duplicate_of) and message.duplicate_verified,
        captured_at=nanoseconds(message.captured_at),
        dispute_status=message.dispute.status if disputed else None,
        dispute_amount=dispute_amount,
        # What was disputed, all that was captured where that is not told.
        lost=amount_of(dispute_amount or captured) if is_lost else 0,
        message=message,
    )


def read_plan(message: facts_pb2.Subscription, path: str) -> Plan:
    """Read the subscription that stands at `path`."""
    told = message.HasField
    return Plan(
        path=path,
        order_ref=message.order_ref,
        payment_id=message.payment_id,
        amount=read_money(message.amount) if told("amount") else None,
        concluded_at=nanoseconds(message.concluded_at) if told("concluded_at") else None,
        charged_at=nanoseconds(message.charged_at) if told("charged_at") else None,
        cancelled_at=nanoseconds(message.cancelled_at) if told("cancelled_at") else None,
        period_start=nanoseconds(message.period_start),
        period_end=nanoseconds(message.period_end),
        message=message,
    )


def _read_refund(message: facts_pb2.Refund, path: str) -> Refund:
    return Refund(
        path=path,
        id=message.id,
        amount=read_money(message.amount) if message.HasField("amount") else None,
        status=message.status,
        # UNSPECIFIED is UNUSED_CREDITS (ruling 24).
        kind=message.kind or facts_pb2.REFUND_KIND_UNUSED_CREDITS,
        lot_id=message.lot_id,
        credits=message.credits_micros,
        bonus=message.bonus_micros,
    )
