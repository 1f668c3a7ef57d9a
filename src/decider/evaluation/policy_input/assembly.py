"""Assembles the policy input of one request from its valid facts."""

from __future__ import annotations

from decider.bundle.catalog import Catalog, PolicyInfo
from decider.errors import PolicyNotFound
from decider.evaluation.facts import Facts
from decider.evaluation.facts.model import Request
from decider.evaluation.policy_input.hypotheses import Hypotheses, possible_figures
from decider.evaluation.policy_input.input_types import PolicyInput
from decider.evaluation.policy_input.order_inputs import OrderInputs
from decider.evaluation.policy_input.payment_inputs import disputes_input
from decider.evaluation.policy_input.request_and_account import (
    account_input,
    agreement_inputs,
    customer_input,
    incident_inputs,
    ledger_input,
    risk_input,
    usage_event_inputs,
)
from decider.hints import closest_to

__all__ = ["policy_input_of"]


def policy_input_of(facts: Facts, catalog: Catalog) -> PolicyInput:
    """Return the policy input of valid facts (rego/schemas/input.json).

    It does not depend on the order of lots, payments, usage events or addresses. Raises PolicyNotFound for a policy or
    version that is not loaded.
    """
    policy = _policy(facts.request, catalog)
    order = OrderInputs(facts, facts.order, policy, catalog)
    hypotheses = Hypotheses.of(facts, facts.order, order.payment_ids)
    possible = [OrderInputs(facts, possible_order, policy, catalog) for possible_order in facts.possible_orders]
    figures = possible_figures(facts, ((each.order, each.payment_ids) for each in possible))
    return {
        "policy_id": policy.policy_id,
        "pinned_version": facts.request.policy_version,
        "account": account_input(facts),
        "customer": customer_input(facts),
        "usage_events": usage_event_inputs(facts),
        "incidents": incident_inputs(facts),
        "agreements": agreement_inputs(facts),
        "risk": risk_input(facts),
        "ledger": ledger_input(facts),
        "disputes": disputes_input(facts, order.payment_ids),
        **order.under(hypotheses.moved),
        "as_verified": [order.under(verified) for verified in hypotheses.as_verified],
        "as_awaited": [order.under(awaited) for awaited in hypotheses.as_awaited],
        "possible_orders": [each.under(moved) for each, moved in zip(possible, figures, strict=True)],
    }


def _policy(request: Request, catalog: Catalog) -> PolicyInfo:
    policy_id, version = request.policy_id, request.policy_version
    policy = catalog.policies.get(policy_id)
    if policy is None:
        raise PolicyNotFound(policy_id, version or "", "request.policy_id", closest_to(policy_id, catalog.policies))
    versions = [known.version for known in policy.versions]
    if version is not None and version not in versions:
        raise PolicyNotFound(policy_id, version, "request.policy_version", closest_to(version, versions))
    return policy
