"""Rules for the request: it is not in the future, its order is clear, and its amounts fit the order."""

from __future__ import annotations

from collections.abc import Iterator

from decider.evaluation.facts import Facts
from decider.evaluation.facts.model import Lot, Plan
from decider.evaluation.facts.selection import Order
from decider.evaluation.validation.violations import Violations

__all__ = ["check_order", "check_request"]

_CREDITS = "request.requested_credits_micros"


def check_request(facts: Facts, violations: Violations) -> None:
    """Find a request that is in the future by the service's clock, and an order_ref that is not exactly one order."""
    request = facts.request
    _check_clock(facts, violations)
    if request.order_ref is not None and not request.lot_ids:
        _check_order_ref(facts, violations)


def check_order(facts: Facts, violations: Violations) -> None:
    """Find parts of the request that do not fit the requested lots or plan.

    An inferred order fits, because the request chose it.
    """
    order = facts.order
    if order.inferred or not order.bought or not violations.sound("request.remedy"):
        return
    # If one of lot_ids is unknown, the others still count. An order_ref that is at fault leaves nothing.
    if not facts.request.lot_ids and not violations.sound("request.order_ref"):
        return
    for bought in order.bought:
        _check_bought(facts, bought, violations)
    if facts.request.credits is not None:
        _check_credits(order, violations)
    _check_currencies(facts, violations)


def _check_clock(facts: Facts, violations: Violations) -> None:
    is_early = not facts.is_evaluate_at_stated and facts.evaluate_at < facts.request.requested_at
    if is_early and violations.sound("evaluate_at", "request.requested_at"):
        violations.add("evaluate_at", "absent, and the service's clock is before request.requested_at")


def _check_order_ref(facts: Facts, violations: Violations) -> None:
    ref, plan = facts.request.order_ref, facts.plan
    if not violations.sound("request.order_ref", "facts.subscription.order_ref", "facts.lots[]"):
        return
    if not all(violations.parts_sound(lot.path, "order_ref") for lot in facts.lots):
        return
    is_lot, is_plan = any(lot.order_ref == ref for lot in facts.lots), plan is not None and plan.order_ref == ref
    if is_lot and is_plan:
        violations.add("request.order_ref", "names both lots and the subscription")
    elif not is_lot and not is_plan:
        violations.add("request.order_ref", "names no lot and no subscription of the facts")


def _check_bought(facts: Facts, bought: Lot | Plan, violations: Violations) -> None:
    if isinstance(bought, Lot):
        bought_at, field = bought.purchased_at, f"{bought.path}.purchased_at"
    elif bought.bought_at is None:
        return
    else:
        bought_at, field = bought.bought_at, bought.bought_at_path
    if bought_at > facts.request.requested_at and violations.sound("request.requested_at", field):
        violations.add("request.requested_at", f"before {field}")


def _check_credits(order: Order, violations: Violations) -> None:
    if order.plan is not None:
        violations.add(_CREDITS, "a subscription has no credits to ask for")
    elif sum(lot.is_paid for lot in order.lots) > 1 and all(
        violations.parts_sound(lot.path, "category") for lot in order.lots
    ):
        violations.add(_CREDITS, "credits of several PAID lots cannot be told apart: ask for one lot")


def _check_currencies(facts: Facts, violations: Violations) -> None:
    """Compare the currencies of the requested lots, in the order of their names, and of the requested amount."""
    request = facts.request
    named = [(f"request.lot_ids[{index}]", facts.lots_by_id.get(lot)) for index, lot in enumerate(request.lot_ids)]
    lots = [(field, lot) for field, lot in named if lot is not None] if facts.order.plan is None else []
    # Only lot_ids name lots of several orders; the rules for money compare the lots of one order.
    bought: list[tuple[str, Lot | Plan]] = [*lots] or [("request.order_ref", each) for each in facts.order.bought]
    paid = [
        (field, facts.currency_of(each))
        for field, each in bought
        if facts.currency_of(each) and violations.sound(*_currency_fields(facts, each))
    ]
    if not paid:
        return
    currency = paid[0][1]
    for field, other in paid[1:]:
        if other != currency and violations.sound(field):
            violations.add(
                field, f"paid in {other}, what is named before it in {currency}: ask for one currency at a time"
            )
    # If one of lot_ids is at fault, the amount may be of that lot.
    if request.lot_ids and not violations.sound("request.lot_ids"):
        return
    field = "request.requested_amount.currency_code"
    if request.amount is not None and request.amount.currency != currency and violations.sound(field):
        violations.add(field, f"not {currency}, in which the order was paid")


def _currency_fields(facts: Facts, bought: Lot | Plan) -> Iterator[str]:
    yield f"{bought.path}.{'base_price' if isinstance(bought, Lot) else 'amount'}.currency_code"
    payment = facts.payment_of(bought)
    if payment is not None:
        yield f"{payment.path}.captured.currency_code"
