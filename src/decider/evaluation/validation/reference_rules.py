"""Rules for ids: each is unique, and each reference finds something."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from decider.evaluation.facts import Facts
from decider.evaluation.facts.model import Lot, Payment, Plan, UsageEvent
from decider.evaluation.validation.violations import Violations

__all__ = ["check_ids", "check_references"]


def check_ids(facts: Facts, violations: Violations) -> None:
    """Find ids that occur twice; the second one is at fault."""
    refunds = [refund for payment in facts.payments for refund in payment.refunds]
    for things in (facts.lots, facts.payments, refunds, facts.usage_events, facts.incidents):
        seen: set[str] = set()
        for thing in things:
            if thing.id in seen and violations.parts_sound(thing.path, "id"):
                violations.add(f"{thing.path}.id", "repeated id")
            seen.add(thing.id)


def check_references(facts: Facts, violations: Violations) -> None:
    """Find references to a lot, payment or usage event that the facts do not hold.

    If an id that the reference could name is itself at fault, the reference may mean that id, and nothing is reported.
    """
    _check_named("request.lot_ids", facts.request.lot_ids, facts.lots, violations)
    _check_named("request.usage_event_ids", facts.request.usage_event_ids, facts.usage_events, violations)
    if _are_legible("facts.payments", facts.payments, violations):
        _check_payments(facts, violations)
    if _are_legible("facts.lots", facts.lots, violations):
        _check_refunds(facts, violations)


def _are_legible(field: str, things: Iterable[Lot | Payment | UsageEvent], violations: Violations) -> bool:
    # `[]` asks for the list itself and the messages around it; only the ids of its items matter.
    return violations.sound(f"{field}[]") and all(violations.parts_sound(thing.path, "id") for thing in things)


def _check_named(
    field: str, named: Sequence[str], things: Sequence[Lot] | Sequence[UsageEvent], violations: Violations
) -> None:
    if not named:
        return
    known, seen = {thing.id for thing in things}, set[str]()
    are_legible = _are_legible(things[0].path.partition("[")[0] if things else "facts", things, violations)
    for index, name in enumerate(named):
        path = f"{field}[{index}]"
        if violations.sound(path):
            if name in seen:
                violations.add(path, "named before")
            elif are_legible and name not in known:
                violations.add(path, "not in the facts")
        seen.add(name)


def _check_payments(facts: Facts, violations: Violations) -> None:
    for lot in facts.lots:
        if _is_dangling(facts, lot) and lot.is_paid and violations.parts_sound(lot.path, "payment_id", "category"):
            violations.add(f"{lot.path}.payment_id", "no payment of the facts")
    for payment in facts.payments:
        field = f"{payment.path}.duplicate_of"
        if payment.duplicate_of is not None and violations.sound(field):
            if payment.duplicate_of not in facts.payments_by_id:
                violations.add(field, "no payment of the facts")
            elif _repeats_itself(facts, payment):
                violations.add(field, "itself, or a payment that is said to duplicate it: one of them was the first")
    plan = facts.plan
    if plan is None or plan.charged_at is None or not _is_dangling(facts, plan):
        return
    if violations.parts_sound(plan.path, "payment_id", "charged_at"):
        violations.add(f"{plan.path}.payment_id", "no payment of the facts")


def _is_dangling(facts: Facts, bought: Lot | Plan) -> bool:
    """Whether a lot or plan names a payment that the facts do not hold."""
    return bought.payment_id is not None and facts.payment_of(bought) is None


def _repeats_itself(facts: Facts, payment: Payment) -> bool:
    """Whether payments duplicate one another in a circle, so that all of them would be paid back."""
    passed: set[str] = set()
    member: Payment | None = payment
    while member is not None and member.duplicate_of is not None and member.id not in passed:
        passed.add(member.id)
        member = facts.payments_by_id.get(member.duplicate_of)
    return member is payment


def _check_refunds(facts: Facts, violations: Violations) -> None:
    readable = all(violations.parts_sound(lot.path, "payment_id") for lot in facts.lots) and all(
        violations.parts_sound(payment.path, "duplicate_of") for payment in facts.payments
    )
    for payment, refund, lot in facts.refunds():
        field = f"{refund.path}.lot_id"
        if refund.lot_id is None or lot is not None or not violations.sound(field):
            continue
        if refund.lot_id not in facts.lots_by_id:
            violations.add(field, "no lot of the facts")
        elif readable and violations.parts_sound(payment.path, "id"):
            violations.add(field, "no lot of this payment, nor of one that it duplicates or that duplicates it")
