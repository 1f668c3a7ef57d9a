"""Runs the Rego tests, once for all checks of a run: OPA traces each test, which takes most of a minute."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from decider.authoring.gate.report import Finding
from decider.authoring.gate.runner import Context
from decider.authoring.gate.source_locations import located
from decider.authoring.opa import NOT_HIDDEN, printed, run

__all__ = ["Tested", "missed", "opa_test", "tested", "tests_in"]

# on a busy machine OPA's own limit of 5 s would fail tests that pass
_LIMITS = ("--timeout=120s", NOT_HIDDEN)
_TEST = re.compile(r"test_\w+")


@dataclass(frozen=True)
class Tested:
    """What came of the tests: those that failed, and, where none did, what they reached of each file."""

    failed: Sequence[Finding]
    coverage: Mapping[Path, Mapping[str, Any]]


def tested(context: Context) -> Tested:
    """Run the tests with coverage; only where one fails run them again, to name every one that does."""
    return context.once("opa test", lambda: _run(context))


def tests_in(text: str) -> Mapping[int, str]:
    """Return the names of the tests in a file, by the numbers of their first lines."""
    return {number: found[0] for number, line in enumerate(text.splitlines(), 1) if (found := _TEST.match(line))}


def missed(report: Mapping[str, Any]) -> Iterator[int]:
    """Return the numbers of the lines of a file that no test reached; `report` is its entry in `Tested.coverage`."""
    for span in report.get("not_covered", []):
        yield from range(span["start"]["row"], span["end"]["row"] + 1)


def _run(context: Context) -> Tested:
    # without the extra runs that only explain why a line was not reached
    code, out = opa_test(context.opa, context.workspace.rego, "--coverage", "--coverage-runs=")
    if code == 0:
        return Tested([], _by_file(context, json.loads(out)["files"]))
    _, out = opa_test(context.opa, context.workspace.rego)
    try:
        results: list[dict[str, Any]] = json.loads(out)
    except json.JSONDecodeError:
        return Tested([located(" ".join(out.split()) or "opa test failed", hint="make the policies compile")], {})
    failed = [_failure(context, result) for result in results if _wrong(result)]
    return Tested(failed or [Finding("", 0, f"opa test ended with {code}, and no test failed")], {})


def opa_test(opa: Path, rego: Path, *options: str) -> tuple[int, str]:
    """Run the tests of a folder as a bundle, as the policies are served; return the exit code and what OPA prints."""
    done = run([opa, "test", *_LIMITS, "--format=json", *options, "--bundle", "."], rego)
    return done.returncode, done.stdout if done.stdout.strip() else printed(done)


def _wrong(result: Mapping[str, Any]) -> bool:
    return any(result.get(state) for state in ("fail", "error", "skip"))


def _failure(context: Context, result: Mapping[str, Any]) -> Finding:
    """Name the test, the cases of its table that failed, and what went wrong in running it."""
    cases = [name for name, case in result.get("sub_results", {}).items() if case.get("fail")]
    name = f"{result['name']}{''.join(f'[{case}]' for case in cases)}"
    error = result.get("error")
    how = f": {error.get('message', error) if isinstance(error, dict) else error}" if error else ""
    state = "was skipped" if result.get("skip") else "fails"
    file = context.workspace.name(context.workspace.rego / result["location"]["file"])
    hint = f"opa test --bundle {context.workspace.name(context.workspace.rego)} --run {result['name']} --var-values"
    return Finding(file, result["location"]["row"], f"{name} {state}{how}", hint)


def _by_file(context: Context, files: Mapping[str, Mapping[str, Any]]) -> Mapping[Path, Mapping[str, Any]]:
    """Put together what OPA reports of a file: under a bundle's name it lists what is missed apart from what is not."""
    found: dict[Path, dict[str, Any]] = {}
    for key, report in files.items():
        found.setdefault((context.workspace.rego / key).resolve(), {}).update(report)
    return found
