"""The hypotheses under which the policy input shows an order: duplicates verified, pending refunds failed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from decider.evaluation.facts import Facts
from decider.evaluation.facts.selection import Order
from decider.evaluation.policy_input.duplicates import with_failed_refunds, with_moved_refunds

__all__ = ["Hypotheses", "possible_figures"]


@dataclass(frozen=True)
class Hypotheses:
    """The facts of an order with the figures that ruling 34 moves, and the same under two hypotheses.

    A hypothesis that changes nothing of the order has no facts, else it has one.
    """

    moved: Facts
    as_verified: Sequence[Facts]
    as_awaited: Sequence[Facts]

    @classmethod
    def of(cls, stated: Facts, order: Order, payment_ids: Sequence[str]) -> Hypotheses:
        """Return those of an order; `payment_ids` are the payments concerned."""
        moved = with_moved_refunds(stated)
        duplicates = [
            payment
            for payment in map(stated.payments_by_id.__getitem__, payment_ids)
            if payment.duplicate_of is not None
        ]
        is_doubted = any(not payment.is_verified for payment in duplicates)
        return cls(
            moved=moved,
            as_verified=[with_moved_refunds(stated, as_if_verified=True)] if is_doubted else [],
            as_awaited=[_awaited(stated, order, payment_ids)] if moved.awaits_refunds and duplicates else [],
        )


def possible_figures(stated: Facts, orders: Iterable[tuple[Order, Sequence[str]]]) -> Iterator[Facts]:
    """Yield the facts of orders that may be meant, as if what holds each had failed and duplicates were verified.

    An order comes with the ids of the payments concerned.
    """
    verified = with_moved_refunds(stated, as_if_verified=True)
    for order, payment_ids in orders:
        yield _awaited(stated, order, payment_ids) if verified.awaits_refunds else verified


def _awaited(stated: Facts, order: Order, payment_ids: Sequence[str]) -> Facts:
    """Return the facts as if the refunds that hold the order had failed and duplicates were verified (ruling 10)."""
    return with_moved_refunds(with_failed_refunds(stated, order.lots, payment_ids), as_if_verified=True)
