"""What of an overcharge went back already: money that was refunded without credits is of the difference first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from decider.evaluation.facts.account import Account
from decider.evaluation.facts.model import Lot, Payment, amount_of
from decider.evaluation.policy_input.shares import cut_to
from decider.v1 import facts_pb2

__all__ = ["Difference", "difference_returned"]


@dataclass(frozen=True, slots=True)
class Difference:
    """What refunds returned of an overcharge, minor units by lot id, what is of no lot under "".

    `unused` are those said to be for unused credits, `others` those for a duplicate, which is what a wrong charge is.
    """

    unused: Mapping[str, int] = field(default_factory=dict)
    others: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """All of it."""
        return sum(self.unused.values()) + sum(self.others.values())


def difference_returned(account: Account, payment: Payment) -> Difference:
    """Return what went back of what was charged too much: the difference is paid first (ruling 12).

    No kind of refund tells it. It is what of a refund neither goodwill nor the price of the credits taken back with it
    explains, at most what was charged too much; without this an overcharge would be paid back as often as it is asked
    for while the rest of the order waits for a reviewer or is barred.
    """
    over = payment.overcharged
    if over == 0 or payment.duplicate_of:
        return Difference()
    unexplained: dict[int, dict[str, int]] = {}
    for kind, lot, amount in _paid_out(account, payment):
        of_kind = unexplained.setdefault(kind, {})
        lot_id = "" if lot is None else lot.id
        of_kind[lot_id] = of_kind.get(lot_id, 0) + amount
    others = cut_to(unexplained.get(facts_pb2.REFUND_KIND_DUPLICATE, {}), over)
    unused = cut_to(unexplained.get(facts_pb2.REFUND_KIND_UNUSED_CREDITS, {}), over - sum(others.values()))
    return Difference(unused, others)


def _paid_out(account: Account, payment: Payment) -> Iterable[tuple[int, Lot | None, int]]:
    """Yield kind, lot and unexplained amount of each refund that succeeded."""
    plan = account.plan_of(payment)
    for refund in payment.refunds:
        if not refund.is_paid_out:
            continue
        lot, amount = account.lot_of(payment, refund), amount_of(refund.amount)
        if lot is not None and lot.base:
            amount -= min(amount, lot.total * refund.credits // lot.base)
        # A refund of just the fee of a period is taken to be that.
        elif plan is not None and amount == amount_of(plan.amount):
            amount = 0
        yield refund.kind, lot, amount
