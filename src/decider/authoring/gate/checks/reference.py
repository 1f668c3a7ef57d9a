"""Check `reference`: the pages of the generated reference are what the policies say."""

from __future__ import annotations

from decider.authoring.gate.report import Finding, NotApplicable, Outcome
from decider.authoring.gate.runner import Context
from decider.authoring.reference import stale

__all__ = ["run"]

_HINT = "run `decider reference`, and read what changed in the page"


def run(context: Context) -> Outcome:
    """Write the pages anew beside those of the repository, and compare."""
    workspace = context.workspace
    if not workspace.docs.is_dir():
        raise NotApplicable(f"no {workspace.name(workspace.docs)}; `decider reference` makes it")
    pages = len(list(workspace.docs.glob("*.md")))
    faults = stale(workspace, context.opa)
    findings = [Finding(workspace.name(one.file), one.line, one.message, _HINT) for one in faults]
    return Outcome(findings, f"{pages} pages")
