"""The policy input of one request: checked first, then put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from decider.bundle.catalog import Catalog, PolicyInfo
from decider.bundle.formats import is_zone
from decider.currencies import is_currency
from decider.errors import InvalidFacts, PolicyNotFound
from decider.evaluation.facts.account import Account
from decider.evaluation.facts.iso_codes import is_country, is_subdivision
from decider.evaluation.facts.model import Payment
from decider.evaluation.facts.selection import Order, currency_of, find_order, orders_meant, was_sold
from decider.evaluation.policy_input.calendars import calendars_of
from decider.evaluation.policy_input.days_off import load_holidays
from decider.evaluation.policy_input.document import OrderInput, PolicyInput
from decider.evaluation.policy_input.duplicates import reckoned, with_failed_refunds
from decider.evaluation.policy_input.payments import concerned, disputes_input, payment_inputs, refund_sources
from decider.evaluation.policy_input.purchases import lot_inputs, plan_bought_at, plan_inputs, repaid_lots, uses_now
from decider.evaluation.policy_input.request_and_account import (
    account_input,
    agreement_inputs,
    customer_input,
    incident_inputs,
    is_contested,
    ledger_input,
    request_input,
    risk_input,
    usage_event_inputs,
)
from decider.evaluation.policy_input.usage_attribution import Use
from decider.evaluation.validation.facts_rules import faults_of
from decider.hints import closest_to
from decider.v1 import decision_service_pb2

__all__ = ["build_input", "warm_up"]

# ISO 4217's word for "no currency" (ruling 33).
_NO_CURRENCY = "XXX"


def build_input(
    request: decision_service_pb2.EvaluateRefundRequest, evaluate_at_ns: int, catalog: Catalog
) -> PolicyInput:
    """Return the policy input (rego/schemas/input.json) of a request that keeps the rules of the protos.

    `evaluate_at_ns` is the time of the decision: evaluate_at, or the clock's where that is absent.
    The input does not depend on the order of lots, payments, events or addresses.

    Raises InvalidFacts with every fault found here, and PolicyNotFound for a policy or version that is not loaded.
    """
    sent = Account.read(request, evaluate_at_ns)
    found = faults_of(request, sent, catalog)
    if found:
        raise InvalidFacts(found)
    policy = _policy(sent, catalog)
    account = reckoned(sent)
    order = find_order(account)
    of_order = _OrderInputs(sent, policy, catalog)
    bought = of_order.under(account, uses_now(account), order)
    return {
        "policy_id": policy.policy_id,
        "pinned_version": account.request.policy_version,
        "account": account_input(account),
        "customer": customer_input(account, catalog),
        **bought,
        "disputes": disputes_input(account, bought["payments"]),
        "usage_events": usage_event_inputs(account) if is_contested(account) else [],
        "incidents": incident_inputs(account),
        "agreements": agreement_inputs(account),
        "risk": risk_input(account),
        "ledger": ledger_input(account),
        "as_verified": of_order.as_verified(account, order),
        "as_awaited": of_order.as_awaited(account, order),
        "possible_orders": of_order.possible(order),
    }


@dataclass(frozen=True, slots=True)
class _OrderInputs:
    """The part of the policy input that depends on which order is meant, and on which figures were moved."""

    sent: Account
    policy: PolicyInfo
    catalog: Catalog

    def under(self, account: Account, now: Mapping[str, Use], order: Order) -> OrderInput:
        """Return that part for an order of `account`, the facts with figures moved; `now` as of uses_now."""
        currency = _currency(account, order)
        bought_at = 0 if order.plan is None else plan_bought_at(account, order.plan)
        sold = [lot for lot in order.lots if was_sold(account, lot)] or order.lots
        times = [*(lot.purchased_at for lot in sold), *([bought_at] if order.plan is not None else [])]
        payments = concerned(account, order)
        return {
            "calendars": calendars_of(account, order, self.policy, self.catalog, bought_at),
            "request": request_input(account, order, currency, min(times, default=account.requested_at)),
            "lots": lot_inputs(account, now, order, currency),
            "plans": plan_inputs(account, order, currency),
            "payments": payment_inputs(account, self.sent, order, payments, currency),
            "refund_sources": refund_sources(self.sent, payments),
            "repaid_lots": repaid_lots(account, now, order, payments),
        }

    def as_verified(self, account: Account, order: Order) -> list[OrderInput]:
        """Return the same, were its unverified duplicates verified; nothing where it has none (ruling 34)."""
        if all(payment.is_verified or not payment.duplicate_of for payment in concerned(account, order)):
            return []
        verified = reckoned(self.sent, as_if_verified=True)
        return [self.under(verified, uses_now(verified), order)]

    def as_awaited(self, account: Account, order: Order) -> list[OrderInput]:
        """Return the same, had the refunds failed that hold it; nothing where that moves no figure (ruling 10)."""
        payments = concerned(account, order)
        if not account.awaits_refunds or not any(payment.duplicate_of for payment in payments):
            return []
        awaited = self._awaited(order, payments)
        return [self.under(awaited, uses_now(awaited), order)]

    def _awaited(self, order: Order, payments: Sequence[Payment]) -> Account:
        return reckoned(with_failed_refunds(self.sent, order.lots, payments), as_if_verified=True)

    def possible(self, order: Order) -> list[OrderInput]:
        """Return that part for each order that may be meant, where none is known (ruling 39)."""
        if order.named or order.bought or is_contested(self.sent):
            return []
        account = reckoned(self.sent, as_if_verified=True)
        orders = orders_meant(account)
        if account.awaits_refunds:
            awaited = [self._awaited(one, concerned(account, one)) for one in orders]
            return [self.under(of, uses_now(of), one) for of, one in zip(awaited, orders, strict=True)]
        now = uses_now(account)
        return [self.under(account, now, one) for one in orders]


def warm_up(catalog: Catalog) -> None:
    """Load the tables of codes, zones and holidays, so that no first request waits for them (half a second once)."""
    load_holidays(catalog.regimes)
    is_currency("")
    is_country("", {})
    is_subdivision("")
    is_zone("")


def _policy(account: Account, catalog: Catalog) -> PolicyInfo:
    policy_id, version = account.request.policy_id, account.request.policy_version
    policy = catalog.policies.get(policy_id)
    if policy is None:
        raise PolicyNotFound(policy_id, version, "request.policy_id", closest_to(policy_id, catalog.policies))
    versions = [one.version for one in policy.versions]
    if version and version not in versions:
        raise PolicyNotFound(policy_id, version, "request.policy_version", closest_to(version, versions))
    return policy


def _currency(account: Account, order: Order) -> str:
    """Return the currency of the order, else of the facts' first payment, else none (ruling 33)."""
    of_order = (currency_of(account, one) for one in order.bought)
    of_payments = (one.captured.currency for one in account.payments_by_id.values() if one.captured is not None)
    return next(filter(None, (*of_order, *of_payments)), _NO_CURRENCY)
