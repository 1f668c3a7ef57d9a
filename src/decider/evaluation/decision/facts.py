"""What the guards need of a policy input, and nothing else of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct, convert

__all__ = ["Facts", "read_facts"]


class AskedFacts(Struct, frozen=True):
    """How much is asked for: `amount` in minor units where `asked` is AMOUNT."""

    asked: str
    amount: int
    currency: str


class LotFacts(Struct, frozen=True):
    """One lot: the credits, in millionths, that can still be taken back."""

    id: str
    left: int
    bonus_left: int


class PaymentFacts(Struct, frozen=True):
    """One payment concerned, in minor units."""

    captured: int
    refunded: int
    lost: int


class SourceFacts(Struct, frozen=True):
    """One payment that can give money back, and what is really left of it, in minor units."""

    payment_id: str
    left: int


class OrderFacts(Struct, frozen=True):
    """One order that may be meant."""

    payments: tuple[PaymentFacts, ...]


class EventFacts(Struct, frozen=True):
    """One contested API request; `deducted` in millionths of a credit."""

    id: str
    deducted: int
    already_restored: bool


class IncidentFacts(Struct, frozen=True):
    """One incident; `sla_credit` in millionths of a credit."""

    sla_credit: int
    already_granted: bool


class Facts(Struct, frozen=True):
    """The part of a policy input (rego/schemas/input.json) that bounds what any policy may answer."""

    policy_id: str
    request: AskedFacts
    lots: tuple[LotFacts, ...]
    payments: tuple[PaymentFacts, ...]
    usage_events: tuple[EventFacts, ...]
    incidents: tuple[IncidentFacts, ...]
    refund_sources: tuple[SourceFacts, ...]
    repaid_lots: tuple[LotFacts, ...]
    possible_orders: tuple[OrderFacts, ...]

    @property
    def payable(self) -> int:
        """What the payments still hold: captured less refunded and lost, of each at least 0."""
        return _payable(self.payments)

    @property
    def possibly_payable(self) -> int:
        """What the payments of the order that may be meant and holds most still hold."""
        return max(_payable(order.payments) for order in self.possible_orders)

    @property
    def restorable(self) -> int:
        """The credits of the contested requests that were deducted and not given back."""
        return sum(one.deducted for one in self.usage_events if not one.already_restored)

    @property
    def grantable(self) -> int:
        """The service credit of the incidents that was not granted yet."""
        return sum(one.sla_credit for one in self.incidents if not one.already_granted)


def _payable(payments: Iterable[PaymentFacts]) -> int:
    return sum(max(0, payment.captured - payment.refunded - payment.lost) for payment in payments)


def read_facts(policy_input: Mapping[str, object]) -> Facts:
    """Read them; an input that context/ did not build is a defect of the service and raises msgspec's error."""
    return convert(policy_input, Facts)
