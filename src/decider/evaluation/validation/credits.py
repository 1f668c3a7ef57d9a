"""Faults of credits: more reserved or taken back than is left of the grant, and a ledger that does not add up."""

from __future__ import annotations

from decider.evaluation.facts.account import Account, Taken
from decider.evaluation.facts.model import Lot
from decider.evaluation.policy_input.usage_attribution import room, told_of
from decider.evaluation.validation.violations import Faults

__all__ = ["check_credits", "check_ledger"]

_GRANTED = ("base_micros", "bonus_micros")
_USED = ("base_used_micros", "bonus_used_micros", "used_micros")
_TAKEN = ("status", "lot_id", "credits_micros", "bonus_micros")
_NOTHING = Taken()


def check_credits(account: Account, faults: Faults) -> None:
    """Find lots of which more is taken back or reserved than is left of what was granted."""
    _check_taken(account, faults)
    for lot in account.lots:
        _check_reserved(account, lot, faults)


def check_ledger(account: Account, faults: Faults) -> None:
    """Find a ledger's total use or balance that the lots cannot have (expired and reserved credits included)."""
    ledger = account.facts.ledger
    told_used, told_balance = ledger.HasField("used_micros"), ledger.HasField("balance_micros")
    if not (told_used or told_balance) or not _are_lots_sound(account, faults):
        return
    taken = account.taken_live
    told = {lot.id: told_of(lot, taken.get(lot.id, _NOTHING), ledger.consumption_order) for lot in account.lots}
    least = sum(one.total for one in told.values())
    most = least + sum(sum(room(lot, told[lot.id], taken.get(lot.id, _NOTHING))) for lot in account.lots)
    used, balance = "facts.ledger.used_micros", "facts.ledger.balance_micros"
    if told_used and not least <= ledger.used_micros <= most and faults.sound(used):
        faults.add(used, f"the lots tell of {_span(least, most)} used, in millionths of a credit")
    if told_balance and faults.sound(used, balance):
        there = sum(lot.granted for lot in account.lots) - sum(one.total for one in taken.values())
        if told_used:
            least = most = ledger.used_micros
        if not there - most <= ledger.balance_micros <= there - least:
            left = _span(there - most, there - least)
            faults.add(balance, f"granted less used less taken back by refunds is {left}, in millionths of a credit")


def _span(least: int, most: int) -> str:
    return str(least) if least == most else f"{least} to {most}"


def _explicit(lot: Lot) -> tuple[int | None, int | None]:
    """Return what is told of the use of base and bonus without a draw order: in words, or by the difference."""
    base, bonus = lot.base_used, lot.bonus_used
    if lot.used is not None and base is None and bonus is not None:
        return lot.used - bonus, bonus
    if lot.used is not None and bonus is None and base is not None:
        return base, lot.used - base
    return base, bonus


def _used_at_least(lot: Lot) -> int:
    return (lot.base_used or 0) + (lot.bonus_used or 0) if lot.used is None else lot.used


def _check_taken(account: Account, faults: Faults) -> None:
    """Add up what live refunds took back of each lot, and report the first with which it is more than can be there."""
    sums: dict[str, Taken] = {}
    over: set[str] = set()
    for payment, refund, lot in account.refunds():
        if not (refund.is_live and (refund.credits or refund.bonus)):
            continue
        if not (faults.parts_sound(refund.path, *_TAKEN) and faults.parts_sound(payment.path, "id")):
            continue
        if lot is None:
            if _are_placed(account, faults):
                _blame(refund.path, "taken back of no lot", faults, Taken(refund.credits, refund.bonus))
            continue
        before = sums.get(lot.id, _NOTHING)
        sums[lot.id] = now = Taken(before.base + refund.credits, before.bonus + refund.bonus)
        if lot.id in over or not faults.parts_sound(lot.path, "id", *_GRANTED, *_USED):
            continue
        base, bonus = _explicit(lot)
        excess = Taken(
            max(0, now.base + (base or 0) - lot.base),
            max(0, now.bonus + (bonus or 0) - lot.bonus),
        )
        if not excess.total and now.total + _used_at_least(lot) > lot.granted:
            excess = Taken(refund.credits, 0 if refund.credits else refund.bonus)
        if excess.total:
            over.add(lot.id)
            _blame(refund.path, f"more than is not used of the lot, by {excess.total}", faults, excess)


def _are_placed(account: Account, faults: Faults) -> bool:
    # A lot whose id or payment cannot be told may be the one that a refund took credits of.
    return faults.sound("facts.lots[]") and all(
        faults.parts_sound(lot.path, "id", "payment_id") and (not lot.payment_id or account.payment_of(lot))
        for lot in account.lots
    )


def _blame(path: str, description: str, faults: Faults, excess: Taken) -> None:
    if excess.base:
        faults.add(f"{path}.credits_micros", description)
    if excess.bonus:
        faults.add(f"{path}.bonus_micros", description)


def _check_reserved(account: Account, lot: Lot, faults: Faults) -> None:
    if not lot.reserved or not faults.parts_sound(lot.path, "id", *_GRANTED, *_USED, "reserved_micros"):
        return
    gone = _used_at_least(lot)
    payment = account.payment_of(lot)
    # What a faulty refund took back is unknown; without it the check still holds.
    if payment is None or faults.parts_sound(payment.path, "refunds"):
        gone += account.taken_live.get(lot.id, _NOTHING).total
    if gone + lot.reserved > lot.granted:
        left = max(0, lot.granted - gone)
        faults.add(f"{lot.path}.reserved_micros", f"more than the {left} that are left of what was granted")


def _are_lots_sound(account: Account, faults: Faults) -> bool:
    """Whether all that the ledger adds up can be told; which lot a refund took credits of only where one took any."""
    taking = [(payment, refund) for payment, refund, _ in account.refunds() if refund.credits or refund.bonus]
    placed = ("payment_id",) if taking else ()
    return (
        faults.sound("facts.lots[]")
        and all(faults.parts_sound(lot.path, "id", *_GRANTED, *_USED, *placed, *_held_of(lot)) for lot in account.lots)
        and all(faults.parts_sound(refund.path, "credits_micros", "bonus_micros") for _, refund, _ in account.refunds())
        and all(
            faults.parts_sound(refund.path, *_TAKEN) and faults.parts_sound(payment.path, "id")
            for payment, refund in taking
        )
    )


def _held_of(lot: Lot) -> tuple[str, ...]:
    # What is held cannot have been used, which matters where nothing tells what was.
    is_told = lot.used is not None or (lot.base_used is not None and lot.bonus_used is not None)
    return () if is_told else ("reserved_micros",)
