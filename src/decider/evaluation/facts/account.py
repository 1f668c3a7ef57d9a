"""One request with its facts, looked up by what refers to what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import TypeVar

from decider.evaluation.facts.model import Lot, Payment, Plan, Refund, amount_of, read_lot, read_payment, read_plan
from decider.evaluation.times import nanoseconds
from decider.v1 import decision_service_pb2, facts_pb2, request_pb2

__all__ = ["Account", "Taken", "taken_by"]

_Bearer = TypeVar("_Bearer", Lot, Payment)


@dataclass(frozen=True, slots=True)
class Taken:
    """Credits that refunds took back of a lot, in millionths."""

    base: int = 0
    bonus: int = 0

    @property
    def total(self) -> int:
        """Both."""
        return self.base + self.bonus


@dataclass(frozen=True)
class Account:
    """What a request tells, in the order of the message; times in ns.

    Where an id is repeated the first bearer of it is looked up: the later one is a fault of its own.
    """

    request: request_pb2.RefundRequest
    facts: facts_pb2.RefundFacts
    evaluate_at: int
    is_evaluate_at_told: bool
    requested_at: int
    received_at: int
    completed_at: int
    lots: tuple[Lot, ...]
    payments: tuple[Payment, ...]
    plan: Plan | None

    @classmethod
    def read(cls, message: decision_service_pb2.EvaluateRefundRequest, evaluate_at: int) -> Account:
        """Read any decodable message."""
        request, facts = message.request, message.facts
        requested_at = nanoseconds(request.requested_at)
        received_at = nanoseconds(request.received_at) if request.HasField("received_at") else requested_at
        completed_at = nanoseconds(request.completed_at) if request.HasField("completed_at") else received_at
        return cls(
            request=request,
            facts=facts,
            evaluate_at=evaluate_at,
            is_evaluate_at_told=message.HasField("evaluate_at"),
            requested_at=requested_at,
            received_at=received_at,
            completed_at=completed_at,
            lots=tuple(read_lot(one, f"facts.lots[{index}]") for index, one in enumerate(facts.lots)),
            payments=tuple(read_payment(one, f"facts.payments[{index}]") for index, one in enumerate(facts.payments)),
            plan=read_plan(facts.subscription, "facts.subscription") if facts.HasField("subscription") else None,
        )

    @cached_property
    def lots_by_id(self) -> dict[str, Lot]:
        """Lots by id, ascending."""
        return _by_id(self.lots)

    @cached_property
    def payments_by_id(self) -> dict[str, Payment]:
        """Payments by id, ascending."""
        return _by_id(self.payments)

    @cached_property
    def _lots_of_payments(self) -> dict[str, tuple[Lot, ...]]:
        result: dict[str, list[Lot]] = {}
        for lot in self.lots_by_id.values():
            if lot.payment_id:
                result.setdefault(lot.payment_id, []).append(lot)
        return {payment_id: tuple(lots) for payment_id, lots in result.items()}

    def lots_of(self, payment: Payment) -> tuple[Lot, ...]:
        """Return the lots that a payment paid for, by id."""
        return self._lots_of_payments.get(payment.id, ())

    def plan_of(self, payment: Payment) -> Plan | None:
        """Return the plan that a payment paid for: a plan that was never charged was paid for by none."""
        plan = self.plan
        return plan if plan is not None and plan.charged_at is not None and plan.payment_id == payment.id else None

    def granted_nothing(self, payment: Payment) -> bool:
        """Whether a payment paid for no lot and no plan."""
        return not self.lots_of(payment) and self.plan_of(payment) is None

    @cached_property
    def paid_again(self) -> frozenset[str]:
        """Ids of the originals of which a duplicate took money and granted nothing itself."""
        return frozenset(
            self.originals[one.id]
            for one in self.payments
            if one.duplicate_of and amount_of(one.captured) > 0 and self.granted_nothing(one)
        )

    @cached_property
    def originals(self) -> dict[str, str]:
        """The id of the payment that each duplicates in the end, by id; its own where it is no duplicate (ruling 34).

        A chain that ends nowhere, or in itself, is a fault of its own: its payments are their own originals.
        """
        found: dict[str, str] = {}
        for payment_id in self.payments_by_id:
            chain = [payment_id]
            while chain[-1] not in found:
                following = self.payments_by_id[chain[-1]].duplicate_of
                if not following:
                    found[chain[-1]] = chain[-1]
                elif following in chain or following not in self.payments_by_id:
                    found |= {one: one for one in chain}
                else:
                    chain.append(following)
            found |= {one: found[chain[-1]] for one in chain[:-1] if one not in found}
        return found

    @cached_property
    def groups(self) -> dict[str, tuple[Payment, ...]]:
        """The payments of one order, the original and its duplicates, by captured_at, then id; by the original's id."""
        found: dict[str, list[Payment]] = {}
        for payment in sorted(self.payments_by_id.values(), key=attrgetter("captured_at", "id")):
            found.setdefault(self.originals[payment.id], []).append(payment)
        return {original: tuple(members) for original, members in found.items()}

    def group_of(self, payment: Payment) -> tuple[Payment, ...]:
        """Return the payments of the order that a payment is of (ruling 34)."""
        return self.groups[self.originals[payment.id]]

    def payment_of(self, bought: Lot | Plan) -> Payment | None:
        """Return the payment of a lot or plan, where it has one and it is there."""
        return self.payments_by_id.get(bought.payment_id) if bought.payment_id else None

    def lot_of(self, payment: Payment, refund: Refund) -> Lot | None:
        """Return the lot that a refund is of: the one of its payment's group that it names, else its payment's first.

        First is first by id (rulings 24, 34).
        """
        if refund.lot_id:
            lot = self.lots_by_id.get(refund.lot_id)
            if lot is None or lot.payment_id not in self.payments_by_id:
                return None
            return lot if self.originals[lot.payment_id] == self.originals.get(payment.id) else None
        return next(iter(self.lots_of(payment)), None)

    def refunds(self) -> Iterator[tuple[Payment, Refund, Lot | None]]:
        """Yield every refund with its payment and its lot, in the order of the message."""
        for payment in self.payments:
            for refund in payment.refunds:
                yield payment, refund, self.lot_of(payment, refund)

    @cached_property
    def order_prices(self) -> dict[str, int]:
        """Base price of all lots of an order, by order_ref, in minor units."""
        prices: dict[str, int] = {}
        for lot in self.lots:
            prices[lot.order_ref] = prices.get(lot.order_ref, 0) + amount_of(lot.base_price)
        return prices

    @cached_property
    def awaits_refunds(self) -> bool:
        """Whether any refund is still on its way."""
        return any(payment.refund_pending for payment in self.payments)

    @cached_property
    def taken_live(self) -> dict[str, Taken]:
        """What pending and succeeded refunds took back, by lot id: neither used nor left (ruling 23)."""
        return taken_by((refund, lot) for _, refund, lot in self.refunds() if refund.is_live)

    @cached_property
    def taken(self) -> dict[str, Taken]:
        """What succeeded refunds took back, by lot id."""
        return taken_by((refund, lot) for _, refund, lot in self.refunds() if refund.is_paid_out)


def _by_id(bearers: tuple[_Bearer, ...]) -> dict[str, _Bearer]:
    result: dict[str, _Bearer] = {}
    for one in sorted(bearers, key=attrgetter("id")):
        result.setdefault(one.id, one)
    return result


def taken_by(refunds: Iterable[tuple[Refund, Lot | None]]) -> dict[str, Taken]:
    """Return what refunds took back of their lots, by lot id."""
    result: dict[str, Taken] = {}
    for refund, lot in refunds:
        if lot is not None and (refund.credits or refund.bonus):
            before = result.get(lot.id, Taken())
            result[lot.id] = Taken(before.base + refund.credits, before.bonus + refund.bonus)
    return result
