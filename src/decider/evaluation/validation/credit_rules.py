"""Rules for credits: no lot has more reserved or taken back than is left, and the ledger adds up."""

from __future__ import annotations

from decider.evaluation.facts import Facts
from decider.evaluation.facts.model import Lot
from decider.evaluation.facts.taken_back import TakenBack
from decider.evaluation.validation.violations import Violations

__all__ = ["check_credits", "check_ledger"]

_GRANTED = ("base_micros", "bonus_micros")
_USED = ("base_used_micros", "bonus_used_micros", "used_micros")
_TAKEN = ("status", "lot_id", "credits_micros", "bonus_micros")
_NOTHING = TakenBack()


def check_credits(facts: Facts, violations: Violations) -> None:
    """Find lots of which more is taken back or reserved than is left of the grants."""
    _check_taken(facts, violations)
    for lot in facts.lots:
        _check_reserved(facts, lot, violations)


def check_ledger(facts: Facts, violations: Violations) -> None:
    """Find a total use or a balance of the ledger that the lots cannot have (expired and reserved credits included)."""
    ledger = facts.ledger
    if (ledger.used is None and ledger.balance is None) or not _are_lots_sound(facts, violations):
        return
    least = sum(stated.total for stated in facts.attribution.stated.values())
    most = least + sum(map(sum, facts.attribution.rooms.values()))
    used, balance = "facts.ledger.used_micros", "facts.ledger.balance_micros"
    if ledger.used is not None and not least <= ledger.used <= most and violations.sound(used):
        violations.add(used, f"the lots tell of {_span(least, most)} used, in millionths of a credit")
    if ledger.balance is not None and violations.sound(used, balance):
        there = sum(lot.granted for lot in facts.lots) - sum(taken.total for taken in facts.taken_back.values())
        if ledger.used is not None:
            least = most = ledger.used
        if not there - most <= ledger.balance <= there - least:
            left = _span(there - most, there - least)
            violations.add(
                balance, f"granted less used less taken back by refunds is {left}, in millionths of a credit"
            )


def _span(least: int, most: int) -> str:
    return str(least) if least == most else f"{least} to {most}"


def _check_taken(facts: Facts, violations: Violations) -> None:
    """Add up what live refunds took back of each lot, and report the first refund with which it is too much."""
    sums: dict[str, TakenBack] = {}
    over: set[str] = set()
    for payment, refund, lot in facts.refunds():
        if not (refund.is_live and (refund.credits or refund.bonus)):
            continue
        if not (violations.parts_sound(refund.path, *_TAKEN) and violations.parts_sound(payment.path, "id")):
            continue
        if lot is None:
            if _are_placed(facts, violations):
                _blame(refund.path, "taken back of no lot", violations, _NOTHING.plus(refund))
            continue
        sums[lot.id] = now = sums.get(lot.id, _NOTHING).plus(refund)
        if lot.id in over or not violations.parts_sound(lot.path, "id", *_GRANTED, *_USED):
            continue
        base, bonus = lot.used_by_grant
        excess = TakenBack(
            max(0, now.base + (base or 0) - lot.base),
            max(0, now.bonus + (bonus or 0) - lot.bonus),
        )
        if not excess.total and now.total + lot.used_at_least > lot.granted:
            excess = TakenBack(refund.credits, 0 if refund.credits else refund.bonus)
        if excess.total:
            over.add(lot.id)
            _blame(refund.path, f"more than is not used of the lot, by {excess.total}", violations, excess)


def _are_placed(facts: Facts, violations: Violations) -> bool:
    # A lot without a sound id or payment may be the one of which a refund took credits back.
    return violations.sound("facts.lots[]") and all(
        violations.parts_sound(lot.path, "id", "payment_id") and (lot.payment_id is None or facts.payment_of(lot))
        for lot in facts.lots
    )


def _blame(path: str, description: str, violations: Violations, excess: TakenBack) -> None:
    if excess.base:
        violations.add(f"{path}.credits_micros", description)
    if excess.bonus:
        violations.add(f"{path}.bonus_micros", description)


def _check_reserved(facts: Facts, lot: Lot, violations: Violations) -> None:
    if not lot.reserved or not violations.parts_sound(lot.path, "id", *_GRANTED, *_USED, "reserved_micros"):
        return
    gone = lot.used_at_least
    payment = facts.payment_of(lot)
    # A refund that is at fault may have taken back any number of credits. The rule holds without it.
    if payment is None or violations.parts_sound(payment.path, "refunds"):
        gone += facts.taken_back.get(lot.id, _NOTHING).total
    if gone + lot.reserved > lot.granted:
        left = max(0, lot.granted - gone)
        violations.add(f"{lot.path}.reserved_micros", f"more than the {left} that are left of what was granted")


def _are_lots_sound(facts: Facts, violations: Violations) -> bool:
    """Whether all that the ledger adds up is sound. The lot of a refund matters only if it took credits back."""
    taking = [(payment, refund) for payment, refund, _ in facts.refunds() if refund.credits or refund.bonus]
    placed = ("payment_id",) if taking else ()
    return (
        violations.sound("facts.lots[]")
        and all(
            violations.parts_sound(lot.path, "id", *_GRANTED, *_USED, *placed, *_reserved_of(lot)) for lot in facts.lots
        )
        and all(
            violations.parts_sound(refund.path, "credits_micros", "bonus_micros") for _, refund, _ in facts.refunds()
        )
        and all(
            violations.parts_sound(refund.path, *_TAKEN) and violations.parts_sound(payment.path, "id")
            for payment, refund in taking
        )
    )


def _reserved_of(lot: Lot) -> tuple[str, ...]:
    # Reserved credits cannot have been used, which matters if the use is not stated.
    is_stated = lot.used is not None or (lot.base_used is not None and lot.bonus_used is not None)
    return () if is_stated else ("reserved_micros",)
