"""Faults of ids: references that lead nowhere, and ids that two things bear."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from decider.evaluation.facts.account import Account
from decider.evaluation.facts.model import Lot, Payment, Plan
from decider.evaluation.validation.violations import Faults

__all__ = ["check_ids", "check_references"]


def check_ids(account: Account, faults: Faults) -> None:
    """Find ids that another of the same kind bore before; the later bearer is at fault."""
    for bearers in _bearers(account):
        seen: set[str] = set()
        for path, one in bearers:
            if one in seen and faults.parts_sound(path, "id"):
                faults.add(f"{path}.id", "repeated id")
            seen.add(one)


def check_references(account: Account, faults: Faults) -> None:
    """Find what names a lot, payment or usage event that the facts do not hold.

    Where one of the ids to look among is at fault, it may be the one that was meant: nothing is missed then.
    """
    events = [f"facts.usage_events[{index}]" for index in range(len(account.facts.usage_events))]
    lots = [lot.path for lot in account.lots]
    event_ids = [event.id for event in account.facts.usage_events]
    _check_named("request.lot_ids", account.request.lot_ids, account.lots_by_id, lots, faults)
    _check_named("request.usage_event_ids", account.request.usage_event_ids, event_ids, events, faults)
    if _are_legible("facts.payments", (payment.path for payment in account.payments), faults):
        _check_payments(account, faults)
    if _are_legible("facts.lots", lots, faults):
        _check_refunds(account, faults)


def _bearers(account: Account) -> Iterator[list[tuple[str, str]]]:
    """Yield path and id of all that has one, kind by kind."""
    facts = account.facts
    yield [(lot.path, lot.id) for lot in account.lots]
    yield [(payment.path, payment.id) for payment in account.payments]
    yield [(refund.path, refund.id) for payment in account.payments for refund in payment.refunds]
    yield [(f"facts.usage_events[{index}]", event.id) for index, event in enumerate(facts.usage_events)]
    yield [(f"facts.incidents[{index}]", incident.id) for index, incident in enumerate(facts.incidents)]


def _are_legible(field: str, paths: Iterable[str], faults: Faults) -> bool:
    # One name below the list, for whatever the list itself stands in: a fault of any one item does not matter.
    return faults.sound(f"{field}[]") and all(faults.parts_sound(path, "id") for path in paths)


def _check_named(field: str, named: Sequence[str], known: Iterable[str], paths: Sequence[str], faults: Faults) -> None:
    if not named:
        return
    there, seen = set(known), set[str]()
    are_legible = _are_legible(paths[0].partition("[")[0] if paths else "facts", paths, faults)
    for index, one in enumerate(named):
        path = f"{field}[{index}]"
        if faults.sound(path):
            if one in seen:
                faults.add(path, "named before")
            elif are_legible and one not in there:
                faults.add(path, "not in the facts")
        seen.add(one)


def _check_payments(account: Account, faults: Faults) -> None:
    for lot in account.lots:
        if _is_dangling(account, lot) and lot.is_paid and faults.parts_sound(lot.path, "payment_id", "category"):
            faults.add(f"{lot.path}.payment_id", "no payment of the facts")
    for payment in account.payments:
        field = f"{payment.path}.duplicate_of"
        if payment.duplicate_of and faults.sound(field):
            if payment.duplicate_of not in account.payments_by_id:
                faults.add(field, "no payment of the facts")
            elif _repeats_itself(account, payment):
                faults.add(field, "itself, or a payment that is said to duplicate it: one of them was the first")
    plan = account.plan
    if plan is None or plan.charged_at is None or not _is_dangling(account, plan):
        return
    if faults.parts_sound(plan.path, "payment_id", "charged_at"):
        faults.add(f"{plan.path}.payment_id", "no payment of the facts")


def _is_dangling(account: Account, bought: Lot | Plan) -> bool:
    """Whether a lot or plan names a payment that the facts do not hold."""
    return bool(bought.payment_id) and account.payment_of(bought) is None


def _repeats_itself(account: Account, payment: Payment) -> bool:
    """Whether payments are duplicates of one another in a circle: each would be paid back, and none be left."""
    passed: set[str] = set()
    one: Payment | None = payment
    while one is not None and one.duplicate_of and one.id not in passed:
        passed.add(one.id)
        one = account.payments_by_id.get(one.duplicate_of)
    return one is payment


def _check_refunds(account: Account, faults: Faults) -> None:
    readable = all(faults.parts_sound(lot.path, "payment_id") for lot in account.lots) and all(
        faults.parts_sound(payment.path, "duplicate_of") for payment in account.payments
    )
    for payment, refund, lot in account.refunds():
        field = f"{refund.path}.lot_id"
        if not refund.lot_id or lot is not None or not faults.sound(field):
            continue
        if refund.lot_id not in account.lots_by_id:
            faults.add(field, "no lot of the facts")
        elif readable and faults.parts_sound(payment.path, "id"):
            faults.add(field, "no lot of this payment, nor of one that it duplicates or that duplicates it")
