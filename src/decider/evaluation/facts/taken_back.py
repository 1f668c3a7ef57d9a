"""The credits that refunds took back from lots."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from decider.evaluation.facts.model import Lot, Refund

__all__ = ["TakenBack", "taken_back_by"]


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The base and bonus credits that refunds took back from one lot, in millionths."""

    base: int = 0
    bonus: int = 0

    @property
    def total(self) -> int:
        """The credits of both grants."""
        return self.base + self.bonus

    def plus(self, refund: Refund) -> TakenBack:
        """Return the sum with what another refund took back."""
        return TakenBack(self.base + refund.credits, self.bonus + refund.bonus)


def taken_back_by(refunds: Iterable[tuple[Refund, Lot | None]]) -> Mapping[str, TakenBack]:
    """Return the credits that refunds took back from their lots, by lot id."""
    result: dict[str, TakenBack] = {}
    for refund, lot in refunds:
        if lot is not None and (refund.credits or refund.bonus):
            result[lot.id] = result.get(lot.id, TakenBack()).plus(refund)
    return result
