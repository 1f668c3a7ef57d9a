"""The steps of a decision in plain words, and the effect of a rule by the set that it adds to.

A test compares the steps with rego/decider, and the sets with the closed list of rego/conventions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["LAW_SETS", "ROLES", "SETS", "STAGES", "Stage"]


@dataclass(frozen=True)
class Stage:
    """One step: its name in the rules, its question, its result, and the sets that it reads."""

    name: str
    question: str
    answer: str
    sets: tuple[str, ...]


STAGES = (
    Stage(
        "P0",
        "Do the facts make sense?",
        "Facts that contradict each other are an error with the fields to correct. Nothing is decided.",
        ("faults",),
    ),
    Stage(
        "P1",
        "Which version judges, and is it this policy's business?",
        "The date of the purchase selects the version. Purchases from another seller and unpaid credits are refused.",
        ("exclusions",),
    ),
    Stage(
        "P2",
        "Is the request complete, and does it come from the customer?",
        "If not: needs information. The day of the request keeps counting.",
        ("missing",),
    ),
    Stage(
        "P3",
        "Must something else end first?",
        "A refund already under way, an open dispute or an investigation: on hold until it ends.",
        ("holds",),
    ),
    Stage(
        "P4",
        "Was the customer billed wrongly?",
        "A proven billing error is repaid, whatever the age or use of the purchase. A reviewer decides in doubt.",
        ("reversals", "restorations", "exceptions", "contested_reviews", "contested_bars"),
    ),
    Stage(
        "P5",
        "Does a separate agreement govern the order?",
        "If so, its terms hold, but never for less than the law gives.",
        ("agreements",),
    ),
    Stage(
        "P6",
        "What does the law grant to this customer?",
        "That amount is a floor: the steps below can add to it, but a refusal does not reduce it.",
        ("overlays", "consents"),
    ),
    Stage(
        "P7",
        "Is the customer disqualified?",
        "Confirmed: refused. Suspected: a reviewer decides. The parameter `statutory_vs_disqualifier` "
        "decides whether the statutory amount is still paid.",
        ("bars",),
    ),
    Stage(
        "P8",
        "Does the policy refund this purchase?",
        "It must be in time, and nothing may stand in its way.",
        ("windows", "grants", "refusals", "reviews"),
    ),
    Stage(
        "P9",
        "How much is due?",
        "The value of the unused credits, less deductions. The lines of the breakdown must sum to the amount; "
        "if they do not, there is no decision.",
        ("entitlements", "deductions", "proportions"),
    ),
    Stage(
        "P10",
        "What is the most that can be paid, and which credits are removed?",
        "A lost dispute reduces all refunds of its payment. A refund is never more than is left of the payment, nor "
        "more than was requested. Refunded credits are removed.",
        ("losses", "retentions", "bonus_removals"),
    ),
    Stage(
        "P11",
        "What else must be done?",
        "Deadlines, the payment method, the end of a plan.",
        ("duties", "payouts", "cancellations"),
    ),
    Stage(
        "beside",
        "What stands beside the decision?",
        "An outage may earn service credits, or lead a reviewer to consider a refund that was refused. Warnings and "
        "the readings that mattered are listed.",
        ("outages", "service_credits", "service_credit_reviews", "service_bars", "warnings", "readings"),
    ),
)

# The effect of a finding, by the set that contains it. The title of the rule states the condition.
SETS: Mapping[str, str] = {
    "agreements": "Hands the order over to a separate agreement",
    "bars": "Disqualifies the customer",
    "bonus_removals": "Takes bonus credits back",
    "cancellations": "Ends a plan",
    "consents": "Applies the recorded consent",
    "contested_bars": "Gives back no credits for an API request",
    "contested_reviews": "Leaves the credits of an API request to a reviewer",
    "deductions": "Takes off an amount",
    "duties": "Sets a duty or a deadline",
    "entitlements": "Calculates the amount due",
    "exceptions": "Leaves an amount to a reviewer",
    "exclusions": "Excludes the purchase from the policy",
    "faults": "Reports contradictory facts",
    "grants": "Lets the purchase be refunded",
    "holds": "Puts the request on hold",
    "losses": "Takes off what a lost dispute returned",
    "missing": "Requests missing information",
    "outages": "Lets a reviewer consider an outage",
    "overlays": "Applies the law",
    "payouts": "Says how the money is paid",
    "proportions": "Keeps the portion that was used",
    "readings": "Reports a reading",
    "refusals": "Refuses the purchase",
    "restorations": "Gives back the credits of an API request",
    "retentions": "Keeps an amount out of what can be paid back",
    "reversals": "Pays back what was billed wrongly",
    "reviews": "Leaves the purchase to a reviewer",
    "service_bars": "Grants no service credits",
    "service_credit_reviews": "Leaves service credits to a reviewer",
    "service_credits": "Grants service credits",
    "warnings": "Warns the reader of the decision",
    "windows": "States the deadline for a request",
}

# The same for the rules of the law.
LAW_SETS: Mapping[str, str] = {
    "duties": "Sets a duty or a deadline",
    "findings": "Establishes a fact about the right of withdrawal",
    "over_bars": "Stands although the customer is disqualified",
    "over_terms": "Stands over the terms of the policy",
    "warnings": "Warns the reader of the decision",
}

# The roles of citations.
ROLES: Mapping[str, str] = {
    "GRANTS": "speaks for the customer",
    "BARS": "stands in the way",
    "LIMITS": "limits or shapes the answer",
    "REQUIRES": "asks for something to be done",
}
