"""The steps of a decision in plain words, and what a rule does by the set that it adds to.

The steps are those of rego/decider, and the sets the closed list of rego/conventions; a test holds them together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["LAW_SETS", "ROLES", "SETS", "STAGES", "Stage"]


@dataclass(frozen=True)
class Stage:
    """One step: its name in the rules, the question it answers, what comes of it, and the sets it looks at."""

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
        "The version is chosen by the date of the purchase. What somebody else sold, or nobody paid for, is refused.",
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
        "A proven billing error is put right, whatever the age, use or standing. A doubtful one goes to a reviewer.",
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
        "What does the law give this customer?",
        "That amount is a floor: the steps below can add to it, and what they refuse does not take it away.",
        ("overlays", "consents"),
    ),
    Stage(
        "P7",
        "Is the customer disqualified?",
        "Confirmed: refused. Suspected: a reviewer decides. Where the law gives something all the same, the parameter "
        "`statutory_vs_disqualifier` says what becomes of it.",
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
        "The worth of what was not used, less what is taken off. What was paid, less what was taken off, must be "
        "exactly what is due: otherwise there is no decision.",
        ("entitlements", "deductions", "proportions"),
    ),
    Stage(
        "P10",
        "What can be paid at most, and what goes with it?",
        "What a lost dispute took is taken off all that its payment paid for. Never more than is left of the payment, "
        "nor more than was asked for. Credits that were refunded are removed.",
        ("losses", "retentions", "bonus_removals"),
    ),
    Stage(
        "P11",
        "What else is to be done?",
        "Deadlines, the way of the payment, the end of a plan.",
        ("duties", "cancellations"),
    ),
    Stage(
        "beside",
        "What stands beside the decision?",
        "An outage may earn service credits, or lead a reviewer to consider a refund that was refused. Warnings and "
        "the readings that mattered are listed.",
        ("outages", "service_credits", "service_bars", "warnings", "readings"),
    ),
)

# What a rule does with its finding, by the set it adds to; its title says when.
SETS: Mapping[str, str] = {
    "agreements": "Hands the order over to a separate agreement",
    "bars": "Disqualifies the customer",
    "bonus_removals": "Takes bonus credits back",
    "cancellations": "Ends a plan",
    "consents": "Goes by the recorded consent",
    "contested_bars": "Gives back no credits for an API request",
    "contested_reviews": "Leaves the credits of an API request to a reviewer",
    "deductions": "Takes off an amount",
    "duties": "Sets a duty or a deadline",
    "entitlements": "Counts what is due",
    "exceptions": "Leaves an amount to a reviewer",
    "exclusions": "Leaves the purchase out of the policy",
    "faults": "Reports facts that cannot be judged",
    "grants": "Lets the purchase be refunded",
    "holds": "Makes the answer wait",
    "losses": "Takes off what a lost dispute returned",
    "missing": "Asks for what is missing",
    "outages": "Lets a reviewer consider an outage",
    "overlays": "Lets the law in",
    "proportions": "Keeps the portion that was used",
    "readings": "Reports a reading",
    "refusals": "Refuses the purchase",
    "restorations": "Gives back the credits of an API request",
    "retentions": "Keeps an amount out of what can be paid back",
    "reversals": "Pays back what was billed wrongly",
    "reviews": "Leaves the purchase to a reviewer",
    "service_bars": "Grants no service credits",
    "service_credits": "Decides on service credits",
    "warnings": "Warns whoever reads the decision",
    "windows": "Says until when a request is in time",
}

# The same for the rules of the law.
LAW_SETS: Mapping[str, str] = {
    "duties": "Sets a duty or a deadline",
    "findings": "Is found",
    "over_bars": "Stands although the customer is disqualified",
    "over_terms": "Stands over the terms of the policy",
    "warnings": "Warns whoever reads the decision",
}

# What a clause is cited for.
ROLES: Mapping[str, str] = {
    "GRANTS": "speaks for the customer",
    "BARS": "stands in the way",
    "LIMITS": "limits or shapes the answer",
    "REQUIRES": "asks for something to be done",
}
