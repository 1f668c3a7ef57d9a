"""The Rego tests pass, there are some, every file of tests has one, and every test has a case."""

from __future__ import annotations

from collections.abc import Iterator

from decider.authoring.gate.rego_tests import missed, tested, tests_in
from decider.authoring.gate.report import Finding, Outcome
from decider.authoring.gate.runner import Context
from decider.authoring.gate.workspace_files import files_of_tests, read_text

__all__ = ["run"]


def run(context: Context) -> Outcome:
    """Count the tests, and run them: `opa test` itself passes without any, and a test without a case."""
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
    failed = tested(context).failed or list(_without_a_case(context))
    return Outcome(failed, f"{sum(counts.values())} tests in {len(counts)} files")


def _without_a_case(context: Context) -> Iterator[Finding]:
    """Name the tests whose table is empty or undefined: what such a test says of the rules is never tried."""
    reached = tested(context).coverage
    for path in files_of_tests(context):
        lines = set(missed(reached.get(path.resolve(), {})))
        for line, name in tests_in(read_text(context, path)).items():
            if line in lines:
                hint = "give it one: is its table empty, or something in it undefined?"
                yield Finding(context.workspace.name(path), line, f"{name} has no case", hint)
