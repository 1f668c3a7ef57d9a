"""The policies keep the conventions, and each breach of one is told with its place."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from conventions import ROOT, breaches

BARS = 'refusals contains {"item": id, "code": "consumed", "cite": rego.metadata.rule().custom} if {'
CONSUMED = "policies/yunxin/s2_non_refundable.rego"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "rego", tmp_path / "rego")
    shutil.copytree(ROOT / "tests" / "cases", tmp_path / "tests" / "cases")
    return tmp_path


def line_of(file: Path, text: str) -> int:
    before, found, _ = file.read_text().partition(text)
    assert found, f"no {text} in {file}"
    return before.count("\n") + 1


def replaced(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


def added(more: str) -> Callable[[str], str]:
    return lambda text: text + more


def test_kept() -> None:
    assert breaches(ROOT) == []


@pytest.mark.parametrize(
    ("file", "change", "at", "message"),
    [
        pytest.param(
            CONSUMED,
            replaced(
                "# METADATA\n# title: All credits were consumed\n# custom: {clause: yunxin/nr-consumed, role: BARS}\n",
                "",
            ),
            BARS,
            "refusals: no METADATA with clause and role",
            id="a rule without a clause",
        ),
        pytest.param(
            CONSUMED,
            replaced("yunxin/nr-consumed, role: BARS", "yunxin/nr-consumed, role: FORBIDS"),
            BARS,
            "refusals: no role FORBIDS",
            id="an unknown role",
        ),
        pytest.param(
            CONSUMED,
            replaced("yunxin/nr-consumed, role: BARS", "yunxin/nr-consumd, role: BARS"),
            BARS,
            "refusals: no clause yunxin/nr-consumd",
            id="an unknown clause",
        ),
        pytest.param(
            CONSUMED,
            replaced("refusals contains", "refusal contains"),
            "refusal contains",
            "refusal: no such export",
            id="an unknown export",
        ),
        pytest.param(
            CONSUMED,
            replaced('"code": "consumed"', '"kode": "consumed"'),
            '"kode"',
            'refusals: keys {"cite", "item", "kode"}, not {"cite", "code", "item"}',
            id="an unknown key",
        ),
        pytest.param(
            CONSUMED,
            replaced('account.reason == "TOS_VIOLATION"', 'account.reason == "TOS_VIOLATON"'),
            '"TOS_VIOLATON"',
            'status_reason is never "TOS_VIOLATON"',
            id="an unknown value",
        ),
        pytest.param(
            CONSUMED,
            replaced('account.status in {"SUSPENDED"', 'account.status in {"SUSPENDD"'),
            '"SUSPENDD"',
            'status is never "SUSPENDD"',
            id="an unknown value in a set",
        ),
        pytest.param(
            CONSUMED,
            replaced('partial_use == "strict"', 'partial_use == "strickt"'),
            '"strickt"',
            'partial_use is never "strickt"',
            id="an unknown value of a parameter",
        ),
        pytest.param(
            CONSUMED,
            replaced("input.terms.partial_use", "input.terms.partial_us"),
            "input.terms.partial_us",
            "partial_us: no parameter of yunxin",
            id="an unknown parameter",
        ),
        pytest.param(
            CONSUMED,
            replaced('{"parameter": "window.mode"', '{"parameter": "window.mood"'),
            '{"parameter": "window.mood"',
            "readings: window.mood is no parameter",
            id="a reading of no parameter",
        ),
        pytest.param(
            CONSUMED,
            added("\n_best := data.decider.outcome.final\n"),
            "_best :=",
            "reads data.decider",
            id="a policy that reads the decider",
        ),
        pytest.param(
            "law/withdrawal/withdrawal.rego",
            added("\n_limit := input.terms.repeat_limit\n"),
            "_limit :=",
            "repeat_limit: no parameter of every policy",
            id="law that reads one policy's parameter",
        ),
        pytest.param(
            "policies/yunxin/clauses/data.yaml",
            added('"nr-new":\n  title: "New"\n  section: "2"\n  summary: "New."\n'),
            None,
            "yunxin/nr-new: no rule",
            id="a clause without a rule",
        ),
        pytest.param(
            "policies/yunxin/clauses/data.yaml",
            added('"nr-new":\n  title: "New"\n  section: "2"\n  summary: "New."\n'),
            None,
            "yunxin/nr-new: no test and no case names it",
            id="a clause without a test",
        ),
        pytest.param(
            "policies/yunxin/parameters.json",
            replaced('"properties": {', '"properties": {"window.unit": {"type": "string"},'),
            None,
            "window.unit: no rule reads it",
            id="an unused parameter",
        ),
    ],
)
def test_a_breach(copy: Path, file: str, change: Callable[[str], str], at: str | None, message: str) -> None:
    path = copy / "rego" / file
    path.write_text(change(path.read_text()))
    place = f"rego/{file}" if at is None else f"rego/{file}:{line_of(path, at)}"
    assert f"{place}: {message}" in breaches(copy)


def test_an_export_that_is_missing(copy: Path) -> None:
    (copy / "rego" / "policies" / "router-one" / "silent.rego").unlink()
    assert breaches(copy) == ["rego/policies/router-one: no export outages"]


def test_a_decider_that_reads_another_list(copy: Path) -> None:
    said = copy / "rego" / "decider" / "outcome" / "said.rego"
    said.write_text(said.read_text().replace("data.policies[input.rules].outages", "data.policies[input.rules].holds"))
    found = breaches(copy)
    assert len(found) == 1
    assert found[0].startswith("rego/decider/outcome/said.rego: reads")
