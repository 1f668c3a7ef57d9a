"""Expectations of Rego tests that a change takes away although the rules still meet them.

A test expects each row of its table and each expression of its body. Whether they still hold is tried: the tests of the
base run against the present rules.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import shorten
from typing import Any

from decider.authoring.gate.lost_expectations import HINT, Lost
from decider.authoring.gate.rego_tests import opa_test
from decider.authoring.gate.report import Finding
from decider.authoring.gate.runner import Context
from decider.authoring.rego_syntax import TEST_SUFFIX, Module, Rule, files_that_decide, parse_each

__all__ = ["lost_tests"]

_SHOWN = 120  # characters of an expression
# name of a test -> the names of its cases that pass; "" if the test itself passes
Passing = Mapping[str, set[str]]


@dataclass
class _Test:
    """A test: its rows by name, each as facts and expectation, and its expressions with their texts.

    Facts, expectations and expressions are trees without places.
    """

    file: str
    line: int
    rows: dict[str, tuple[str, str]] = field(default_factory=dict)
    expressions: dict[str, str] = field(default_factory=dict)

    def is_in(self, other: _Test) -> bool:
        """Tell whether a test with another name expects all that this one expects, for the same facts."""
        return {*self.rows.values()} <= {*other.rows.values()} and self.expressions.keys() <= other.expressions.keys()

    def lost_from(self, now: _Test) -> tuple[Sequence[str], Sequence[str]]:
        """Return the names of the rows and the texts of the expressions that another test lacks.

        A row may have another name; or it keeps its name and its expectation, and has other facts.
        """
        values = {*now.rows.values()}
        rows = [
            row
            for row, value in self.rows.items()
            if value not in values and (row not in now.rows or now.rows[row][1] != value[1])
        ]
        return rows, [text for expression, text in self.expressions.items() if expression not in now.expressions]


_NOTHING = _Test("", 0)


def lost_tests(context: Context) -> Iterator[Lost]:
    """Compare the tests with those of the base, and try what is gone."""
    base, rego = context.needs_base().workspace.rego, context.workspace.rego
    names = {name for folder in (base, rego) for name in files_that_decide(folder) if name.endswith(TEST_SUFFIX)}
    changed = sorted(name for name in names if _content(base / name) != _content(rego / name))
    old, new = (
        _tests(parse_each(context.opa, folder, [name for name in changed if (folder / name).is_file()]))
        for folder in (base, rego)
    )
    renamed = [test for name, test in new.items() if name not in old]
    lost = {
        name: test
        for name, test in old.items()
        if test.lost_from(new.get(name, _NOTHING)) != ([], []) and not any(map(test.is_in, renamed))
    }
    passing = _try(context, base, sorted({test.file for test in lost.values()}), sorted(lost)) if lost else {}
    for name, test in lost.items():
        now, short, passed = new.get(name), name.rpartition(".")[2], passing.get(name, set())
        rows, texts = test.lost_from(now or _NOTHING)
        gone = [f"the row {row!r}" for row in rows if row in passed]
        gone += [f"`{text}`" for text in texts if "" in passed]
        file = context.workspace.name(rego / (now or test).file)
        if gone and now:
            told = f"{short} does not expect {', '.join(gone)} any more, which still holds"
            yield Lost(short, Finding(file, now.line, told, HINT))
        elif gone:
            yield Lost(short, Finding(file, 0, f"{short} is gone, and still holds: {', '.join(gone)}", HINT))


def _content(file: Path) -> bytes:
    return file.read_bytes() if file.is_file() else b""


def _tests(modules: Sequence[Module]) -> dict[str, _Test]:
    found: dict[str, _Test] = {}
    for module in modules:
        for rule in module.rules:
            if rule.name.startswith("test_"):
                test = found.setdefault(f"{module.package}.{rule.name}", _Test(module.name, rule.row))
                _read(rule, test)
    return found


def _read(rule: Rule, test: _Test) -> None:
    for expression in rule.node.get("body", []):
        table = _table(expression)
        if table is None and not _assigns(expression):
            span = rule.source.span(expression)
            text = shorten(rule.source.at(span), _SHOWN, placeholder=" …") if span else "an expression"
            test.expressions[_canonical(expression)] = text
        test.rows |= {str(key["value"]): _row(value) for key, value in table or ()}


def _table(expression: Mapping[str, Any]) -> Sequence[Any] | None:
    """Return the rows of `some note, row in {...}`; None for another expression."""
    terms = expression["terms"]
    symbols = terms.get("symbols", []) if isinstance(terms, dict) else []
    literal = symbols[0]["value"][-1] if symbols and symbols[0].get("type") == "call" else {}
    rows: Sequence[Any] | None = literal["value"] if literal.get("type") == "object" else None
    return rows


def _assigns(expression: Mapping[str, Any]) -> bool:
    """Tell whether an expression only gives a value a name, and so expects nothing."""
    terms = expression["terms"]
    return isinstance(terms, list) and bool(terms[0]["value"][0]["value"] == "assign")


def _row(value: Mapping[str, Any]) -> tuple[str, str]:
    """Return the facts and the expectation of a row, which is a list that ends in the expectation, or facts alone."""
    if value["type"] == "array" and len(value["value"]) > 1:
        *facts, expected = value["value"]
        return _canonical(facts), _canonical(expected)
    return _canonical(value), ""


def _canonical(node: Any) -> str:  # noqa: ANN401 (of JSON)
    def bare(part: Any) -> Any:  # noqa: ANN401 (of JSON)
        if isinstance(part, dict):
            return {key: bare(value) for key, value in part.items() if key not in {"location", "index"}}
        return [bare(item) for item in part] if isinstance(part, list) else part

    return json.dumps(bare(node), sort_keys=True)


def _try(context: Context, base: Path, files: Sequence[str], names: Sequence[str]) -> Passing:
    """Run tests of the base against the present rules; files that do not compile with them hold nothing."""
    with tempfile.TemporaryDirectory(prefix="decider-lost-tests-") as folder:
        rego = Path(shutil.copytree(context.workspace.rego, Path(folder, "rego")))
        for name in files:
            (rego / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(base / name, rego / name)
        short = "|".join(re.escape(name.rpartition(".")[2]) for name in names)
        _, out = opa_test(context.opa, rego, "--run", rf"\.({short})$")
    try:
        results: list[dict[str, Any]] = json.loads(out)
    except json.JSONDecodeError:
        apart = [_try(context, base, [name], names) for name in files] if len(files) > 1 else []
        return {name: passed for each in apart for name, passed in each.items()}
    return {f"{_package(result['package'])}.{result['name']}": _passed(result) for result in results}


def _package(name: str) -> str:
    """Write the name of a package as `Module.package` does: `a.b-c` for `data.a["b-c"]`."""
    return re.sub(r'\["([^"]*)"\]', r".\1", name).removeprefix("data.")


def _passed(result: Mapping[str, Any]) -> set[str]:
    passed = {name for name, case in result.get("sub_results", {}).items() if not case.get("fail")}
    whole = not any(result.get(state) for state in ("fail", "error", "skip"))
    return {*passed, ""} if whole else passed
