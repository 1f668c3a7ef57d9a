"""Why policies cannot be served, as findings in the files at fault."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from decider.authoring.gate.report import Finding
from decider.authoring.gate.source_locations import line_of
from decider.errors import DeciderError
from decider.workspace import Workspace

__all__ = ["faults_of"]

# `policies/x/s1.rego:12`, or `policies/x/versions/data.yaml: 2026-04.parameters.window.days`
_PLACE = re.compile(r"(?P<file>[^:]+\.(?:rego|yaml|json))(?::(?P<line>\d+))?(?:: (?P<path>.+))?")
_HINT = "correct it; `decider policies --local` tells whether the policies can be served"


def faults_of(failure: DeciderError, workspace: Workspace, otherwise: Finding) -> Sequence[Finding]:
    """Return a finding for each fault that keeps the policies from being served; `otherwise` is for what has no file.

    Its place is taken, and what is wrong is added to its message.
    """
    findings = []
    for one in failure.violations:
        place = _PLACE.fullmatch(one.field)
        if place and (workspace.rego / place["file"]).is_file():
            what = f"{place['path']}: {one.description}" if place["path"] else one.description
            file = workspace.rego / place["file"]
            line = int(place["line"] or line_of(file.read_text(errors="replace"), place["path"] or ""))
            findings.append(Finding(workspace.name(file), line, what, _HINT))
        else:
            told = f"{otherwise.message}: {one.field}: {one.description}"
            findings.append(replace(otherwise, message=told, hint=otherwise.hint or _HINT))
    return findings or [replace(otherwise, message=f"{otherwise.message}: {failure.message}")]
