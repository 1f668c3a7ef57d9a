"""The report as SARIF 2.1.0: what code hosts show at the lines of a change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import orjson

from decider.authoring.gate.report import CheckResult, Finding, Report, Status

__all__ = ["render"]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(report: Report) -> str:
    """Return a log with one run: a rule a check, a result a finding, a notification a check that does not apply."""
    names = [result.name for result in report.results]
    results = [
        _result(names.index(result.name), result, finding) for result in report.results for finding in result.findings
    ]
    absent = [result for result in report.results if result.status is Status.NOT_APPLICABLE]
    driver = {
        "name": "decider gate",
        "rules": [{"id": result.name, "shortDescription": {"text": result.title}} for result in report.results],
    }
    notes = [
        {
            "level": "note",
            "message": {"text": f"not applicable: {result.summary}"},
            "associatedRule": {"id": result.name, "index": names.index(result.name)},
        }
        for result in absent
    ]
    # the run went well, whatever it found
    invocation = {"executionSuccessful": True, "toolExecutionNotifications": notes}
    run = {
        "tool": {"driver": driver},
        "invocations": [invocation],
        "results": results,
        "columnKind": "unicodeCodePoints",
    }
    document = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()


def _result(index: int, result: CheckResult, finding: Finding) -> Mapping[str, Any]:
    text = f"{finding.message}\n{finding.hint}" if finding.hint else finding.message
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(finding.file) or "."}}
    if finding.line:
        place["region"] = {"startLine": finding.line}
    return {
        "ruleId": result.name,
        "ruleIndex": index,
        "level": "error",
        "message": {"text": text},
        "locations": [{"physicalLocation": place}],
    }
