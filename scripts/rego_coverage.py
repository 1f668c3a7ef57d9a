"""Runs the Rego tests and fails unless they pass and reach every line of the rule files.

    python scripts/rego_coverage.py [OPA]      default: .tools/bin/opa

`opa test --threshold` counts the tests themselves, which always run to their last line; here they do not count.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RULES = ROOT / "rego"
TEST_SUFFIX = "_test.rego"
# policy about policy decides no refund: what it finds is tested by faults seeded in a copy of the tree
CONVENTIONS = "rego/conventions/"


def run(opa: str, *options: str) -> tuple[int, str, str]:
    """Runs `opa test` over the rules as a bundle, as they are served.

    OPA traces every test, so that one takes seconds where a decision takes half a millisecond: on a busy machine its
    own limit of 5 s would fail tests that pass.
    """
    command = [opa, "test", "--timeout=120s", *options, "--bundle", RULES.name]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def tests(opa: str) -> tuple[int, list[str]]:
    """How many tests there are, and what is wrong with those that do not pass."""
    code, out, err = run(opa, "--format=json")
    try:
        results: list[dict[str, Any]] = json.loads(out)
    except json.JSONDecodeError:
        return 0, [err.strip() or out.strip()]
    wrong = [
        f"{result['location']['file']}:{result['location']['row']}: {result['package']}.{result['name']}{cases(result)}"
        for result in results
        if any(result.get(state) for state in ("fail", "error", "skip"))
    ]
    count = sum(len(result.get("sub_results", {})) or 1 for result in results)
    return count, wrong or ([err.strip() or "opa test failed"] if code else [])


def cases(result: dict[str, Any]) -> str:
    """The cases of a table that failed, and what went wrong in running it."""
    found = [name for name, case in result.get("sub_results", {}).items() if case.get("fail")]
    error = result.get("error")
    return "".join(f"[{name}]" for name in found) + (f": {error}" if error else "")


def uncovered(opa: str) -> tuple[int, list[str]]:
    """How many lines of rule files the tests reach, and which they do not."""
    _, out, _ = run(opa, "--coverage", "--format=json")
    reached, missed, seen = 0, [], set()
    for key, report in sorted(json.loads(out)["files"].items()):
        # under a bundle's name, OPA lists what is covered by path and what is not by bundle and path
        name = key.removeprefix(f"{RULES.name}/") if key.startswith(f"{RULES.name}/{RULES.name}/") else key
        if name.endswith(TEST_SUFFIX) or name.startswith(CONVENTIONS):
            continue
        seen.add(ROOT / name)
        reached += report.get("covered_lines", 0)
        missed += [
            f"{name}:{row}"
            for span in report.get("not_covered", [])
            for row in range(span["start"]["row"], span["end"]["row"] + 1)
        ]
    return reached, missed + [str(file.relative_to(ROOT)) for file in unreported(seen)]


def unreported(seen: set[Path]) -> list[Path]:
    """Rule files that the report does not name although they hold rules, so that a file never loaded is no success."""
    return [
        file
        for file in sorted(RULES.rglob("*.rego"))
        if not file.name.endswith(TEST_SUFFIX)
        and not file.is_relative_to(ROOT / CONVENTIONS)
        and file not in seen
        and any(rule_line(line) for line in file.open())
    ]


def rule_line(line: str) -> bool:
    """Whether a line belongs to a rule with a body, rather than to comments, imports and constants."""
    return line.rstrip().endswith(" if {")


def main(opa: str) -> int:
    """Prints what is wrong, else how much was tested."""
    count, wrong = tests(opa)
    if not count and not wrong:
        wrong = [f"no tests under {RULES}"]
    if wrong:
        print("\n".join(wrong), file=sys.stderr)
        return 1
    reached, missed = uncovered(opa)
    if missed:
        print("\n".join(f"{line}: not covered" for line in missed), file=sys.stderr)
        print(f"{count} tests, {reached} lines covered, {len(missed)} not", file=sys.stderr)
        return 1
    print(f"{count} tests, all {reached} lines of the rule files covered")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else str(ROOT / ".tools" / "bin" / "opa")))
