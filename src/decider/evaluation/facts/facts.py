"""All that is known about one request. Each derivation of the facts is made here once, when it is first needed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from decider.evaluation.facts.linked_facts import LinkedFacts
from decider.evaluation.facts.model import Lot
from decider.evaluation.facts.overcharge import OverchargeReturned, overcharge_returned
from decider.evaluation.facts.selection import Order, find_order, possible_orders
from decider.evaluation.facts.taken_back import TakenBack, taken_back_by
from decider.evaluation.facts.usage_attribution import Attribution

__all__ = ["Facts"]


class Facts(LinkedFacts):
    """The facts of one request, and what follows from them whatever a policy says."""

    @cached_property
    def order(self) -> Order:
        """The order that is requested; it is empty if the request leaves it open."""
        return find_order(self)

    @cached_property
    def possible_orders(self) -> Sequence[Order]:
        """The orders that the request may be about, if it names none and none can be inferred (ruling 39)."""
        if self.order.named or self.order.bought or self.request.contests_usage:
            return []
        return possible_orders(self)

    @cached_property
    def taken_back(self) -> Mapping[str, TakenBack]:
        """The credits that pending and succeeded refunds took back, by lot id; they are neither used nor left."""
        return taken_back_by((refund, lot) for _, refund, lot in self.refunds() if refund.is_live)

    def taken_back_but_for(self, lots: Collection[Lot]) -> Mapping[str, TakenBack]:
        """Return the same without the pending refunds of the payments of `lots` that name one of `lots` or no lot."""
        if not self.awaits_refunds:
            return self.taken_back
        held, payments = {None, *(lot.id for lot in lots)}, {lot.payment_id for lot in lots}
        return taken_back_by(
            (refund, lot)
            for payment, refund, lot in self.refunds()
            if refund.is_live and not (refund.is_pending and payment.id in payments and refund.lot_id in held)
        )

    @cached_property
    def taken_back_for_good(self) -> Mapping[str, TakenBack]:
        """The credits that succeeded refunds took back, by lot id."""
        return taken_back_by((refund, lot) for _, refund, lot in self.refunds() if refund.is_paid_out)

    @cached_property
    def attribution(self) -> Attribution:
        """The use of each lot, given the credits that refunds took back."""
        return self.attribution_without(self.taken_back)

    def attribution_without(self, taken_back: Mapping[str, TakenBack]) -> Attribution:
        """Return the use of each lot as it would be if refunds had taken back `taken_back`."""
        return Attribution(self.lots, taken_back, self._total_used, self.ledger.consumption_order)

    @cached_property
    def overcharges_returned(self) -> Mapping[str, OverchargeReturned]:
        """The part of the overcharge of each payment that refunds returned, by payment id."""
        return {payment.id: overcharge_returned(self, payment) for payment in self.payments}

    @cached_property
    def _total_used(self) -> int | None:
        """The use of all lots that the ledger states or its balance implies; None if it states neither."""
        if self.ledger.used is not None or self.ledger.balance is None:
            return self.ledger.used
        granted = sum(lot.granted for lot in self.lots)
        return granted - sum(taken.total for taken in self.taken_back.values()) - self.ledger.balance
