"""The rules keep the conventions: exports, keys, citations and values that `opa check` does not see."""

from __future__ import annotations

from decider.authoring.gate.conventions import about_codes, about_rules, about_texts, ask
from decider.authoring.gate.report import Outcome
from decider.authoring.gate.runner import Context

__all__ = ["run"]

_HINTS = {
    "no ground, or": 'cite one code in the head of the rule: `"cite": input.grounds.<code>`',
    "no such code": "list the code in codes/data.yaml, the rulebook's or the policy's own",
    "no rule has this ground": "write the rule, or take the code off the list",
    "does not begin": "name what only one policy says after that policy",
    "no ground": "give the code a clause and a role in law/grounds/data.yaml, for each regime",
    "is the ground of no rule": "take the code out of law/grounds/data.yaml, or write the rule that cites it",
    "no role": "the role is GRANTS, BARS, LIMITS or REQUIRES",
    "no such export": "export what conventions.rego lists, or begin the name with _",
    "no export": "every export has a rule in rulebook/",
    "keys": "give each element the keys of its export",
    "no text for": "write one: decider/texts/data.yaml, or the policy's own texts/data.yaml",
    "reads input.calendar": "take the day by its number from lib.working_days",
    "is never": "compare with a value that schemas/input.json or schemas/parameters.json lists",
    "": "keep to rego/conventions",
}


def run(context: Context) -> Outcome:
    """Ask the policy about policy."""
    told = about_rules(context)
    return Outcome(
        ask(context, "breaches", told | about_texts(context) | about_codes(context), _HINTS),
        f"{len(told['files'])} files of rules",
    )
