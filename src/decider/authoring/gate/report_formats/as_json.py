"""The report as one JSON document."""

from __future__ import annotations

from dataclasses import asdict

import orjson

from decider.authoring.gate.report import Report

__all__ = ["render"]


def render(report: Report) -> str:
    """Return `{passed, base, checks: [{name, title, status, seconds, summary, findings, details, more}]}`."""
    document = {"passed": report.passed, "base": report.base, "checks": [asdict(result) for result in report.results]}
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()
