"""The requested plan as the policy sees it."""

from __future__ import annotations

from decider.evaluation.facts import Facts
from decider.evaluation.facts.model import Plan, amount_of
from decider.evaluation.facts.selection import Order, was_charged
from decider.evaluation.policy_input.consents import consent_input
from decider.evaluation.policy_input.purchase_types import PlanInput
from decider.evaluation.policy_input.refunds import returned
from decider.evaluation.times import SECOND

__all__ = ["plan_bought_at", "plan_inputs"]


def plan_bought_at(facts: Facts, plan: Plan) -> int:
    """Return when a plan was bought: its conclusion, else its charge, else the earlier of its start and the request."""
    return min(plan.period_start, facts.request.requested_at) if plan.bought_at is None else plan.bought_at


def plan_inputs(facts: Facts, order: Order, currency: str, bought_at: int) -> list[PlanInput]:
    """Return the requested plan, if there is one. `currency` is that of a plan whose own currency is not known."""
    plan = order.plan
    if plan is None:
        return []
    requested_at = facts.request.requested_at
    back = returned(facts, [plan])[0]
    # A period of less than a second counts as one second, so that nothing is divided by 0.
    period_s = max(1, (plan.period_end - plan.period_start) // SECOND)
    elapsed_s = max(0, requested_at - plan.period_start) // SECOND
    return [
        {
            "order_ref": plan.order_ref,
            "payment_id": plan.payment_id if plan.charged_at is not None else "",
            "currency": facts.currency_of(plan) or currency,
            "amount": amount_of(plan.amount),
            "charged": was_charged(facts, plan),
            "first_period": plan.is_first_period,
            "purchased_at": bought_at,
            "started": requested_at >= plan.period_start,
            "period_start": plan.period_start,
            "period_end": plan.period_end,
            "elapsed_s": min(elapsed_s, period_s),
            "period_s": period_s,
            "charged_after_cancellation": plan.is_charged_after_cancellation,
            "refunded_unused": back.unused,
            "refunded_all": back.all_kinds,
            "lost": back.lost,
            "refund_pending": back.is_pending,
            "consent": consent_input(plan.consent),
        }
    ]
