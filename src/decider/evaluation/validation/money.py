"""Faults of money: two currencies in one place, and sums that payments cannot have."""

from __future__ import annotations

from collections.abc import Iterator

from decider.evaluation.facts.account import Account
from decider.evaluation.facts.model import Lot, Money, Payment, amount_of
from decider.evaluation.facts.selection import currency_of
from decider.evaluation.times import SECOND
from decider.evaluation.validation.violations import Faults

__all__ = ["check_currencies", "check_limits", "check_payments"]

# OPA divides exactly below 2^64; a factor of 8 is left for the sums that the formulas make.
_PRODUCT_LIMIT = 2**61
_EXACT = f"must be below {_PRODUCT_LIMIT} to be computed exactly"
# An answer tells sums in numbers of 64 bits.
_MOST = 2**63 - 1


def check_currencies(account: Account, faults: Faults) -> None:
    """Find amounts in another currency than was captured, on one payment, dispute or order."""
    for payment in account.payments:
        captured = f"{payment.path}.captured"
        # What was paid in another currency differs from what was captured, where that can be told.
        if payment.captured is None or faults.sound(f"{captured}.currency_code"):
            is_known = faults.parts_sound(payment.path, "id")
            bought = _prices_of(account, payment) if is_known else ()
            _check_one_currency([(captured, payment.captured), *bought, *_amounts_of(payment)], faults)
        _check_duplicate(account, payment, faults)
    for lot in account.lots:
        if account.payment_of(lot) is None:
            _check_one_currency(_prices(lot), faults)
    _check_orders(account, faults)


def check_payments(account: Account, faults: Faults) -> None:
    """Find payments of which more was returned or disputed than captured, or that took another sum than was due."""
    # A lot that cannot be told from others, or whose payment cannot be told, may be what a payment took too much for.
    bought = [one.path for one in (*account.lots, account.plan) if one is not None]
    are_all_placed = all(faults.parts_sound(path, "id", "payment_id") for path in bought)
    for payment in account.payments:
        if faults.parts_sound(payment.path, "id", "captured"):
            _check_sum(account, payment, faults, are_all_placed=are_all_placed)
        if faults.parts_sound(payment.path, "captured"):
            _check_returned(payment, faults)


def check_limits(account: Account, faults: Faults) -> None:
    """Find products that OPA would not divide exactly, and sums that no answer could tell."""
    for lot in account.lots:
        if lot.total * lot.granted >= _PRODUCT_LIMIT and faults.parts_sound(
            lot.path, "base_price", "fee", "tax", "base_micros", "bonus_micros"
        ):
            faults.add(f"{lot.path}.base_price", f"price times credits {_EXACT}, in minor units and millionths")
    _check_totals(account, faults)
    plan = account.plan
    if plan is None or not faults.parts_sound(plan.path, "period_start", "period_end"):
        return
    seconds = (plan.period_end - plan.period_start) // SECOND
    if amount_of(plan.amount) * seconds >= _PRODUCT_LIMIT and faults.parts_sound(plan.path, "amount"):
        faults.add(f"{plan.path}.amount", f"price times the period {_EXACT}, in minor units and seconds")


def _check_totals(account: Account, faults: Faults) -> None:
    """Add up what a decision may add up: money by currency, and credits of contested requests and of incidents."""
    captured = [(f"{one.path}.captured", one.captured) for one in account.payments if one.captured is not None]
    for currency in dict.fromkeys(money.currency for _, money in captured):
        _check_total([(path, money.amount) for path, money in captured if money.currency == currency], faults)
    facts = account.facts
    events = enumerate(facts.usage_events)
    _check_total([(f"facts.usage_events[{i}].deducted_micros", one.deducted_micros) for i, one in events], faults)
    incidents = enumerate(facts.incidents)
    _check_total([(f"facts.incidents[{i}].sla_credit_micros", one.sla_credit_micros) for i, one in incidents], faults)


def _check_total(parts: list[tuple[str, int]], faults: Faults) -> None:
    total = 0
    for field, amount in parts:
        if faults.sound(field):
            total += amount
            if total > _MOST:
                faults.add(field, f"with those before it more than {_MOST}, the most that an answer can tell")
                return


def _prices(lot: Lot) -> list[tuple[str, Money | None]]:
    return [
        (f"{lot.path}.base_price", lot.base_price),
        (f"{lot.path}.fee", lot.fee),
        (f"{lot.path}.tax", lot.tax),
    ]


def _prices_of(account: Account, payment: Payment) -> Iterator[tuple[str, Money | None]]:
    for lot in account.lots_of(payment):
        yield from _prices(lot)
    plan = account.plan
    if plan is not None and account.payment_of(plan) is payment:
        yield f"{plan.path}.amount", plan.amount


def _amounts_of(payment: Payment) -> Iterator[tuple[str, Money | None]]:
    yield f"{payment.path}.expected", payment.expected
    yield f"{payment.path}.dispute.amount", payment.dispute_amount
    for refund in payment.refunds:
        yield f"{refund.path}.amount", refund.amount


def _check_one_currency(amounts: list[tuple[str, Money | None]], faults: Faults) -> None:
    """Compare amounts with the first of them that is told and sound."""
    currency = ""
    for path, money in amounts:
        field = f"{path}.currency_code"
        if money is None or not faults.sound(field):
            continue
        currency = currency or money.currency
        if money.currency != currency:
            faults.add(field, f"not {currency}, in which it was paid")


def _check_duplicate(account: Account, payment: Payment, faults: Faults) -> None:
    """Compare a duplicate with the payment that it repeats in the end (ruling 34)."""
    original = account.payments_by_id.get(account.originals.get(payment.id, ""))
    if original is None or original.captured is None or payment.captured is None:
        return
    field, other = (f"{one.path}.captured.currency_code" for one in (payment, original))
    ids = (f"{payment.path}.id", f"{payment.path}.duplicate_of", f"{original.path}.id")
    sound = faults.sound(field, other, *ids)
    if sound and payment.captured.currency != original.captured.currency:
        faults.add(field, f"not {original.captured.currency}, the currency of the payment that it repeats")


def _check_orders(account: Account, faults: Faults) -> None:
    """Compare the lots of one order, which several payments may have paid for."""
    currencies: dict[str, str] = {}
    for lot in account.lots:
        payment = account.payment_of(lot)
        captured = f"{payment.path}.captured.currency_code" if payment is not None else lot.path + ".base_price"
        field = f"{lot.path}.base_price.currency_code"
        currency = currency_of(account, lot)
        if not (lot.order_ref and currency and faults.sound(f"{lot.path}.order_ref", captured, field)):
            continue
        first = currencies.setdefault(lot.order_ref, currency)
        if currency != first:
            faults.add(field, f"not {first}, in which the rest of the order was paid")


def _check_returned(payment: Payment, faults: Faults) -> None:
    captured = amount_of(payment.captured)
    live = [refund for refund in payment.refunds if refund.is_live]
    if sum(amount_of(refund.amount) for refund in live) > captured and all(
        faults.parts_sound(refund.path, "amount", "status") for refund in payment.refunds
    ):
        faults.add(f"{payment.path}.refunds", f"more than the {captured} that were captured")
    disputed = f"{payment.path}.dispute.amount"
    if amount_of(payment.dispute_amount) > captured and faults.sound(disputed):
        faults.add(disputed, f"more than the {captured} that were captured")


def _check_sum(account: Account, payment: Payment, faults: Faults, *, are_all_placed: bool) -> None:
    """Compare what was captured with what it paid for, with or without fees that a third party kept."""
    lots, plan = account.lots_of(payment), account.plan_of(payment)
    if payment.expected is not None or payment.duplicate_of or not (lots or plan):
        return
    legible = faults.parts_sound(payment.path, "expected", "duplicate_of") and faults.sound("facts.lots[]")
    if plan is not None:
        legible = legible and faults.parts_sound(plan.path, "amount", "charged_at")
    if not legible or not all(faults.parts_sound(lot.path, "base_price", "fee", "tax") for lot in lots):
        return
    due = sum(lot.total for lot in lots) + (amount_of(plan.amount) if plan is not None else 0)
    kept = sum(amount_of(lot.fee) for lot in lots if lot.fee_kept_by_third_party)
    captured = amount_of(payment.captured)
    if captured in (due, due - kept):
        return
    if captured < due or are_all_placed:
        faults.add(f"{payment.path}.captured", f"not the {due} that the lots and the plan it paid for cost")
