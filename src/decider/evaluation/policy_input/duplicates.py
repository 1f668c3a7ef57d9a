"""Moves refunds of a double charge to the duplicate payment (ruling 34).

An order that was charged twice was paid once too often, whichever charge the bank or a dashboard refunded. The figures
are moved once. Everything after that reads the moved figures as if the facts had stated them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter

from decider.evaluation.facts import Facts
from decider.evaluation.facts.model import Lot, Payment, Refund, amount_of

__all__ = ["with_failed_refunds", "with_moved_refunds"]


def with_moved_refunds(facts: Facts, *, as_if_verified: bool = False) -> Facts:
    """Return valid facts with the figures moved that ruling 34 moves.

    `as_if_verified` treats every duplicate as verified, to find what would be due if it were.
    """
    if all(payment.duplicate_of is None for payment in facts.payments):
        return facts
    placed = _refunds_by_payment(facts)
    payments: dict[str, Payment] = {}
    for group in facts.groups.values():
        members = [replace(member, refunds=tuple(placed[member.id])) for member in group]
        if as_if_verified:
            members = [replace(member, is_verified=member.duplicate_of is not None) for member in members]
        payments.update((member.id, member) for member in _moved(members))
    return replace(facts, payments=tuple(payments[payment.id] for payment in facts.payments))


def with_failed_refunds(facts: Facts, lots: Collection[Lot], payment_ids: Iterable[str]) -> Facts:
    """Return the facts as if the refunds that hold a request for `lots` had failed (ruling 10).

    Such a refund is pending in a group of the payments concerned, and it names one of the lots or none.
    """
    held = {None, *(lot.id for lot in lots)}
    groups = {facts.originals[payment_id] for payment_id in payment_ids}
    return replace(
        facts,
        payments=tuple(
            replace(
                payment,
                refunds=tuple(_failed(refund) if refund.lot_id in held else refund for refund in payment.refunds),
            )
            if payment.refund_pending and facts.originals[payment.id] in groups
            else payment
            for payment in facts.payments
        ),
    )


def _failed(refund: Refund) -> Refund:
    return replace(refund, status="FAILED") if refund.is_pending else refund


def _refunds_by_payment(facts: Facts) -> Mapping[str, list[Refund]]:
    """Place a refund that names a lot with the payment of that lot, whichever payment of the group refunded it."""
    placed: dict[str, list[Refund]] = {payment.id: [] for payment in facts.payments}
    for payment, refund, lot in facts.refunds():
        paying = None if refund.lot_id is None or lot is None else facts.payment_of(lot)
        placed[(paying or payment).id].append(refund)
    return placed


def _moved(group: Sequence[Payment]) -> Iterator[Payment]:
    """Move what was refunded of the original for the double charge to the verified duplicates, up to what they hold.

    Refunds of kind DUPLICATE move first, the succeeded before the pending ones, and then the lost dispute.
    """
    rooms = {payment.id: max(0, payment.held) for payment in group if payment.is_verified}
    moved: dict[str, list[Refund]] = {payment_id: [] for payment_id in rooms}
    lost = dict.fromkeys(rooms, 0)
    for payment in group:
        if payment.duplicate_of is not None:
            continue
        stays = [refund for refund in payment.refunds if not _is_of_a_duplicate(refund)]
        of_duplicates = filter(_is_of_a_duplicate, payment.refunds)
        for refund in sorted(of_duplicates, key=attrgetter("is_pending", "id")):
            rest = amount_of(refund.amount)
            for payment_id, part in _taken_from(rooms, rest):
                moved[payment_id].append(replace(_with_amount(refund, part), lot_id=None, credits=0, bonus=0))
                rest -= part
            if rest or refund.credits or refund.bonus:
                stays.append(_with_amount(refund, rest))
        for payment_id, part in _taken_from(rooms, payment.lost):
            lost[payment_id] += part
        yield replace(payment, refunds=tuple(stays), lost=payment.lost - sum(lost.values()))
    for payment in group:
        if payment.duplicate_of is not None:
            refunds = (*payment.refunds, *moved.get(payment.id, ()))
            yield replace(payment, refunds=refunds, lost=payment.lost + lost.get(payment.id, 0))


def _is_of_a_duplicate(refund: Refund) -> bool:
    return refund.kind == "DUPLICATE" and refund.is_live


def _taken_from(rooms: dict[str, int], amount: int) -> list[tuple[str, int]]:
    """Take an amount from the rooms in their order, as far as they reach, and return the part of each."""
    given = []
    for payment_id, room in rooms.items():
        part = min(room, amount)
        amount -= part
        rooms[payment_id] -= part
        if part:
            given.append((payment_id, part))
    return given


def _with_amount(refund: Refund, amount: int) -> Refund:
    return replace(refund, amount=None if refund.amount is None else replace(refund.amount, amount=amount))
