"""The Rego tests pass, there are some, and every file of tests has one."""

from __future__ import annotations

from decider.gate.checking import Context
from decider.gate.rego_tests import tested, tests_in
from decider.gate.report import Finding, Outcome
from decider.gate.sources import files_of_tests, read_text

__all__ = ["run"]


def run(context: Context) -> Outcome:
    """Count the tests, and run them: `opa test` itself passes without any."""
    counts = {path: len(tests_in(read_text(context, path))) for path in files_of_tests(context)}
    findings = [
        Finding(context.workspace.name(path), 0, "no test in this file", "write a rule named test_..., or remove it")
        for path, count in counts.items()
        if not count
    ]
    if not sum(counts.values()):
        rego = context.workspace.name(context.workspace.rego)
        return Outcome([*findings, Finding(rego, 0, "no tests", "write <file>_test.rego beside each file of rules")])
    if findings:
        return Outcome(findings)
    return Outcome(tested(context).failed, f"{sum(counts.values())} tests in {len(counts)} files")
