"""The report as JUnit XML, a test case a check: what CI servers show beside the tests."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from decider.gate.report import CheckResult, Finding, Report, Status

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
    for finding in result.findings:
        message = _writable(f"{finding.place}: {finding.message}" if finding.place else finding.message)
        # some servers show the message and others the text, so both say where
        ET.SubElement(case, "failure", type=result.name, message=message).text = _told(message, finding)
    if result.status is Status.NOT_APPLICABLE:
        ET.SubElement(case, "skipped", message=_writable(result.summary))
    if told := "\n".join([result.summary, *result.details]).strip():
        ET.SubElement(case, "system-out").text = _writable(told)


def _told(message: str, finding: Finding) -> str:
    return _writable(f"{message}\n{finding.hint}" if finding.hint else message)


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)
