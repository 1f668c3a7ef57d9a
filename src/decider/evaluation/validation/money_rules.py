"""Rules for money: one currency in one place, and sums that payments can have."""

from __future__ import annotations

from collections.abc import Iterator

from decider.evaluation.facts import Facts
from decider.evaluation.facts.model import Lot, Money, Payment, amount_of
from decider.evaluation.times import SECOND
from decider.evaluation.validation.violations import Violations

__all__ = ["check_currencies", "check_limits", "check_payments"]

# OPA divides exactly below 2^64. A factor of 8 is left for the sums of the formulas.
_PRODUCT_LIMIT = 2**61
_EXACT = f"must be below {_PRODUCT_LIMIT} to be computed exactly"
# A decision holds sums as 64-bit integers.
_MOST = 2**63 - 1


def check_currencies(facts: Facts, violations: Violations) -> None:
    """Find amounts of a payment, a dispute or an order in another currency than the captured one."""
    for payment in facts.payments:
        captured = f"{payment.path}.captured"
        # If the currency of the captured amount is at fault, the other amounts cannot be compared with it.
        if payment.captured is None or violations.sound(f"{captured}.currency_code"):
            is_known = violations.parts_sound(payment.path, "id")
            bought = _prices_of(facts, payment) if is_known else ()
            _check_one_currency([(captured, payment.captured), *bought, *_amounts_of(payment)], violations)
        _check_duplicate(facts, payment, violations)
    for lot in facts.lots:
        if facts.payment_of(lot) is None:
            _check_one_currency(_prices(lot), violations)
    _check_orders(facts, violations)


def check_payments(facts: Facts, violations: Violations) -> None:
    """Find payments that returned or lost more than they captured, or that captured another sum than was due."""
    # A lot without a sound id or payment may explain why a payment captured more than its other lots cost.
    bought = [bought.path for bought in (*facts.lots, facts.plan) if bought is not None]
    are_all_placed = all(violations.parts_sound(path, "id", "payment_id") for path in bought)
    for payment in facts.payments:
        if violations.parts_sound(payment.path, "id", "captured"):
            _check_sum(facts, payment, violations, are_all_placed=are_all_placed)
        if violations.parts_sound(payment.path, "captured"):
            _check_returned(payment, violations)


def check_limits(facts: Facts, violations: Violations) -> None:
    """Find products that OPA would not divide exactly, and sums that no decision can hold."""
    for lot in facts.lots:
        if lot.total * lot.granted >= _PRODUCT_LIMIT and violations.parts_sound(
            lot.path, "base_price", "fee", "tax", "base_micros", "bonus_micros"
        ):
            violations.add(f"{lot.path}.base_price", f"price times credits {_EXACT}, in minor units and millionths")
    _check_totals(facts, violations)
    plan = facts.plan
    if plan is None or not violations.parts_sound(plan.path, "period_start", "period_end"):
        return
    seconds = (plan.period_end - plan.period_start) // SECOND
    if amount_of(plan.amount) * seconds >= _PRODUCT_LIMIT and violations.parts_sound(plan.path, "amount"):
        violations.add(f"{plan.path}.amount", f"price times the period {_EXACT}, in minor units and seconds")


def _check_totals(facts: Facts, violations: Violations) -> None:
    """Check the sums that a decision may hold: money by currency, and the credits of usage events and incidents."""
    captured = [
        (f"{payment.path}.captured", payment.captured) for payment in facts.payments if payment.captured is not None
    ]
    for currency in dict.fromkeys(money.currency for _, money in captured):
        _check_total([(path, money.amount) for path, money in captured if money.currency == currency], violations)
    _check_total([(f"{event.path}.deducted_micros", event.deducted) for event in facts.usage_events], violations)
    _check_total(
        [(f"{incident.path}.sla_credit_micros", incident.sla_credit) for incident in facts.incidents], violations
    )


def _check_total(parts: list[tuple[str, int]], violations: Violations) -> None:
    total = 0
    for field, amount in parts:
        if violations.sound(field):
            total += amount
            if total > _MOST:
                violations.add(field, f"with those before it more than {_MOST}, the most that an answer can tell")
                return


def _prices(lot: Lot) -> list[tuple[str, Money | None]]:
    return [
        (f"{lot.path}.base_price", lot.base_price),
        (f"{lot.path}.fee", lot.fee),
        (f"{lot.path}.tax", lot.tax),
    ]


def _prices_of(facts: Facts, payment: Payment) -> Iterator[tuple[str, Money | None]]:
    for lot in facts.lots_of(payment):
        yield from _prices(lot)
    plan = facts.plan
    if plan is not None and facts.payment_of(plan) is payment:
        yield f"{plan.path}.amount", plan.amount


def _amounts_of(payment: Payment) -> Iterator[tuple[str, Money | None]]:
    yield f"{payment.path}.expected", payment.expected
    yield f"{payment.path}.dispute.amount", payment.dispute.amount
    for refund in payment.refunds:
        yield f"{refund.path}.amount", refund.amount


def _check_one_currency(amounts: list[tuple[str, Money | None]], violations: Violations) -> None:
    """Compare amounts with the first of them that is present and sound."""
    currency: str | None = None
    for path, money in amounts:
        field = f"{path}.currency_code"
        if money is None or not violations.sound(field):
            continue
        currency = currency or money.currency
        if money.currency != currency:
            violations.add(field, f"not {currency}, in which it was paid")


def _check_duplicate(facts: Facts, payment: Payment, violations: Violations) -> None:
    """Compare a duplicate with its original (ruling 34)."""
    original = facts.payments_by_id.get(facts.originals.get(payment.id, ""))
    if original is None or original.captured is None or payment.captured is None:
        return
    field, other = (f"{path}.captured.currency_code" for path in (payment.path, original.path))
    ids = (f"{payment.path}.id", f"{payment.path}.duplicate_of", f"{original.path}.id")
    sound = violations.sound(field, other, *ids)
    if sound and payment.captured.currency != original.captured.currency:
        violations.add(field, f"not {original.captured.currency}, the currency of the payment that it repeats")


def _check_orders(facts: Facts, violations: Violations) -> None:
    """Compare the lots of one order, for which several payments may have paid."""
    currencies: dict[str, str] = {}
    for lot in facts.lots:
        payment = facts.payment_of(lot)
        captured = f"{payment.path}.captured.currency_code" if payment is not None else lot.path + ".base_price"
        field = f"{lot.path}.base_price.currency_code"
        currency = facts.currency_of(lot)
        if not (lot.order_ref and currency and violations.sound(f"{lot.path}.order_ref", captured, field)):
            continue
        first = currencies.setdefault(lot.order_ref, currency)
        if currency != first:
            violations.add(field, f"not {first}, in which the rest of the order was paid")


def _check_returned(payment: Payment, violations: Violations) -> None:
    captured = amount_of(payment.captured)
    if payment.refunded + payment.pending > captured and all(
        violations.parts_sound(refund.path, "amount", "status") for refund in payment.refunds
    ):
        violations.add(f"{payment.path}.refunds", f"more than the {captured} that were captured")
    disputed = f"{payment.path}.dispute.amount"
    if amount_of(payment.dispute.amount) > captured and violations.sound(disputed):
        violations.add(disputed, f"more than the {captured} that were captured")


def _check_sum(facts: Facts, payment: Payment, violations: Violations, *, are_all_placed: bool) -> None:
    """Compare the captured amount with the price of its lots and plan, with or without fees of third parties."""
    lots, plan = facts.lots_of(payment), facts.plan_of(payment)
    if payment.expected is not None or payment.duplicate_of is not None or not (lots or plan):
        return
    legible = violations.parts_sound(payment.path, "expected", "duplicate_of") and violations.sound("facts.lots[]")
    if plan is not None:
        legible = legible and violations.parts_sound(plan.path, "amount", "charged_at")
    if not legible or not all(violations.parts_sound(lot.path, "base_price", "fee", "tax") for lot in lots):
        return
    due = sum(lot.total for lot in lots) + (amount_of(plan.amount) if plan is not None else 0)
    kept = sum(amount_of(lot.fee) for lot in lots if lot.fee_kept_by_third_party)
    captured = amount_of(payment.captured)
    if captured in (due, due - kept):
        return
    if captured < due or are_all_placed:
        violations.add(f"{payment.path}.captured", f"not the {due} that the lots and the plan it paid for cost")
