"""How much of an overcharge was already refunded. Refunds that take back no credits repay it first (ruling 12)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from decider.evaluation.facts.linked_facts import LinkedFacts
from decider.evaluation.facts.model import Lot, Payment, amount_of
from decider.evaluation.facts.shares import cut_to

__all__ = ["OverchargeReturned", "overcharge_returned"]


@dataclass(frozen=True, slots=True)
class OverchargeReturned:
    """The part of an overcharge that refunds returned, in minor units by lot id; "" is of no lot.

    `unused` are refunds of kind UNUSED_CREDITS, `duplicates` those of kind DUPLICATE.
    """

    unused: Mapping[str, int] = field(default_factory=dict)
    duplicates: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """The returned part over all lots and both kinds."""
        return sum(self.unused.values()) + sum(self.duplicates.values())


def overcharge_returned(facts: LinkedFacts, payment: Payment) -> OverchargeReturned:
    """Return how much of the overcharge of a payment was refunded.

    No kind of refund marks such a repayment. So the part of a refund that is not goodwill and exceeds the price of the
    credits taken back with it counts as repaying the overcharge, up to the amount of the overcharge. Otherwise an
    overcharge would be repaid at every request while a review or a bar stops the rest of the order.
    """
    overcharged = payment.overcharged
    if overcharged == 0 or payment.duplicate_of is not None:
        return OverchargeReturned()
    unexplained: dict[str, dict[str, int]] = {}
    for kind, lot, amount in _unexplained(facts, payment):
        of_kind = unexplained.setdefault(kind, {})
        lot_id = "" if lot is None else lot.id
        of_kind[lot_id] = of_kind.get(lot_id, 0) + amount
    duplicates = cut_to(unexplained.get("DUPLICATE", {}), overcharged)
    unused = cut_to(unexplained.get("UNUSED_CREDITS", {}), overcharged - sum(duplicates.values()))
    return OverchargeReturned(unused, duplicates)


def _unexplained(facts: LinkedFacts, payment: Payment) -> Iterable[tuple[str, Lot | None, int]]:
    """Yield kind, lot and unexplained amount of each refund that has succeeded."""
    plan = facts.plan_of(payment)
    for refund in payment.refunds:
        if not refund.is_paid_out:
            continue
        lot, amount = facts.lot_of(payment, refund), amount_of(refund.amount)
        if lot is not None and lot.base:
            amount -= min(amount, lot.total * refund.credits // lot.base)
        # A refund of exactly the price of a period is taken to be for the period.
        elif plan is not None and amount == amount_of(plan.amount):
            amount = 0
        yield refund.kind, lot, amount
