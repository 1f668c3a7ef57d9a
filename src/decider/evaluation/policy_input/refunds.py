"""What went back to the customer with refunds and lost disputes, by lot and plan (ruling 24)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from decider.evaluation.facts.account import Account, Taken, taken_by
from decider.evaluation.facts.model import Lot, Payment, Plan, Refund, amount_of
from decider.evaluation.policy_input.overcharge import difference_returned
from decider.evaluation.policy_input.shares import shared
from decider.v1 import facts_pb2

__all__ = ["Returned", "returned", "taken_but_awaited"]


@dataclass(frozen=True, slots=True)
class Returned:
    """Minor units that went back of one lot or plan, and whether a refund of it is still on its way.

    `lost` is its share of what a lost dispute took of its payment.
    """

    unused: int = 0
    all_kinds: int = 0
    goodwill: int = 0
    lost: int = 0
    is_pending: bool = False


def returned(account: Account, bought: Iterable[Lot | Plan]) -> list[Returned]:
    """Return what went back of each lot or plan, in their order.

    A pending refund that names no lot holds everything that its payment paid for (ruling 10).
    """
    # A payment may have paid for a thousand lots: its refunds are looked through once.
    payments: dict[str, _Refunds] = {}
    result = []
    for one in bought:
        payment = account.payment_of(one)
        if payment is None:
            result.append(Returned())
            continue
        if payment.id not in payments:
            payments[payment.id] = _Refunds(account, payment)
        result.append(payments[payment.id].of(one.id if isinstance(one, Lot) else ""))
    return result


def taken_but_awaited(account: Account, lots: Sequence[Lot]) -> dict[str, Taken]:
    """Return what refunds took back of every lot of the account, but for those on their way that hold `lots`.

    While these are awaited the request is held, and what it may come to is judged as if they had failed (ruling 10).
    """
    if not account.awaits_refunds:
        return account.taken_live
    held, payments = {"", *(lot.id for lot in lots)}, {lot.payment_id for lot in lots}
    return taken_by(
        (refund, lot)
        for payment, refund, lot in account.refunds()
        if refund.is_live and not (refund.is_pending and payment.id in payments and refund.lot_id in held)
    )


class _Refunds:
    """One payment's refunds by lot id; what is of no lot is the plan's, under ""."""

    def __init__(self, account: Account, payment: Payment) -> None:
        self._paid_out: dict[str, list[Refund]] = {}
        self._pending = {one.lot_id for one in payment.refunds if one.is_pending}
        for refund in payment.refunds:
            lot = account.lot_of(payment, refund)
            if refund.is_paid_out:
                self._paid_out.setdefault("" if lot is None else lot.id, []).append(refund)
        self._difference = difference_returned(account, payment)
        self._lost = _lost_shares(account, payment)

    def of(self, lot_id: str) -> Returned:
        """Return what went back of a lot; what went back of an overcharge is not of it."""
        paid_out = self._paid_out.get(lot_id, [])
        of_difference, others = self._difference.unused.get(lot_id, 0), self._difference.others.get(lot_id, 0)
        return Returned(
            unused=_sum_of(paid_out, facts_pb2.REFUND_KIND_UNUSED_CREDITS) - of_difference,
            all_kinds=sum(amount_of(one.amount) for one in paid_out) - of_difference - others,
            goodwill=_sum_of(paid_out, facts_pb2.REFUND_KIND_GOODWILL),
            lost=self._lost.get(lot_id, 0),
            is_pending="" in self._pending or lot_id in self._pending,
        )


def _lost_shares(account: Account, payment: Payment) -> Mapping[str, int]:
    """Share what a lost dispute took over all that its payment paid for, by base price; the plan, under "", is first.

    The shares are the same whatever of it is asked for, so that lot by lot pays what all together pay.
    """
    if payment.lost == 0:
        return {}
    weights = {lot.id: amount_of(lot.base_price) for lot in account.lots_of(payment)}
    plan = account.plan_of(payment)
    if plan is not None:
        weights[""] = amount_of(plan.amount)
    return shared(weights, payment.lost)


def _sum_of(refunds: Iterable[Refund], kind: int) -> int:
    return sum(amount_of(one.amount) for one in refunds if one.kind == kind)
