"""What holds for every decision, whatever a policy answers: money, credits, deadlines and citations.

Each invariant is a function that says whether the answer keeps it. Errors report the name of the function.
"""

from __future__ import annotations

from decider.bundle.catalog import Catalog
from decider.evaluation.decision.citation_invariants import CITATION_INVARIANTS
from decider.evaluation.decision.money_invariants import MONEY_INVARIANTS
from decider.evaluation.decision.policy_result import Answer
from decider.evaluation.policy_input import PolicyInput

__all__ = ["broken_invariants"]


def broken_invariants(answer: Answer, policy_input: PolicyInput, catalog: Catalog) -> list[str]:
    """Return the names of the invariants that an answer breaks."""
    of_money = [each.__name__ for each in MONEY_INVARIANTS if not each(answer, policy_input)]
    policy_id = policy_input["policy_id"]
    of_citations = [each.__name__ for each in CITATION_INVARIANTS if not each(answer, policy_id, catalog)]
    return of_money + of_citations
