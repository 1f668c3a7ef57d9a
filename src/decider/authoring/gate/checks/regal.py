"""The Rego is in good style: Regal finds nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from decider.authoring.gate.report import CannotCheck, Finding, Outcome
from decider.authoring.gate.runner import Context
from decider.authoring.gate.source_locations import located
from decider.authoring.gate.workspace_files import read_text
from decider.authoring.opa import printed
from decider.authoring.opa import run as run_program
from decider.authoring.rego_syntax import rego_files
from decider.shipped import shipped
from decider.tools import ToolMissing, find_tool

__all__ = ["run"]

_SWITCHED_OFF = re.compile(r"#\s*regal ignore:(.+)")
_REASON = "keep to the rule; or write the reason in front, in the same comment: # <reason>, regal ignore:<rule>"


def run(context: Context) -> Outcome:
    """Lint under the workspace's own settings, else under those that ship with the package."""
    try:
        regal = find_tool("regal")
    except ToolMissing as missing:
        raise CannotCheck(str(missing), hint="decider tools install") from None
    workspace = context.workspace
    own = workspace.root / ".regal" / "config.yaml"
    settings = own if own.is_file() else shipped("regal.yaml")
    rego = workspace.name(workspace.rego)
    # a virtual environment in a hidden folder beside the policies holds those that ship
    options = ("--format", "json", "--ignore-files", "**/.*/**", "--config-file", settings)
    done = run_program([regal, "lint", *options, rego], workspace.root)
    try:
        report = json.loads(done.stdout or done.stderr)
    except json.JSONDecodeError:
        raise CannotCheck(f"regal lint failed: {printed(done)}") from None
    if "violations" not in report:
        errors = " ".join(" ".join(report.get("errors", [])).split())
        place = located(errors.rpartition("error occurred: ")[2], hint="make it valid Rego")
        raise CannotCheck(f"regal lint failed: {place.message}", file=place.file, line=place.line, hint=place.hint)
    findings = [
        Finding(
            one["location"]["file"],
            one["location"]["row"],
            f"{one['description']} ({one['category']}/{one['title']})",
            _documentation(one),
        )
        for one in report["violations"]
    ]
    findings += _switched_off(context)
    count = report.get("summary", {}).get("files_scanned", 0)
    if not count:
        raise CannotCheck("no Rego file", file=rego)
    return Outcome(findings, f"{count} files")


def _switched_off(context: Context) -> Iterator[Finding]:
    """Find the comments that switch Regal off and give no reason."""
    for name in rego_files(context.workspace.rego):
        file = context.workspace.rego / name
        for number, line in enumerate(read_text(context, file).splitlines(), 1):
            if found := _SWITCHED_OFF.search(line):
                told = f"switches Regal off for {found[1].strip()} without a reason"
                yield Finding(context.workspace.name(file), number, told, _REASON)


def _documentation(violation: dict[str, list[dict[str, str]]]) -> str:
    resources = violation.get("related_resources", [])
    return next((f"see {one['ref']}" for one in resources if one.get("ref")), "")
