"""What is done to a document to see how its decision follows; None where the change would say nothing."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from oracle.times import instant
from properties.decided import Decided, Document, money_of

_TIME = re.compile(r"^\d{4}-\d\d-\d\dT[\d:.]+Z$")
_REQUEST_TIMES = ("requested_at", "received_at", "completed_at")
CURRENCIES = {"USD": "JPY", "JPY": "KWD", "KWD": "USD", "EUR": "GBP", "GBP": "EUR"}


def requested_lots(document: Document) -> list[dict[str, Any]]:
    """Return the lots that the request names."""
    request = document["request"]
    ids, ref = request.get("lot_ids"), request.get("order_ref")
    lots = document["facts"]["lots"]
    return [lot for lot in lots if (lot["id"] in ids if ids else ref and lot.get("order_ref") == ref)]


def asked_for(document: Document, lots: Sequence[Mapping[str, Any]]) -> Document:
    """Ask for these lots alone."""
    return {**document, "request": {**document["request"], "lot_ids": [lot["id"] for lot in lots]}}


def ordinary(one: Decided) -> bool:
    """Tell of a refund of lots that nothing but the merits decides: no dispute, no wrong charge, no agreement."""
    facts, request = one.facts, one.request
    odd = any(key in payment for payment in facts["payments"] for key in ("dispute", "duplicate_of", "expected"))
    beside = any(key in facts for key in ("agreement", "incidents"))
    refund = request.get("remedy", "REFUND") == "REFUND" and "usage_event_ids" not in request
    return refund and not odd and not beside and bool(requested_lots(one.document))


def elsewhere(document: Document) -> Document:
    """Have the customer live in a country that the law does not cover."""
    made = copy.deepcopy(document)
    made["facts"]["customer"]["country_code"] = "CH"
    made["facts"]["customer"].pop("subdivision_code", None)
    return made


def without_statute(document: Document) -> Document:
    """Make the customer a business."""
    made = copy.deepcopy(document)
    made["facts"]["customer"]["type"] = "BUSINESS"
    return made


def each_value(value: Any, change: Callable[[str, Any], Any], key: str = "") -> Any:
    """Rebuild a document, every plain value of it as `change` makes it of its key and value."""
    if isinstance(value, dict):
        return {name: each_value(item, change, name) for name, item in value.items()}
    if isinstance(value, list):
        return [each_value(item, change, key) for item in value]
    return change(key, value)


def scaled(document: Document, factor: int) -> Document:
    """Multiply all credits."""
    return dict(each_value(document, lambda key, value: value * factor if key.endswith("_micros") else value))


def in_other_currencies(document: Document) -> Document | None:
    """Call every currency by another one's code, with the same integers; but not one that is no longer paid in."""
    if any(payment["captured"]["currency_code"] not in CURRENCIES for payment in document["facts"]["payments"]):
        return None
    return dict(each_value(document, lambda key, value: CURRENCIES[value] if key == "currency_code" else value))


def at_other_offset(document: Document) -> Document:
    """Write the same instants as they are read two hours east of Greenwich."""

    def east(_: str, value: Any) -> Any:
        if not (isinstance(value, str) and _TIME.match(value)):
            return value
        whole, _, fraction = value.removesuffix("Z").partition(".")
        moved = datetime.fromisoformat(whole).replace(tzinfo=UTC) + timedelta(hours=2)
        return moved.strftime("%Y-%m-%dT%H:%M:%S") + (f".{fraction}" if fraction else "") + "+02:00"

    return dict(each_value(document, east))


def reversed_lists(document: Document) -> Document:
    """Turn the order of everything whose order means nothing."""
    made = copy.deepcopy(document)
    for key in ("lots", "payments", "usage_events", "incidents"):
        if key in made["facts"]:
            made["facts"][key].reverse()
    for payment in made["facts"]["payments"]:
        payment.get("refunds", []).reverse()
    for key in ("verified_emails",):
        made["facts"]["account"].get(key, []).reverse()
    for key in ("lot_ids", "usage_event_ids"):
        made["request"].get(key, []).reverse()
    return made


def with_one_payment_lost(document: Document) -> Document | None:
    """Have one payment pay for all lots that tell of their use themselves, and lose a third of it in a dispute."""
    made = copy.deepcopy(document)
    lots = [lot for lot in made["facts"]["lots"] if {"base_used_micros", "bonus_used_micros"} <= set(lot)]
    paid = [lot for lot in lots if lot.get("payment_id")]
    if len(paid) < 2 or any(key in made["facts"] for key in ("subscription", "agreement")):
        return None
    made["facts"]["lots"] = paid
    made["request"]["lot_ids"] = sorted(lot["id"] for lot in paid)
    currency = paid[0]["base_price"]["currency_code"]
    for lot in paid:
        lot |= {"payment_id": "pay-all", "order_ref": "ALL"}
        for key in ("base_price", "fee", "tax"):
            lot[key]["currency_code"] = currency
    total = sum(money_of(lot[key]) for lot in paid for key in ("base_price", "fee", "tax"))
    captured = {"currency_code": currency, "amount_minor": total}
    dispute = {"status": "LOST", "amount": {**captured, "amount_minor": total // 3}}
    made["facts"]["payments"] = [{"id": "pay-all", "method": "card", "captured": captured, "dispute": dispute}]
    made["facts"]["ledger"] = {"taken_at": made["facts"]["ledger"].get("taken_at", made["evaluate_at"])}
    return made


_HALVED = ("base_micros", "bonus_micros", "base_used_micros", "bonus_used_micros", "used_micros", "reserved_micros")


def _bought_alone(document: Document) -> dict[str, Any] | None:
    """Return the first requested purchase that tells of its use itself and of which nothing was refunded."""
    payments = {payment["id"]: payment for payment in document["facts"]["payments"]}
    for lot in requested_lots(document):
        payment = payments.get(lot.get("payment_id"))
        if (
            lot["category"] == "PAID"
            and payment is not None
            and not (lot["fee_kept_by_third_party"] or "refunds" in payment)
        ):
            return lot if {"base_used_micros", "bonus_used_micros"} <= set(lot) and lot.get("order_ref") else None
    return None


def doubled(document: Document) -> Document | None:
    """Make a purchase twice as large, all of it, and its payment by as much."""
    made = copy.deepcopy(document)
    lot = _bought_alone(made)
    if lot is None or "requested_credits_micros" in made["request"]:
        return None
    prices = [lot[key] for key in ("base_price", "fee", "tax")]
    [payment] = [one for one in made["facts"]["payments"] if one["id"] == lot["payment_id"]]
    for key in {"captured", "expected"} & set(payment):
        payment[key]["amount_minor"] += sum(map(money_of, prices))
    for price in prices:
        price["amount_minor"] *= 2
    lot |= {key: 2 * lot[key] for key in _HALVED if key in lot}
    return made


def in_halves(document: Document) -> Document | None:
    """Split a purchase that was doubled into two of the same order and payment."""
    made = copy.deepcopy(document)
    lot = _bought_alone(made)
    if lot is None:
        return None
    for key in ("base_price", "fee", "tax"):
        lot[key]["amount_minor"] //= 2
    lot |= {key: lot[key] // 2 for key in _HALVED if key in lot}
    made["facts"]["lots"].append({**copy.deepcopy(lot), "id": f"{lot['id']}-half"})
    if "lot_ids" in made["request"]:
        made["request"]["lot_ids"].append(f"{lot['id']}-half")
    return made


def with_ids_exchanged(document: Document) -> Document | None:
    """Give the lots one another's ids, the first the last's; only where they tell of their use themselves."""
    lots = document["facts"]["lots"]
    ids = sorted(str(lot["id"]) for lot in lots)
    if len(ids) < 2 or not all({"base_used_micros", "bonus_used_micros"} <= set(lot) for lot in lots):
        return None
    made = copy.deepcopy(document)
    for payment in made["facts"]["payments"]:
        # A refund that names no lot is of its payment's first by id (ruling 24).
        own = sorted(str(lot["id"]) for lot in lots if lot.get("payment_id") == payment["id"])
        for refund in payment.get("refunds", []) if own else ():
            refund.setdefault("lot_id", own[0])
    new = dict(zip(ids, reversed(ids), strict=True))
    made["request"] |= (
        {"lot_ids": [new[one] for one in made["request"]["lot_ids"]]} if "lot_ids" in made["request"] else {}
    )
    rest = each_value(made["facts"], lambda key, value: new.get(value, value) if key == "lot_id" else value)
    made["facts"] = {**rest, "lots": [{**lot, "id": new[lot["id"]]} for lot in lots]}
    return made


def asked_later(document: Document, seconds: int) -> Document:
    """Send the request later, and decide it as much later; nothing else of the facts moves."""
    made = copy.deepcopy(document)
    holders = [(made, "evaluate_at"), (made["facts"]["ledger"], "taken_at")]
    holders += [(made["request"], key) for key in _REQUEST_TIMES]
    for holder, key in holders:
        if key in holder:
            holder[key] = _later(holder[key], seconds)
    return made


def used_more(document: Document) -> Document | None:
    """Use half of what is left of the first requested lot that tells of its use itself."""
    made = copy.deepcopy(document)
    for lot in requested_lots(made):
        back = [r for p in made["facts"]["payments"] if p["id"] == lot.get("payment_id") for r in p.get("refunds", [])]
        ledger = made["facts"]["ledger"]
        told = set(lot) & {"used_micros", "base_used_micros", "bonus_used_micros"} == {"used_micros"}
        if not told or back or "used_micros" in ledger or "balance_micros" in ledger:
            continue
        left = lot["base_micros"] + lot["bonus_micros"] - lot["used_micros"] - lot["reserved_micros"]
        if left >= 2:
            lot["used_micros"] += left // 2
            return made
    return None


def dearer(document: Document) -> Document | None:
    """Double the base price of the first requested lot, and what its payment took."""
    made = copy.deepcopy(document)
    for lot in requested_lots(made):
        payment = next((p for p in made["facts"]["payments"] if p["id"] == lot.get("payment_id")), None)
        price = money_of(lot["base_price"])
        if payment is None or "refunds" in payment or not price:
            continue
        lot["base_price"]["amount_minor"] += price
        payment["captured"]["amount_minor"] += price
        return made
    return None


def with_fee(document: Document, fee: int) -> Document | None:
    """Raise the seller's own fee of the first requested lot, and what its payment took."""
    made = copy.deepcopy(document)
    for lot in requested_lots(made):
        payment = next((p for p in made["facts"]["payments"] if p["id"] == lot.get("payment_id")), None)
        if payment is None or "refunds" in payment or lot["fee_kept_by_third_party"]:
            continue
        lot["fee"]["amount_minor"] += fee
        payment["captured"]["amount_minor"] += fee
        return made
    return None


def with_gift(document: Document) -> Document | None:
    """Add a lot that nobody asks about, bought before all others; only where the lots themselves tell of their use."""
    ledger = document["facts"]["ledger"]
    if "used_micros" in ledger or "balance_micros" in ledger or not requested_lots(document):
        return None
    made = copy.deepcopy(document)
    made["facts"]["lots"].append(
        {
            "id": "lot-gift",
            "order_ref": "GIFT",
            "category": "PROMOTIONAL",
            "purchased_at": "2026-01-01T00:00:00Z",
            "base_micros": 77_000_000,
            "bonus_micros": 5_000_000,
            "used_micros": 33_000_000,
            "reserved_micros": 1_000_000,
        }
    )
    return made


def charged_twice(document: Document) -> Document | None:
    """Charge the only payment again, verified, and have the second charge give half of it back."""
    if len(document["facts"]["payments"]) != 1 or not requested_lots(document):
        return None
    made = copy.deepcopy(document)
    [original] = made["facts"]["payments"]
    if {"refunds", "dispute", "expected"} & original.keys():
        return None
    double = {**original, "id": "pay-double", "duplicate_of": original["id"], "duplicate_verified": True}
    half = {**original["captured"], "amount_minor": -(-money_of(original["captured"]) // 2)}
    refund = {"id": "half", "amount": half, "status": "SUCCEEDED", "kind": "DUPLICATE"}
    made["facts"]["payments"] = [original, {**double, "refunds": [refund]}]
    return made


def carried_out(one: Decided, status: str = "SUCCEEDED") -> Document | None:
    """Return the facts after a decision was paid, where one payment and the requested lots alone are concerned."""
    names = {lot.get("payment_id") for lot in requested_lots(one.document)}
    if len(names) != 1:
        return None
    made = copy.deepcopy(one.document)
    [payment] = [each for each in made["facts"]["payments"] if each["id"] in names]
    ledger = made["facts"]["ledger"]
    refunds = payment.setdefault("refunds", [])
    shares: dict[str, int] = {}
    for line in one.decision.breakdown:
        shares[line.lot_id] = shares.get(line.lot_id, 0) + line.amount.amount_minor
    removed: dict[str, dict[int, int]] = {}
    for effect in one.decision.effects:
        removed.setdefault(effect.lot_id, {})[effect.type] = effect.credits_micros
    for lot_id, amount in shares.items():
        if not lot_id:
            return None
        base, bonus = (removed.get(lot_id, {}).get(kind, 0) for kind in (1, 2))
        refunds.append(
            {
                "id": f"done-{lot_id}",
                "amount": {**payment["captured"], "amount_minor": amount},
                "status": status,
                "kind": "UNUSED_CREDITS",
                "lot_id": lot_id,
                "credits_micros": base,
                "bonus_micros": bonus,
            }
        )
        if "balance_micros" in ledger:
            ledger["balance_micros"] -= base + bonus
    return made


def _later(text: str, seconds: int) -> str:
    moment = (instant(text) or 0) + seconds * 10**9
    whole, rest = divmod(moment, 10**9)
    shown = datetime.fromtimestamp(whole, UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return shown + (f".{rest:09d}Z" if rest else "Z")
