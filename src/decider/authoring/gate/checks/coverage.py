"""The Rego tests reach every line of every rule of the repository's own; tests and conventions do not count."""

from __future__ import annotations

from decider.authoring.gate.rego_tests import missed, tested
from decider.authoring.gate.report import CannotCheck, Finding, Outcome
from decider.authoring.gate.runner import Context
from decider.authoring.gate.workspace_files import files_of_rules, read_text
from decider.authoring.shipped_files import as_shipped

__all__ = ["run"]

_HINT = "write a test in which this line holds"


def run(context: Context) -> Outcome:
    """List the lines that no test reaches, and the files of rules that no test loads."""
    run_of_tests = tested(context)
    if run_of_tests.failed:
        raise CannotCheck("what the tests reach is not known while they fail", hint="mend the tests first")
    rego = context.workspace.rego
    shipped = as_shipped(rego)
    files = [path for path in files_of_rules(context) if path.relative_to(rego).as_posix() not in shipped]
    findings, reached = list[Finding](), 0
    for path in files:
        name = context.workspace.name(path)
        report = run_of_tests.coverage.get(path.resolve())
        if report is None:
            if any(_rule_line(line) for line in read_text(context, path).splitlines()):
                findings.append(Finding(name, 0, "no test loads this file", _HINT))
            continue
        reached += report.get("covered_lines", 0)
        findings += [Finding(name, line, "no test reaches this line", _HINT) for line in missed(report)]
    return Outcome(findings, f"{reached} lines of {len(files)} files reached, {len(findings)} not")


def _rule_line(line: str) -> bool:
    """Whether a line belongs to a rule with a body, rather than to comments, imports and constants."""
    return line.rstrip().endswith(" if {")
