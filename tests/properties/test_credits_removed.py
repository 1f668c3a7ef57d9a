"""Which credits go with the cash, worked out from the lines of the breakdown (rulings 25 to 27)."""

from __future__ import annotations

import pytest

from decider.v1 import decision_pb2
from oracle.contract import earlier
from oracle.law import lot_claim
from oracle.world import Doc, World
from properties.decided import Bench, Decided, holds_for_all
from properties.transforms import requested_lots

_WORTH = ("paid", "fee", "tax", "used", "deducted_bonus", "already_refunded", "disputed")


def _lines(one: Decided, lot: Doc) -> dict[str, int]:
    return {line.code: line.amount.amount_minor for line in one.decision.breakdown if line.lot_id == lot["id"]}


def _removed(one: Decided, lot: Doc, kind: str) -> int:
    number = decision_pb2.EffectType.Value(f"EFFECT_TYPE_REMOVE_{kind}")
    return sum(e.credits_micros for e in one.decision.effects if e.type == number and e.lot_id == lot["id"])


def _paid_for_itself(one: Decided) -> list[Doc]:
    """The requested purchases whose payment is no duplicate: that one goes by rules of its own (ruling 11)."""
    payments = {payment["id"]: payment for payment in one.facts["payments"]}
    return [
        lot
        for lot in requested_lots(one.document)
        if lot["category"] == "PAID"
        and not lot.get("sold_by")
        and not payments.get(lot.get("payment_id"), {}).get("duplicate_of")
    ]


def _expected(one: Decided, lot: Doc) -> tuple[int, int]:
    """Base and bonus credits that go with what is paid on a lot."""
    world = World(one.document, {})
    have, lines = world.credits[lot["id"]], _lines(one, lot)
    amount = sum(lines.values())
    if not amount:
        return 0, 0
    asked = one.request.get("requested_credits_micros")
    if asked is not None:
        return min(have.unused, have.base_taken + asked) - have.base_taken, have.bonus_left
    if not lines.get("not_requested"):
        return have.base_left, have.bonus_left
    worth = sum(lines.get(code, 0) for code in _WORTH) if "barred" not in lines else 0
    floor = lot_claim(world, lot, have).sure - earlier(world, lot, every=True) - world.lost(lot["payment_id"])
    whole = max(worth, floor, amount - lines["not_requested"])
    return min(have.base_left, -(-amount * have.base_left // whole)), have.bonus_left


@pytest.mark.parametrize("asked", ["all", "money", "credits"])
def test_credits_go_as_the_cash_does(bench: Bench, asked: str) -> None:
    """All of the lot for all that is due on it, a cap or not; for a part of the amount the share, rounded up."""

    def asks(one: Decided) -> str:
        part = {"requested_amount": "money", "requested_credits_micros": "credits"}
        return next((name for key, name in part.items() if key in one.request), "all")

    def right(one: Decided) -> bool:
        lots = _paid_for_itself(one)
        return all((_removed(one, lot, "CREDITS"), _removed(one, lot, "BONUS")) == _expected(one, lot) for lot in lots)

    def bears(one: Decided) -> bool:
        return one.kind == "CASH_REFUND" and asks(one) == asked and bool(_paid_for_itself(one))

    holds_for_all([one for one in bench.all if bears(one)], right)
