"""The policy input of one request: checked first, then put together."""

from __future__ import annotations

from decider.bundle.catalog import Catalog, PolicyInfo
from decider.bundle.formats import is_zone
from decider.context.account import Account
from decider.context.calendars import calendars_of
from decider.context.codes import is_country, is_subdivision
from decider.context.days_off import load_holidays
from decider.context.finding import faults_of
from decider.context.order import Order, currency_of, find_order, was_sold
from decider.context.payments import concerned, disputes_input, payment_inputs
from decider.context.policy_input import PolicyInput
from decider.context.purchases import lot_inputs, plan_bought_at, plan_inputs
from decider.context.surroundings import (
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
from decider.currencies import is_currency
from decider.errors import InvalidFacts, PolicyNotFound
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
    account = Account.read(request, evaluate_at_ns)
    found = faults_of(request, account, catalog)
    if found:
        raise InvalidFacts(found)
    policy = _policy(account, catalog)
    order = find_order(account)
    currency = _currency(account, order)
    bought_at = 0 if order.plan is None else plan_bought_at(account, order.plan)
    sold = [lot for lot in order.lots if was_sold(account, lot)] or order.lots
    times = [*(lot.purchased_at for lot in sold), *([bought_at] if order.plan is not None else [])]
    payments = concerned(account, order)
    return {
        "policy_id": policy.policy_id,
        "pinned_version": account.request.policy_version,
        "calendars": calendars_of(account, order, policy, catalog, bought_at),
        "request": request_input(account, order, currency, min(times, default=account.requested_at)),
        "account": account_input(account),
        "customer": customer_input(account, catalog),
        "lots": lot_inputs(account, order, currency),
        "plans": plan_inputs(account, order, currency),
        "payments": payment_inputs(account, order, payments, currency),
        "disputes": disputes_input(account, payments),
        "usage_events": usage_event_inputs(account) if is_contested(account) else [],
        "incidents": incident_inputs(account),
        "agreements": agreement_inputs(account),
        "risk": risk_input(account),
        "ledger": ledger_input(account),
    }


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
