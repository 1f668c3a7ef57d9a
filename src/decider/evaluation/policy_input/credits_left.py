"""The credits of lots while the refunds that hold the request are pending (ruling 10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from decider.evaluation.facts import Facts
from decider.evaluation.facts.model import Lot, Payment
from decider.evaluation.facts.taken_back import TakenBack
from decider.evaluation.facts.usage_attribution import Use
from decider.evaluation.policy_input.purchase_types import LotCredits

__all__ = ["CreditsLeft"]

_NOTHING = TakenBack()


class CreditsLeft:
    """The used, reserved, taken back and left credits of each lot, for a request for some lots.

    Pending refunds of the requested lots hold the request, which is judged as if they had failed.
    """

    def __init__(self, facts: Facts, requested: Sequence[Lot]) -> None:
        self._facts = facts
        self._taken_back = facts.taken_back_but_for(requested)
        self._uses = _uses(facts, self._taken_back)

    def of(self, lot: Lot) -> LotCredits:
        """Return the credits of one lot of the facts."""
        use, taken = self._uses[lot.id], self._facts.taken_back_for_good.get(lot.id, _NOTHING)
        # Credits are reserved of the base, then of the bonus (ruling 23).
        base_reserved = min(lot.reserved, lot.base - self._taken_back.get(lot.id, _NOTHING).base - use.base)
        bonus_reserved = lot.reserved - base_reserved
        unused = lot.base - use.base - base_reserved
        return {
            "known_use": use.known,
            "base_used": use.base,
            "bonus_used": use.bonus,
            "base_reserved": base_reserved,
            "bonus_reserved": bonus_reserved,
            "base_taken": taken.base,
            "bonus_taken": taken.bonus,
            "unused": unused,
            "left": unused - taken.base,
            "bonus_left": lot.bonus - use.bonus - bonus_reserved - taken.bonus,
            "used": use.base + use.bonus + lot.reserved,
        }


def _uses(facts: Facts, taken_back: Mapping[str, TakenBack]) -> Mapping[str, Use]:
    """Return the use of each lot if refunds took back `taken_back`.

    The use counts as known if it is known with the refunds that were made. A duplicate is paid while the rest of the
    request is held, so its lots keep the use that follows from the facts.
    """
    now = facts.attribution.uses
    if taken_back == facts.taken_back:
        return now
    judged = facts.attribution_without(taken_back).uses
    return {
        lot_id: now[lot_id] if _is_free_duplicate(facts.payment_of(lot)) else _known_as(now[lot_id], judged[lot_id])
        for lot_id, lot in facts.lots_by_id.items()
    }


def _known_as(now: Use, judged: Use) -> Use:
    return replace(judged, known="TOTAL") if judged.known is None and now.known is not None else judged


def _is_free_duplicate(payment: Payment | None) -> bool:
    return payment is not None and payment.duplicate_of is not None and not payment.refund_pending
