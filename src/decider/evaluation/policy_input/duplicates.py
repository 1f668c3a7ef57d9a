"""Duplicates of one payment share one purse: what came back for a double charge is of the duplicate (ruling 34).

Two charges for one order are one order that was paid once too often, whichever of them the bank or a dashboard sent
back. `reckoned` moves the figures once; everything after it reads the moved figures as if they had been sent so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from decider.evaluation.facts.account import Account
from decider.evaluation.facts.model import Lot, Payment, Refund, amount_of
from decider.v1 import facts_pb2

__all__ = ["reckoned", "with_failed_refunds"]


def reckoned(account: Account, *, as_if_verified: bool = False) -> Account:
    """Return the account with the figures moved that ruling 34 moves; its facts must be free of faults.

    `as_if_verified` reckons, and reports, every duplicate as verified: so much would be due were it.
    """
    if not any(payment.duplicate_of for payment in account.payments):
        return account
    placed = _with_refunds_of_their_lots(account)
    payments: dict[str, Payment] = {}
    for group in account.groups.values():
        members = [replace(one, refunds=tuple(placed[one.id])) for one in group]
        if as_if_verified:
            members = [replace(one, is_verified=bool(one.duplicate_of)) for one in members]
        payments.update((one.id, one) for one in _moved(members))
    return replace(account, payments=tuple(payments[one.id] for one in account.payments))


def with_failed_refunds(account: Account, lots: Collection[Lot], payments: Iterable[Payment]) -> Account:
    """Return the account as if the refunds that hold a request for `lots` had failed (ruling 10).

    They are those under way in the groups of `payments`, the payments concerned, that name one of the lots or none.
    """
    held = {"", *(lot.id for lot in lots)}
    groups = {account.originals[payment.id] for payment in payments}
    return replace(
        account,
        payments=tuple(
            replace(payment, refunds=tuple(_failed(one) if one.lot_id in held else one for one in payment.refunds))
            if payment.refund_pending and account.originals[payment.id] in groups
            else payment
            for payment in account.payments
        ),
    )


def _failed(refund: Refund) -> Refund:
    return replace(refund, status=facts_pb2.REFUND_STATUS_FAILED) if refund.is_pending else refund


def _with_refunds_of_their_lots(account: Account) -> Mapping[str, list[Refund]]:
    """Place a refund that names a lot with that lot's payment, whichever payment of the group gave it."""
    placed: dict[str, list[Refund]] = {payment.id: [] for payment in account.payments}
    for payment, refund, lot in account.refunds():
        placed[lot.payment_id if refund.lot_id and lot is not None else payment.id].append(refund)
    return placed


def _moved(group: Sequence[Payment]) -> Iterator[Payment]:
    """Move what came back of the original for the double charge to the verified duplicates, up to what they hold.

    Refunds of kind DUPLICATE move first, those that succeeded before those under way, then the lost dispute.
    """
    rooms = {one.id: max(0, one.held) for one in group if one.is_verified}
    moved: dict[str, list[Refund]] = {payment_id: [] for payment_id in rooms}
    lost = dict.fromkeys(rooms, 0)
    for payment in group:
        if payment.duplicate_of:
            continue
        stays = [refund for refund in payment.refunds if not _is_of_a_duplicate(refund)]
        for refund in sorted(filter(_is_of_a_duplicate, payment.refunds), key=lambda one: (one.is_pending, one.id)):
            rest = amount_of(refund.amount)
            for payment_id, part in _taken_from(rooms, rest):
                moved[payment_id].append(replace(_with_amount(refund, part), lot_id="", credits=0, bonus=0))
                rest -= part
            if rest or refund.credits or refund.bonus:
                stays.append(_with_amount(refund, rest))
        for payment_id, part in _taken_from(rooms, payment.lost):
            lost[payment_id] += part
        yield replace(payment, refunds=tuple(stays), lost=payment.lost - sum(lost.values()))
    for payment in group:
        if payment.duplicate_of:
            refunds = (*payment.refunds, *moved.get(payment.id, ()))
            yield replace(payment, refunds=refunds, lost=payment.lost + lost.get(payment.id, 0))


def _is_of_a_duplicate(refund: Refund) -> bool:
    return refund.kind == facts_pb2.REFUND_KIND_DUPLICATE and refund.is_live


def _taken_from(rooms: dict[str, int], amount: int) -> list[tuple[str, int]]:
    """Take an amount from the rooms in their order, as far as it goes; return what each gave."""
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
