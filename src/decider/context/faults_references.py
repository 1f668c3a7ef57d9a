"""Faults of ids: references that lead nowhere, and ids that two things bear."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from decider.context.account import Account
from decider.context.faults import Faults
from decider.context.records import Payment

__all__ = ["check_ids", "check_references"]


def check_references(account: Account, faults: Faults) -> None:
    """Find what names a lot, payment or usage event that the facts do not hold.

    Where the ids to look among are at fault themselves, nothing is looked up. Repeated ids are still ids, so that this
    comes before `check_ids`.
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


def check_ids(account: Account, faults: Faults) -> None:
    """Find ids that are empty, or were borne before by one of the same kind; the later bearer is at fault."""
    facts = account.facts
    _check_unique([(lot.path, lot.id) for lot in account.lots], faults)
    _check_unique([(payment.path, payment.id) for payment in account.payments], faults)
    _check_unique([(refund.path, refund.id) for payment in account.payments for refund in payment.refunds], faults)
    _check_unique([(f"facts.usage_events[{i}]", event.id) for i, event in enumerate(facts.usage_events)], faults)
    _check_unique([(f"facts.incidents[{i}]", incident.id) for i, incident in enumerate(facts.incidents)], faults)


def _check_unique(bearers: Iterable[tuple[str, str]], faults: Faults) -> None:
    seen: set[str] = set()
    for path, one in bearers:
        field = f"{path}.id"
        if (not one or one in seen) and faults.sound(field):
            faults.add(field, "repeated id" if one else "empty id")
        seen.add(one)


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
        if lot.is_paid and account.payment_of(lot) is None and faults.parts_sound(lot.path, "payment_id", "category"):
            faults.add(f"{lot.path}.payment_id", "must name a payment of the facts: a PAID lot has one")
    for payment in account.payments:
        field = f"{payment.path}.duplicate_of"
        if payment.duplicate_of and faults.sound(field):
            if payment.duplicate_of == payment.id:
                faults.add(field, "a payment does not duplicate itself")
            elif payment.duplicate_of not in account.payments_by_id:
                faults.add(field, "no payment of the facts")
            elif _repeats_itself(account, payment):
                faults.add(field, "a payment that is said to duplicate this one: one of them was the first")
    plan = account.plan
    if plan is None or plan.charged_at is None or account.payment_of(plan) is not None:
        return
    if faults.parts_sound(plan.path, "payment_id", "charged_at"):
        faults.add(f"{plan.path}.payment_id", "must name a payment of the facts: a plan that was charged has one")


def _repeats_itself(account: Account, payment: Payment) -> bool:
    """Whether payments are duplicates of one another in a circle: each would be paid back, and none be left."""
    passed: set[str] = set()
    one: Payment | None = payment
    while one is not None and one.duplicate_of and one.id not in passed:
        passed.add(one.id)
        one = account.payments_by_id.get(one.duplicate_of)
    return one is payment


def _check_refunds(account: Account, faults: Faults) -> None:
    readable = all(faults.parts_sound(lot.path, "payment_id") for lot in account.lots)
    for payment, refund, lot in account.refunds():
        if refund.lot_id and lot is None and readable and faults.sound(f"{refund.path}.lot_id", f"{payment.path}.id"):
            faults.add(f"{refund.path}.lot_id", "no lot of this payment")
