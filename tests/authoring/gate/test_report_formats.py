"""Each format of the report says what failed and where, and is read back by a library that others use."""

from __future__ import annotations

import json

import pytest
from junitparser import Failure, JUnitXml, Skipped, TestSuite
from sarif_pydantic import Sarif

from decider.authoring.gate.report import CheckResult, Finding, Report, Status
from decider.authoring.gate.report_formats import FORMATS

REPORT = Report(
    [
        CheckResult("fmt", "Formatting", Status.PASSED, 1.25, "85 files"),
        CheckResult(
            "clauses",
            "Clauses",
            Status.FAILED,
            0.5,
            findings=[
                Finding("rego/a b.rego", 7, "<cites> yunxin/*nr*, which no clause list holds", "cite & list"),
                Finding("", 0, "a program ended\x1b[31m with\x00 1"),
            ],
            details=["| old | new |"],
        ),
        CheckResult("stubs", "Stubs", Status.NOT_APPLICABLE, 0.0, "no proto/ here"),
    ],
    "compared with 0123456789ab (merge base with main)",
)


def test_text() -> None:
    assert FORMATS["text"](REPORT) == (
        "ok      fmt              1.2 s  85 files\n"
        "FAILED  clauses          0.5 s  2 findings\n"
        "        rego/a b.rego:7: <cites> yunxin/*nr*, which no clause list holds\n"
        "          -> cite & list\n"
        "        a program ended\x1b[31m with\x00 1\n"
        "        | old | new |\n"
        "n/a     stubs            0.0 s  not applicable: no proto/ here\n"
        "\n"
        "compared with 0123456789ab (merge base with main)\n"
        "gate FAILED: 1 passed, 1 failed, 1 not applicable (1.8 s)\n"
    )


def test_json() -> None:
    document = json.loads(FORMATS["json"](REPORT))

    assert (document["passed"], document["base"]) == (False, REPORT.base)
    assert [check["status"] for check in document["checks"]] == ["passed", "failed", "not applicable"]
    assert document["checks"][1]["findings"][0] == {
        "file": "rego/a b.rego",
        "line": 7,
        "message": "<cites> yunxin/*nr*, which no clause list holds",
        "hint": "cite & list",
    }


def test_junit_is_read_back() -> None:
    [suite] = JUnitXml.fromstring(FORMATS["junit"](REPORT).encode())

    assert isinstance(suite, TestSuite)
    assert (suite.name, suite.tests, suite.failures, suite.skipped) == ("decider gate", 3, 1, 1)
    passed, failed, skipped = suite
    assert (passed.name, passed.time, passed.result) == ("fmt", 1.25, [])
    [failure] = failed.result
    assert isinstance(failure, Failure)
    assert failure.message == "rego/a b.rego:7: <cites> yunxin/*nr*, which no clause list holds (and 1 more)"
    assert "cite & list" in (failure.text or "")
    assert "a program ended\ufffd[31m with\ufffd 1" in (failure.text or "")
    assert failed.system_out == "| old | new |"
    assert [type(one) for one in skipped.result] == [Skipped]


def test_sarif_is_read_back() -> None:
    [run] = Sarif.model_validate_json(FORMATS["sarif"](REPORT)).runs

    assert [rule.id for rule in run.tool.driver.rules or []] == ["fmt", "clauses", "stubs"]
    first, second = run.results or []
    assert (first.rule_id, first.rule_index, first.level) == ("clauses", 1, "error")
    [place] = first.locations or []
    assert place.physical_location is not None
    assert place.physical_location.artifact_location is not None
    assert place.physical_location.artifact_location.uri == "rego/a%20b.rego"
    assert place.physical_location.region is not None
    assert place.physical_location.region.start_line == 7
    assert second.message.text == "a program ended\x1b[31m with\x00 1"
    [invocation] = run.invocations or []
    assert invocation.execution_successful
    [note] = (invocation.model_extra or {})["toolExecutionNotifications"]  # which the library does not know
    assert note["message"]["text"] == "not applicable: no proto/ here"


def test_markdown() -> None:
    lines = FORMATS["markdown"](REPORT).splitlines()

    assert lines[0] == "## Gate failed"
    assert "| clauses | **failed** | 0.5 |  |" in lines
    assert "- `rego/a b.rego:7`: \\<cites\\> yunxin/\\*nr\\*, which no clause list holds (cite & list)" in lines
    assert "| old | new |" in lines[lines.index("```text") :]


@pytest.mark.parametrize("form", FORMATS)
def test_a_report_of_nothing(form: str) -> None:
    assert FORMATS[form](Report([], "compared with nothing: no reason"))
