"""Faults of what is asked for: a clock that is behind, an order that cannot be told, amounts that do not fit it."""

from __future__ import annotations

from collections.abc import Iterator

from decider.evaluation.facts.account import Account
from decider.evaluation.facts.model import Lot, Plan
from decider.evaluation.facts.selection import Order, currency_of, find_order
from decider.evaluation.validation.violations import Faults

__all__ = ["check_order", "check_request"]

_CREDITS = "request.requested_credits_micros"


def check_request(account: Account, faults: Faults) -> None:
    """Find a request that the service's clock puts into the future, and an order that names nothing or two things."""
    request = account.request
    _check_clock(account, faults)
    if request.order_ref and not request.lot_ids:
        _check_order_ref(account, faults)


def check_order(account: Account, faults: Faults) -> None:
    """Find what does not fit the lots or the plan that are asked for.

    What was inferred was chosen so that it fits.
    """
    order = find_order(account)
    by = ("request.remedy", "request.lot_ids") if account.request.lot_ids else ("request.remedy", "request.order_ref")
    if order.inferred or not order.bought or not faults.sound(by[0]):
        return
    # One unknown id among lot_ids leaves the others legible; an order_ref that names two things leaves nothing.
    if not account.request.lot_ids and not faults.sound(by[1]):
        return
    for bought in order.bought:
        _check_bought(account, bought, faults)
    if account.request.HasField("requested_credits_micros"):
        _check_credits(order, faults)
    _check_currencies(account, order, faults)


def _check_clock(account: Account, faults: Faults) -> None:
    is_early = not account.is_evaluate_at_told and account.evaluate_at < account.requested_at
    if is_early and faults.sound("evaluate_at", "request.requested_at"):
        faults.add("evaluate_at", "absent, and the service's clock is before request.requested_at")


def _check_order_ref(account: Account, faults: Faults) -> None:
    ref, plan = account.request.order_ref, account.plan
    if not faults.sound("request.order_ref", "facts.subscription.order_ref", "facts.lots[]"):
        return
    if not all(faults.parts_sound(lot.path, "order_ref") for lot in account.lots):
        return
    is_lot, is_plan = any(lot.order_ref == ref for lot in account.lots), plan is not None and plan.order_ref == ref
    if is_lot and is_plan:
        faults.add("request.order_ref", "names both lots and the subscription")
    elif not is_lot and not is_plan:
        faults.add("request.order_ref", "names no lot and no subscription of the facts")


def _check_bought(account: Account, bought: Lot | Plan, faults: Faults) -> None:
    if isinstance(bought, Lot):
        bought_at, field = bought.purchased_at, f"{bought.path}.purchased_at"
    elif bought.bought_at is None:
        return
    else:
        bought_at, field = bought.bought_at, bought.bought_by
    if bought_at > account.requested_at and faults.sound("request.requested_at", field):
        faults.add("request.requested_at", f"before {field}")


def _check_credits(order: Order, faults: Faults) -> None:
    if order.plan is not None:
        faults.add(_CREDITS, "a subscription has no credits to ask for")
    elif sum(lot.is_paid for lot in order.lots) > 1 and all(
        faults.parts_sound(lot.path, "category") for lot in order.lots
    ):
        faults.add(_CREDITS, "credits of several PAID lots cannot be told apart: ask for one lot")


def _check_currencies(account: Account, order: Order, faults: Faults) -> None:
    """Compare the currencies of what is asked for, in the order in which it is named, and of the requested amount."""
    request = account.request
    # More than one lot only by lot_ids: that the lots of one order have one currency is a matter of the facts.
    named = [(f"request.lot_ids[{index}]", account.lots_by_id.get(one)) for index, one in enumerate(request.lot_ids)]
    lots = [(field, lot) for field, lot in named if lot is not None] if order.plan is None else []
    bought: list[tuple[str, Lot | Plan]] = [*lots] or [("request.order_ref", one) for one in order.bought]
    told = [
        (field, currency_of(account, one))
        for field, one in bought
        if currency_of(account, one) and faults.sound(*_currency_fields(account, one))
    ]
    if not told:
        return
    currency = told[0][1]
    for field, other in told[1:]:
        if other != currency and faults.sound(field):
            faults.add(field, f"paid in {other}, what is named before it in {currency}: ask for one currency at a time")
    # What else was named may be what the amount is of.
    if request.lot_ids and not faults.sound("request.lot_ids"):
        return
    asked = "request.requested_amount.currency_code"
    is_other = request.HasField("requested_amount") and request.requested_amount.currency_code != currency
    if is_other and faults.sound(asked):
        faults.add(asked, f"not {currency}, in which the order was paid")


def _currency_fields(account: Account, bought: Lot | Plan) -> Iterator[str]:
    yield f"{bought.path}.{'base_price' if isinstance(bought, Lot) else 'amount'}.currency_code"
    payment = account.payment_of(bought)
    if payment is not None:
        yield f"{payment.path}.captured.currency_code"
