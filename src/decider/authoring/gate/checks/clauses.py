"""Every clause is emitted by a rule, tested and worked through in a case; every citation is a clause."""

from __future__ import annotations

from decider.authoring.gate.conventions import about_clauses, about_rules, ask
from decider.authoring.gate.report import Outcome
from decider.authoring.gate.runner import Context

__all__ = ["run"]

_HINTS = {
    "no clause list holds": "cite a clause of clauses/data.yaml, or add it there",
    "no ground and no reading": "name the codes that it is the ground of in `grounds`, or mark it `fact: true`",
    "no Rego test names it": "name it in a test beside its rule, such as given.of_clause(clause, changes)",
    "no golden case cites it": "add a case whose `citations` hold it",
    "mere fact": "take `fact: true` off the clause",
}


def run(context: Context) -> Outcome:
    """Hold the clause lists against rules, tests and cases."""
    lists = about_clauses(context)
    facts = sum(clause["fact"] for clause in lists["clauses"].values())
    summary = f"{len(lists['clauses'])} clauses" + (f", {facts} of them mere facts" if facts else "")
    return Outcome(ask(context, "clause_breaches", about_rules(context) | lists, _HINTS), summary)
