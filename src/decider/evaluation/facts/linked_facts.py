"""The facts of one request with the links between them: which payment paid for which lot, and which refund is of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import TypeVar

from decider.evaluation.facts.model import (
    Account,
    Agreement,
    Customer,
    Incident,
    Ledger,
    Lot,
    Payment,
    Plan,
    Refund,
    Request,
    Risk,
    UsageEvent,
    amount_of,
)

__all__ = ["LinkedFacts"]

_Identified = TypeVar("_Identified", Lot, Payment)


@dataclass(frozen=True)
class LinkedFacts:
    """One request with its facts, in the order of the message.

    If two lots or two payments have the same id, a look-up finds the first one; validation refuses the other one.
    """

    is_evaluate_at_stated: bool
    evaluate_at: int
    request: Request
    account: Account
    customer: Customer
    lots: Sequence[Lot]
    plan: Plan | None
    payments: Sequence[Payment]
    usage_events: Sequence[UsageEvent]
    incidents: Sequence[Incident]
    agreement: Agreement | None
    risk: Risk
    ledger: Ledger

    @cached_property
    def lots_by_id(self) -> dict[str, Lot]:
        """The lots by id, ascending."""
        return _by_id(self.lots)

    @cached_property
    def payments_by_id(self) -> dict[str, Payment]:
        """The payments by id, ascending."""
        return _by_id(self.payments)

    def payment_of(self, bought: Lot | Plan) -> Payment | None:
        """Return the payment of a lot or plan, None if the facts hold none."""
        return None if bought.payment_id is None else self.payments_by_id.get(bought.payment_id)

    def lots_of(self, payment: Payment) -> Sequence[Lot]:
        """Return the lots that a payment paid for, by id."""
        return self._lots_by_payment.get(payment.id, ())

    def plan_of(self, payment: Payment) -> Plan | None:
        """Return the plan that a payment paid for. No payment paid for a plan that was never charged."""
        plan = self.plan
        return plan if plan is not None and plan.charged_at is not None and plan.payment_id == payment.id else None

    def granted_nothing(self, payment: Payment) -> bool:
        """Whether a payment paid for no lot and no plan."""
        return not self.lots_of(payment) and self.plan_of(payment) is None

    @cached_property
    def originals(self) -> dict[str, str]:
        """The id of the payment that each payment duplicates in the end, by id (ruling 34).

        A payment that duplicates none is its own original. So is each payment of a chain that leads to no payment or
        in a circle; validation refuses such a chain.
        """
        found: dict[str, str] = {}
        for payment_id in self.payments_by_id:
            chain = [payment_id]
            while chain[-1] not in found:
                following = self.payments_by_id[chain[-1]].duplicate_of
                if following is None:
                    found[chain[-1]] = chain[-1]
                elif following in chain or following not in self.payments_by_id:
                    found |= {member: member for member in chain}
                else:
                    chain.append(following)
            found |= {member: found[chain[-1]] for member in chain[:-1] if member not in found}
        return found

    @cached_property
    def groups(self) -> Mapping[str, Sequence[Payment]]:
        """An original payment with its duplicates, by captured_at, then id; by the id of the original."""
        members = sorted(self.payments_by_id.values(), key=attrgetter("age_key"))
        return _grouped(members, lambda payment: self.originals[payment.id])

    @cached_property
    def paid_again(self) -> frozenset[str]:
        """The ids of the originals that have a duplicate which took money and granted nothing."""
        return frozenset(
            self.originals[payment.id]
            for payment in self.payments
            if payment.duplicate_of is not None and amount_of(payment.captured) > 0 and self.granted_nothing(payment)
        )

    def lot_of(self, payment: Payment, refund: Refund) -> Lot | None:
        """Return the lot that a refund is of.

        It is the lot that the refund names, if a payment of the same group paid for it. A refund that names no lot is
        of the first lot of its payment, by id (rulings 24, 34).
        """
        if refund.lot_id is not None:
            lot = self.lots_by_id.get(refund.lot_id)
            paying = None if lot is None else self.payment_of(lot)
            if paying is None:
                return None
            return lot if self.originals[paying.id] == self.originals.get(payment.id) else None
        return next(iter(self.lots_of(payment)), None)

    def refunds(self) -> Iterator[tuple[Payment, Refund, Lot | None]]:
        """Yield each refund with its payment and its lot, in the order of the message."""
        for payment in self.payments:
            for refund in payment.refunds:
                yield payment, refund, self.lot_of(payment, refund)

    @cached_property
    def awaits_refunds(self) -> bool:
        """Whether any refund is under way."""
        return any(payment.refund_pending for payment in self.payments)

    @cached_property
    def lots_by_order(self) -> Mapping[str, Sequence[Lot]]:
        """The lots of each order by id, by order_ref."""
        return _grouped(self.lots_by_id.values(), attrgetter("order_ref"))

    def was_sold(self, lot: Lot) -> bool:
        """Whether the platform itself sold a lot for money: it is no gift and not from another seller."""
        payment = self.payment_of(lot)
        return lot.is_paid and not lot.is_sold_elsewhere and payment is not None and amount_of(payment.captured) > 0

    def was_charged(self, bought: Lot | Plan) -> bool:
        """Whether money was taken for a lot or plan: for its price, by mistake, or by a duplicate of its payment.

        A plan without charged_at was never charged.
        """
        payment = self.payment_of(bought)
        if payment is None or (isinstance(bought, Plan) and bought.charged_at is None):
            return False
        if amount_of(payment.captured) == 0:
            return payment.id in self.paid_again
        return isinstance(bought, Plan) or bought.total > 0 or payment.is_mistake

    def currency_of(self, bought: Lot | Plan) -> str | None:
        """Return the currency in which a lot or plan was paid, else priced; None if neither is known."""
        payment = self.payment_of(bought)
        price = bought.base_price if isinstance(bought, Lot) else bought.amount
        money = payment.captured if payment is not None and payment.captured is not None else price
        return None if money is None else money.currency

    @cached_property
    def _lots_by_payment(self) -> Mapping[str, Sequence[Lot]]:
        return _grouped(self.lots_by_id.values(), attrgetter("payment_id"))


def _by_id(things: Iterable[_Identified]) -> dict[str, _Identified]:
    result: dict[str, _Identified] = {}
    for thing in sorted(things, key=attrgetter("id")):
        result.setdefault(thing.id, thing)
    return result


def _grouped(
    things: Iterable[_Identified], key: Callable[[_Identified], str | None]
) -> Mapping[str, Sequence[_Identified]]:
    """Group things by a reference; those without one are in no group."""
    result: dict[str, list[_Identified]] = {}
    for thing in things:
        reference = key(thing)
        if reference is not None:
            result.setdefault(reference, []).append(thing)
    return result
