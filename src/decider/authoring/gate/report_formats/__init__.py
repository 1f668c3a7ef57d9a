"""The gate's report as people and programs read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from decider.authoring.gate.report import Report
from decider.authoring.gate.report_formats import as_json, as_junit, as_markdown, as_sarif, as_text

__all__ = ["FORMATS"]

FORMATS: Mapping[str, Callable[[Report], str]] = {
    "text": as_text.render,
    "json": as_json.render,
    "junit": as_junit.render,
    "sarif": as_sarif.render,
    "markdown": as_markdown.render,
}
