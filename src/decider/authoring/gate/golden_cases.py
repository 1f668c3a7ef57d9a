"""The golden cases of a repository, with the place of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from decider.authoring.cases import Case, DocumentInvalid, Group, load_cases, with_versions
from decider.authoring.gate.bulk_evaluation import Questions
from decider.authoring.gate.report import Finding, NotApplicable
from decider.authoring.gate.source_locations import Places
from decider.v1 import decision_service_pb2
from decider.workspace import Workspace

__all__ = ["Golden", "questions_of", "read_golden"]

_DUE = "EvaluateRefund"


@dataclass
class Golden:
    """The cases, and what is wrong with files that cannot be read."""

    workspace: Workspace
    cases: list[Case] = field(default_factory=list)
    faults: list[Finding] = field(default_factory=list)
    _files: dict[str, Path] = field(default_factory=dict)
    _places: dict[Path, Places] = field(default_factory=dict)

    @property
    def due(self) -> Sequence[Case]:
        """The cases that an evaluation answers."""
        return [case for case in self.cases if case.rpc == _DUE]

    @property
    def not_due(self) -> Sequence[Case]:
        """Those of other rpcs."""
        return [case for case in self.cases if case.rpc != _DUE]

    def finding(self, case: Case, message: str, hint: str) -> Finding:
        """Say something about a case, in its place."""
        file = self._files[case.id]
        if file not in self._places:
            self._places[file] = Places(file)
        line = self._places[file].line_where("cases", "id", case.id)
        return Finding(self.workspace.name(file), line, f"{case.name} ({case.title}): {message}", hint)

    def read(self, file: Path) -> None:
        """Add the cases of a file, or the fault that keeps it from being read."""
        try:
            cases = load_cases(file)
        except DocumentInvalid as fault:
            self._fault(file, fault.message.removeprefix(f"{file}: "))
        except (LookupError, TypeError, ValueError, AttributeError) as fault:
            self._fault(file, f"not of the shape that the headers of the case files describe: {fault!r}")
        else:
            self.cases += cases
            self._files |= {case.id: file for case in cases}

    def _fault(self, file: Path, what: str) -> None:
        name = self.workspace.name(file)
        self.faults.append(Finding(name, 0, f"the cases cannot be read: {what}", "correct the file"))


def questions_of(
    workspace: Workspace,
    group: Group,
    requests: Sequence[decision_service_pb2.EvaluateRefundRequest],
    folder: Path,
) -> Questions:
    """Return the requests of a group with the policies that decide them; `folder` is for versions of its own."""
    rego = with_versions(workspace.rego, group, folder) if group.versions else workspace.rego
    return Questions(rego, requests, {group.policy_id: group.parameters} if group.parameters else {})


def read_golden(workspace: Workspace) -> Golden:
    """Read all cases of a repository. Raises NotApplicable where it has none."""
    if workspace.cases is None:
        raise NotApplicable("no golden cases: there is neither tests/cases/ nor cases/")
    golden = Golden(workspace)
    for file in sorted(workspace.cases.glob("*.yaml")):
        golden.read(file)
    if not golden.cases and not golden.faults:
        raise NotApplicable(f"no golden cases in {workspace.name(workspace.cases)}/")
    return golden
