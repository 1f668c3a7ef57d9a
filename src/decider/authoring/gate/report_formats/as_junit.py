"""The report as JUnit XML, a test case a check: what CI servers show beside the tests."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from decider.authoring.gate.report import CheckResult, Finding, Report, Status

__all__ = ["render"]

# XML 1.0 has no way to write these
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report) -> str:
    """Return a test suite named `decider gate`."""
    suite = ET.Element(
        "testsuite",
        name="decider gate",
        tests=str(len(report.results)),
        failures=str(sum(result.status is Status.FAILED for result in report.results)),
        errors="0",
        skipped=str(sum(result.status is Status.NOT_APPLICABLE for result in report.results)),
        time=f"{sum(result.seconds for result in report.results):.3f}",
    )
    for result in report.results:
        _add(suite, result)
    suites = ET.Element("testsuites")
    suites.append(suite)
    ET.indent(suites)
    return ET.tostring(suites, encoding="unicode", xml_declaration=True) + "\n"


def _add(suite: ET.Element, result: CheckResult) -> None:
    case = ET.SubElement(suite, "testcase", classname="gate", name=result.name, time=f"{result.seconds:.3f}")
    if result.findings:
        told = [_told(finding) for finding in result.findings]
        count = f" (and {len(told) - 1} more)" if len(told) > 1 else ""
        # a case has one failure at most; some servers show its message, others its text, so both say where
        failure = ET.SubElement(case, "failure", type=result.name, message=told[0].partition("\n")[0] + count)
        failure.text = "\n".join(told)
    if result.status is Status.NOT_APPLICABLE:
        ET.SubElement(case, "skipped", message=_writable(result.summary))
    if looked_at := "\n".join([result.summary, *result.details]).strip():
        ET.SubElement(case, "system-out").text = _writable(looked_at)


def _told(finding: Finding) -> str:
    message = f"{finding.place}: {finding.message}" if finding.place else finding.message
    return _writable(f"{message}\n  {finding.hint}" if finding.hint else message)


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)
