"""The part of the policy input that depends on the order and on the figures that were moved."""

from __future__ import annotations

from itertools import chain

from decider.bundle.catalog import Catalog, PolicyInfo
from decider.evaluation.facts import Facts
from decider.evaluation.facts.selection import Order, concerned_payments
from decider.evaluation.policy_input.calendars import calendars_of
from decider.evaluation.policy_input.input_types import OrderInput
from decider.evaluation.policy_input.payment_inputs import payment_inputs, refund_sources
from decider.evaluation.policy_input.purchase_inputs import plan_bought_at, purchase_inputs
from decider.evaluation.policy_input.request_and_account import request_input

__all__ = ["OrderInputs"]

# The code of ISO 4217 for "no currency" (ruling 33).
_NO_CURRENCY = "XXX"


class OrderInputs:
    """Makes the input of one order; the parts that no hypothesis changes are made once."""

    def __init__(self, stated: Facts, order: Order, policy: PolicyInfo, catalog: Catalog) -> None:
        self.order = order
        self.payment_ids = concerned_payments(stated, order)
        self._stated = stated
        self._currency = _currency(stated, order)
        plan_bought = None if order.plan is None else plan_bought_at(stated, order.plan)
        self._calendars = calendars_of(stated, order, policy, catalog, plan_bought)
        self._request = request_input(stated, order, self._currency, _purchased_at(stated, order, plan_bought))
        self._refund_sources = refund_sources(stated, self.payment_ids)

    def under(self, facts: Facts) -> OrderInput:
        """Return the input under a hypothesis: `facts` are the stated ones with figures moved."""
        payments = [facts.payments_by_id[payment_id] for payment_id in self.payment_ids]
        return {
            "calendars": self._calendars,
            "request": self._request,
            **purchase_inputs(facts, self.order, payments, self._currency),
            "payments": payment_inputs(facts, self._stated, self.order, payments, self._currency),
            "refund_sources": self._refund_sources,
        }


def _currency(facts: Facts, order: Order) -> str:
    """Return the currency of the order, else of the first payment, else none (ruling 33)."""
    of_order = (facts.currency_of(bought) for bought in order.bought)
    of_payments = (
        payment.captured.currency for payment in facts.payments_by_id.values() if payment.captured is not None
    )
    return next(filter(None, chain(of_order, of_payments)), _NO_CURRENCY)


def _purchased_at(facts: Facts, order: Order, plan_bought: int | None) -> int:
    """Return the earliest purchase of the order (ns), without gifts unless there is nothing else."""
    sold = [lot for lot in order.lots if facts.was_sold(lot)] or order.lots
    times = [*(lot.purchased_at for lot in sold), *([] if plan_bought is None else [plan_bought])]
    return min(times, default=facts.request.requested_at)
