"""Payments for one order that was charged more than once: what came back of one counts for another (ruling 34)."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

Doc: TypeAlias = dict[str, Any]
TAKEN = ("PENDING", "SUCCEEDED")


def original_of(payments: Mapping[str, Doc], name: str) -> str:
    """Follow `duplicate_of` to the payment that duplicates none."""
    seen = {name}
    while payments.get(name, {}).get("duplicate_of") in payments:
        name = payments[name]["duplicate_of"]
        if name in seen:
            break
        seen.add(name)
    return name


def lost_of(payment: Doc) -> int:
    """Return what a lost dispute took of a payment: of what moved between the payments of a group, the moved figure."""
    if "lost_minor" in payment:
        return int(payment["lost_minor"])
    dispute = payment.get("dispute") or {}
    if dispute.get("status") != "LOST":
        return 0
    money = dispute.get("amount") or payment["captured"]
    return int(money.get("amount_minor", 0))


def taken_of(payment: Doc) -> list[Doc]:
    """Return the refunds of a payment that took or will take money."""
    return [refund for refund in payment.get("refunds", []) if refund["status"] in TAKEN]


def room_of(payment: Doc) -> int:
    """Return how much of a payment has not come back."""
    gone = sum(_minor(refund) for refund in taken_of(payment)) + lost_of(payment)
    return max(0, _captured(payment) - gone)


def moved(facts: Doc) -> Doc:
    """Return the facts with refunds at the payment of their lot, and what came back for a double charge moved."""
    if not any(payment.get("duplicate_of") for payment in facts.get("payments", [])):
        return facts
    made = copy.deepcopy(facts)
    payments = {payment["id"]: payment for payment in made["payments"]}
    homes = {lot["id"]: lot.get("payment_id") for lot in made.get("lots", [])}
    for payment in payments.values():
        _send_home(payments, payment, homes)
    for name in sorted(payments):
        doubles = list(_verified(payments, name))
        if doubles:
            _move_refunds(payments[name], doubles)
            _move_lost(payments[name], doubles)
    for name in sorted(payments):
        _spill(payments, name)
    return made


def _send_home(payments: Mapping[str, Doc], payment: Doc, homes: Mapping[str, str | None]) -> None:
    """Give a refund that names a lot to the payment of that lot, whichever payment of the group gave it."""
    stay = []
    for refund in payment.get("refunds", []):
        home = payments.get(homes.get(refund.get("lot_id") or "") or "")
        if home is None or home is payment or original_of(payments, home["id"]) != original_of(payments, payment["id"]):
            stay.append(refund)
        else:
            home.setdefault("refunds", []).append(refund)
            home["sent_minor"] = home.get("sent_minor", 0) + (_minor(refund) if refund["status"] in TAKEN else 0)
    if "refunds" in payment:
        payment["refunds"] = stay


def _spill(payments: Mapping[str, Doc], name: str) -> None:
    """Count what others gave back for a lot beyond what its payment took as come back of the rest of the group."""
    payment = payments[name]
    over = sum(map(_minor, taken_of(payment))) + lost_of(payment) - _captured(payment)
    over = min(over, payment.get("sent_minor", 0))
    group = [one for one in payments.values() if original_of(payments, one["id"]) == original_of(payments, name)]
    for other in sorted(group, key=_order) if over > 0 else ():
        step = min(over, room_of(other))
        other["lost_minor"] = lost_of(other) + step
        payment["lost_minor"] = lost_of(payment) - step
        over -= step


def _verified(payments: Mapping[str, Doc], name: str) -> Iterator[Doc]:
    """Return the verified duplicates of an original, in the order in which they are filled."""
    if payments[name].get("duplicate_of"):
        return
    for payment in sorted(payments.values(), key=_order):
        own = payment["id"] != name and original_of(payments, payment["id"]) == name
        if own and payment.get("duplicate_verified"):
            yield payment


def _order(payment: Doc) -> tuple[str, str]:
    return payment.get("captured_at") or "", payment["id"]


def _move_refunds(original: Doc, doubles: list[Doc]) -> None:
    """Move refunds of kind DUPLICATE. The credits that went with them stay taken from the lot they were taken from."""
    for refund in sorted(taken_of(original), key=lambda one: str(one["id"])):
        if refund.get("kind") != "DUPLICATE":
            continue
        for double in doubles:
            step = min(room_of(double), _minor(refund))
            if not step:
                continue
            double.setdefault("refunds", []).append(_piece(refund, double, step))
            refund["amount"]["amount_minor"] -= step
        if not _minor(refund) and not (refund.get("credits_micros") or refund.get("bonus_micros")):
            refund["status"] = "SUCCEEDED"  # neither money nor credits are awaited here any more


def _piece(refund: Doc, payment: Doc, minor: int) -> Doc:
    """Return a part of a refund as one of another payment, without credits."""
    money = {**refund["amount"], "amount_minor": minor}
    kind, status = refund.get("kind", ""), refund["status"]
    return {"id": f"{refund['id']}>{payment['id']}", "amount": money, "kind": kind, "status": status}


def _move_lost(original: Doc, doubles: list[Doc]) -> None:
    rest = lost_of(original)
    for double in doubles:
        step = min(room_of(double), rest)
        double["lost_minor"] = lost_of(double) + step
        rest -= step
    original["lost_minor"] = rest


def _captured(payment: Doc) -> int:
    return int((payment.get("captured") or {}).get("amount_minor", 0))


def _minor(refund: Doc) -> int:
    return int(refund["amount"].get("amount_minor", 0))
