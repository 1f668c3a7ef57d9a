"""What of an overcharge went back before: it is struck off the facts, as if it had never been charged (ruling 12)."""

from __future__ import annotations

import copy
from typing import Any, TypeAlias

Doc: TypeAlias = dict[str, Any]


def without_returned(facts: Doc) -> Doc:
    """Return the facts without what refunds returned of the differences: refunds and captured are less by that."""
    if not any(payment.get("expected") for payment in facts.get("payments", [])):
        return facts
    made = copy.deepcopy(facts)
    for payment in made["payments"]:
        over = _minor(payment.get("captured")) - _minor(payment.get("expected"))
        if payment.get("expected") and over > 0 and not payment.get("duplicate_of"):
            for kinds in (("DUPLICATE",), ("UNUSED_CREDITS", "")):
                over = _strike(made, payment, kinds, over)
    return made


def _strike(facts: Doc, payment: Doc, kinds: tuple[str, ...], over: int) -> int:
    """Strike `over` off refunds of some kinds, in proportion to what of each lot nothing explains; return the rest."""
    lots = sorted(str(lot["id"]) for lot in facts.get("lots", []) if lot.get("payment_id") == payment["id"])
    found: dict[str, list[tuple[Doc, int]]] = {}
    for refund in payment.get("refunds", []):
        if refund["status"] == "SUCCEEDED" and (refund.get("kind") or "") in kinds:
            owner = refund.get("lot_id") or (lots[0] if lots else "")
            found.setdefault(owner, []).append((refund, _unexplained(facts, payment, owner, refund)))
    sums = {owner: sum(part for _, part in parts) for owner, parts in found.items()}
    whole = sum(sums.values())
    struck = min(over, whole)
    if not struck:
        return over
    shares = {owner: part * struck // whole for owner, part in sums.items()}
    for owner in sorted(sums, key=lambda one: (-(sums[one] * struck % whole), one))[: struck - sum(shares.values())]:
        shares[owner] += 1
    for owner, parts in found.items():
        for refund, part in parts:
            off = min(part, shares[owner])
            refund["amount"]["amount_minor"] -= off
            shares[owner] -= off
    payment["captured"]["amount_minor"] -= struck
    return over - struck


def _unexplained(facts: Doc, payment: Doc, owner: str, refund: Doc) -> int:
    """What of a refund is more than the price of the credits taken back with it, or is not just the fee of a plan."""
    amount = _minor(refund["amount"])
    taken = int(refund.get("credits_micros", 0))
    for lot in facts.get("lots", []):
        if lot["id"] == owner and lot.get("base_micros"):
            price = sum(_minor(lot.get(key)) for key in ("base_price", "fee", "tax"))
            return max(0, amount - price * taken // int(lot["base_micros"]))
    plan = facts.get("subscription") or {}
    is_fee = plan.get("charged_at") and plan.get("payment_id") == payment["id"] and amount == _minor(plan.get("amount"))
    return 0 if is_fee else amount


def _minor(money: Doc | None) -> int:
    return int((money or {}).get("amount_minor", 0))
