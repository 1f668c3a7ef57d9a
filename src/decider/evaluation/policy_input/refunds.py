"""The amounts that refunds and lost disputes returned to the customer, by lot and plan (ruling 24)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from decider.evaluation.facts import Facts
from decider.evaluation.facts.model import Lot, Payment, Plan, Refund, amount_of
from decider.evaluation.facts.shares import shared

__all__ = ["Returned", "returned"]


@dataclass(frozen=True, slots=True)
class Returned:
    """The amounts returned of one lot or plan in minor units, and whether a refund of it is pending.

    `lost` is its share of what a lost dispute took of its payment.
    """

    unused: int = 0
    all_kinds: int = 0
    goodwill: int = 0
    lost: int = 0
    is_pending: bool = False


def returned(facts: Facts, bought: Iterable[Lot | Plan]) -> Mapping[str, Returned]:
    """Return the amounts returned of each lot, by its id, and of the plan, under "".

    A pending refund that names no lot holds everything that its payment paid for (ruling 10).
    """
    # A payment may have paid for a thousand lots, so its refunds are grouped by lot once.
    payments: dict[str, _RefundsByLot] = {}
    result = {}
    for each in bought:
        lot_id, payment = each.id if isinstance(each, Lot) else "", facts.payment_of(each)
        if payment is None:
            result[lot_id] = Returned()
            continue
        if payment.id not in payments:
            payments[payment.id] = _RefundsByLot(facts, payment)
        result[lot_id] = payments[payment.id].of(lot_id)
    return result


class _RefundsByLot:
    """The refunds of one payment by lot id; those of the plan are under ""."""

    def __init__(self, facts: Facts, payment: Payment) -> None:
        self._paid_out: dict[str, list[Refund]] = {}
        self._pending = {refund.lot_id for refund in payment.refunds if refund.is_pending}
        for refund in payment.refunds:
            lot = facts.lot_of(payment, refund)
            if refund.is_paid_out:
                self._paid_out.setdefault("" if lot is None else lot.id, []).append(refund)
        self._overcharge = facts.overcharges_returned[payment.id]
        self._lost = _lost_shares(facts, payment)

    def of(self, lot_id: str) -> Returned:
        """Return the amounts returned of a lot, without those that returned an overcharge."""
        paid_out = self._paid_out.get(lot_id, [])
        unused, duplicates = self._overcharge.unused.get(lot_id, 0), self._overcharge.duplicates.get(lot_id, 0)
        return Returned(
            unused=_sum_of(paid_out, "UNUSED_CREDITS") - unused,
            all_kinds=sum(amount_of(refund.amount) for refund in paid_out) - unused - duplicates,
            goodwill=_sum_of(paid_out, "GOODWILL"),
            lost=self._lost.get(lot_id, 0),
            is_pending=None in self._pending or lot_id in self._pending,
        )


def _lost_shares(facts: Facts, payment: Payment) -> Mapping[str, int]:
    """Share what a lost dispute took over all that its payment paid for, by base price; the plan is under "".

    The shares do not depend on the request, so that requests lot by lot pay what one request for all lots pays.
    """
    if payment.lost == 0:
        return {}
    weights = {lot.id: amount_of(lot.base_price) for lot in facts.lots_of(payment)}
    plan = facts.plan_of(payment)
    if plan is not None:
        weights[""] = amount_of(plan.amount)
    return shared(weights, payment.lost)


def _sum_of(refunds: Iterable[Refund], kind: str) -> int:
    return sum(amount_of(refund.amount) for refund in refunds if refund.kind == kind)
