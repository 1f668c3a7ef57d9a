"""The rules keep the conventions: exports, keys, citations and values that `opa check` does not see."""

from __future__ import annotations

from decider.authoring.gate.conventions import about_rules, about_texts, ask
from decider.authoring.gate.report import Outcome
from decider.authoring.gate.runner import Context

__all__ = ["run"]

_HINTS = {
    "no METADATA": "state above the rule: # METADATA, # title: ..., # custom: {clause: <policy>/<id>, role: GRANTS}",
    "no ground": "give the code a clause and a role in law/grounds/data.yaml, for each regime",
    "is the ground of no rule": "take the code out of law/grounds/data.yaml, or write the rule that cites it",
    "no role": "the role is GRANTS, BARS, LIMITS or REQUIRES",
    "no such export": "export what conventions.rego lists, or begin the name with _",
    "no export": "state the set empty in silent.rego where the text says nothing",
    "keys": 'give each element the keys of its export, and "cite": rego.metadata.rule().custom',
    "no text for": "write one: decider/texts/data.yaml, or the policy's own texts/data.yaml",
    "reads input.calendar": "take the day by its number from lib.working_days",
    "is never": "compare with a value that schemas/input.json or parameters.json lists",
    "": "keep to rego/conventions",
}


def run(context: Context) -> Outcome:
    """Ask the policy about policy."""
    told = about_rules(context)
    return Outcome(
        ask(context, "breaches", told | about_texts(context), _HINTS), f"{len(told['files'])} files of rules"
    )
