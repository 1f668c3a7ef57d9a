"""Assembles the policy input of one request from its valid facts."""

from __future__ import annotations

from decider.bundle.catalog import Catalog, PolicyInfo
from decider.errors import PolicyNotFound
from decider.evaluation.facts import Facts
from decider.evaluation.facts.model import Request
from decider.evaluation.facts.selection import Order, was_sold
from decider.evaluation.policy_input.calendars import calendars_of
from decider.evaluation.policy_input.credits_left import CreditsLeft
from decider.evaluation.policy_input.duplicates import with_failed_refunds, with_moved_refunds
from decider.evaluation.policy_input.input_types import OrderInput, PolicyInput
from decider.evaluation.policy_input.lot_inputs import lot_inputs, repaid_lots
from decider.evaluation.policy_input.payment_inputs import (
    concerned,
    disputes_input,
    payment_inputs,
    refund_sources,
)
from decider.evaluation.policy_input.plan_inputs import plan_bought_at, plan_inputs
from decider.evaluation.policy_input.request_and_account import (
    account_input,
    agreement_inputs,
    customer_input,
    incident_inputs,
    ledger_input,
    request_input,
    risk_input,
    usage_event_inputs,
)
from decider.hints import closest_to

__all__ = ["policy_input_of"]

# The code of ISO 4217 for "no currency" (ruling 33).
_NO_CURRENCY = "XXX"


def policy_input_of(facts: Facts, catalog: Catalog) -> PolicyInput:
    """Return the policy input of valid facts (rego/schemas/input.json).

    It does not depend on the order of lots, payments, usage events or addresses. Raises PolicyNotFound for a policy or
    version that is not loaded.
    """
    policy = _policy(facts.request, catalog)
    moved = with_moved_refunds(facts)
    order = _OrderInputs(facts, facts.order, policy, catalog)
    return {
        "policy_id": policy.policy_id,
        "pinned_version": facts.request.policy_version,
        "account": account_input(facts),
        "customer": customer_input(facts),
        **order.under(moved),
        "disputes": disputes_input(facts, order.payment_ids),
        "usage_events": usage_event_inputs(facts),
        "incidents": incident_inputs(facts),
        "agreements": agreement_inputs(facts),
        "risk": risk_input(facts),
        "ledger": ledger_input(facts),
        "as_verified": order.as_verified(),
        "as_awaited": order.as_awaited(moved),
        "possible_orders": _possible_orders(facts, policy, catalog),
    }


class _OrderInputs:
    """The part of the policy input that depends on the order, for the facts as stated and with figures moved."""

    def __init__(self, stated: Facts, order: Order, policy: PolicyInfo, catalog: Catalog) -> None:
        self.payment_ids = concerned(stated, order)
        self._stated = stated
        self._order = order
        self._currency = _currency(stated, order)
        self._plan_bought_at = 0 if order.plan is None else plan_bought_at(stated, order.plan)
        self._calendars = calendars_of(stated, order, policy, catalog, self._plan_bought_at)
        self._request = request_input(stated, order, self._currency, self._purchased_at())
        self._refund_sources = refund_sources(stated, self.payment_ids)

    def under(self, facts: Facts) -> OrderInput:
        """Return that part for `facts`, the stated facts with figures moved."""
        order, currency = self._order, self._currency
        payments = [facts.payments_by_id[payment_id] for payment_id in self.payment_ids]
        credits_left = CreditsLeft(facts, order.lots)
        return {
            "calendars": self._calendars,
            "request": self._request,
            "lots": lot_inputs(facts, order, credits_left, currency),
            "plans": plan_inputs(facts, order, currency, self._plan_bought_at),
            "payments": payment_inputs(facts, self._stated, order, payments, currency),
            "refund_sources": self._refund_sources,
            "repaid_lots": repaid_lots(facts, credits_left, payments),
        }

    def as_verified(self) -> list[OrderInput]:
        """Return that part as if the unverified duplicates were verified; nothing if there are none (ruling 34)."""
        payments = (self._stated.payments_by_id[payment_id] for payment_id in self.payment_ids)
        if all(payment.is_verified or not payment.duplicate_of for payment in payments):
            return []
        return [self.under(with_moved_refunds(self._stated, as_if_verified=True))]

    def as_awaited(self, moved: Facts) -> list[OrderInput]:
        """Return that part as if the refunds that hold the order had failed; nothing if that moves no figure."""
        payments = (self._stated.payments_by_id[payment_id] for payment_id in self.payment_ids)
        if not moved.awaits_refunds or not any(payment.duplicate_of for payment in payments):
            return []
        return [self.under(self.awaited())]

    def awaited(self) -> Facts:
        """Return the facts as if the refunds that hold the order had failed and its duplicates were verified."""
        failed = with_failed_refunds(self._stated, self._order.lots, self.payment_ids)
        return with_moved_refunds(failed, as_if_verified=True)

    def _purchased_at(self) -> int:
        """Return the earliest purchase of the order (ns), without gifts unless there is nothing else."""
        order = self._order
        sold = [lot for lot in order.lots if was_sold(self._stated, lot)] or order.lots
        times = [*(lot.purchased_at for lot in sold), *([self._plan_bought_at] if order.plan is not None else [])]
        return min(times, default=self._stated.request.requested_at)


def _possible_orders(facts: Facts, policy: PolicyInfo, catalog: Catalog) -> list[OrderInput]:
    """Return that part for each order that the request may be about, if none is known (ruling 39)."""
    if facts.order.named or facts.order.bought or facts.request.contests_usage:
        return []
    moved = with_moved_refunds(facts, as_if_verified=True)
    orders = [_OrderInputs(facts, order, policy, catalog) for order in facts.possible_orders]
    return [order.under(order.awaited() if moved.awaits_refunds else moved) for order in orders]


def _policy(request: Request, catalog: Catalog) -> PolicyInfo:
    policy_id, version = request.policy_id, request.policy_version
    policy = catalog.policies.get(policy_id)
    if policy is None:
        raise PolicyNotFound(policy_id, version, "request.policy_id", closest_to(policy_id, catalog.policies))
    versions = [known.version for known in policy.versions]
    if version and version not in versions:
        raise PolicyNotFound(policy_id, version, "request.policy_version", closest_to(version, versions))
    return policy


def _currency(facts: Facts, order: Order) -> str:
    """Return the currency of the order, else of the first payment, else none (ruling 33)."""
    of_order = (facts.currency_of(bought) for bought in order.bought)
    of_payments = (
        payment.captured.currency for payment in facts.payments_by_id.values() if payment.captured is not None
    )
    return next(filter(None, (*of_order, *of_payments)), _NO_CURRENCY)
