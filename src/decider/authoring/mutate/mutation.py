"""Mutation testing of a policy repository, put together: what there is to try, trying it, and the report."""

from __future__ import annotations

import asyncio
import hashlib
import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import decider
from decider.authoring.cases import Case, Document, DocumentInvalid, load_folder, read_document
from decider.authoring.mutate.counterexamples import Witnesses
from decider.authoring.mutate.kept_results import Fate, Results, default_folder
from decider.authoring.mutate.mutants import Mutant
from decider.authoring.mutate.plan import Touched, make_plan
from decider.authoring.mutate.policy_files import MutationFault, Policies
from decider.authoring.mutate.running import Told, try_mutants
from decider.authoring.mutate.score import MutationReport, report_of
from decider.authoring.mutate.waivers import read_waivers, stale, waived_keys
from decider.engine import OPA_VERSION
from decider.revisions import changed_lines
from decider.workspace import Workspace

__all__ = ["Mutation", "cores"]


class Mutation:
    """The mutants of a policy repository, and what is known of them so far."""

    def __init__(
        self,
        workspace: Workspace,
        opa: Path,
        *,
        revision: str | None = None,
        only: Sequence[str] = (),
        results: Path | None = None,
    ) -> None:
        """Make the mutants of all rules and parameters, or of those changed since a `revision`.

        `only` is what the paths of their files, below the folder of the policies, may begin with. `results` is the
        folder in which results are kept. Raises MutationFault, ProgramFailed, and RevisionFault if the revision cannot
        be read.
        """
        touched = None if revision is None else _touched(workspace, revision)
        self._opa = opa
        self._policies = Policies.read(workspace.rego)
        self._cases, self._bases = _cases(workspace)
        self._waivers = read_waivers(workspace.rego)
        self._plan = make_plan(self._policies, opa, touched=touched, only=only)
        self._waived = waived_keys(self._waivers, self.mutants)
        self._results = Results(results or default_folder(), _state(self._policies, workspace))

    @property
    def mutants(self) -> Sequence[Mutant]:
        """All mutants."""
        return self._plan.mutants

    def pending(self, *, inputs: bool = True) -> Sequence[Mutant]:
        """Return the mutants that have to be tried; with `inputs`, survivors too that no input was looked for."""
        return [mutant for mutant in self.mutants if not self._known(mutant, inputs=inputs)]

    def _known(self, mutant: Mutant, *, inputs: bool) -> bool:
        result = self._results.found.get(mutant.key)
        if result is None:
            return False
        looked = result.fate is not Fate.SURVIVED or result.case is not None or mutant.key in self._waived
        return looked or not inputs

    def run(self, told: Told, *, jobs: int, inputs: bool = True) -> MutationReport:
        """Try the mutants that are pending, `jobs` side by side, and report on all.

        With `inputs`, look for the input that tells a survivor from the original. Whatever was found is kept, also
        where the run is stopped. Raises MutationFault.
        """
        start = time.monotonic()
        pending = self.pending(inputs=inputs)
        if pending:
            witnesses = Witnesses(self._policies, self._bases) if inputs else None
            trying = try_mutants(
                self._policies,
                self._cases,
                self._plan,
                pending,
                self._opa,
                self._results,
                told,
                jobs=jobs,
                waived=self._waived,
                witnesses=witnesses,
            )
            _whole(trying)
        found = self._results.found
        wrong = stale(self._waivers, self.mutants, found, self._plan.partial)
        return report_of(self.mutants, found, self._waived, wrong, time.monotonic() - start)


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _whole(trying: object) -> None:
    """Run to the end; if several jobs fail, raise the fault of the first."""
    try:
        asyncio.run(trying)  # type: ignore[arg-type] # a coroutine
    except ExceptionGroup as failed:
        fault = failed.exceptions[0]
        raise fault from None


def _touched(workspace: Workspace, revision: str) -> Touched:
    """Return the changed lines of the policies, by name below their folder."""
    prefix = "" if workspace.rego == workspace.root else f"{workspace.name(workspace.rego)}/"
    lines = changed_lines(workspace.root, revision)
    return {name.removeprefix(prefix): rows for name, rows in lines.items() if name.startswith(prefix)}


def _cases(workspace: Workspace) -> tuple[Sequence[Case], Mapping[str, Document]]:
    """Return the golden cases, and what those of each policy start from."""
    if workspace.cases is None:
        return [], {}
    bases: dict[str, Document] = {}
    try:
        cases = load_folder(workspace.cases)
        for file in sorted(workspace.cases.glob("*.yaml")):
            document = read_document(file)
            if isinstance(document, dict) and isinstance(document.get("base"), dict):
                bases.setdefault(str(document["policy_id"]), document["base"])
    except DocumentInvalid as fault:
        raise MutationFault(str(fault)) from None
    return cases, bases


def _state(policies: Policies, workspace: Workspace) -> str:
    """Digest whatever the fate of a mutant hangs on: the policies, their tests, the cases, this program, OPA."""
    total = hashlib.sha256(OPA_VERSION.encode())
    files = {f"rego/{name}": content for name, content in {**policies.files, **policies.tests}.items()}
    package = Path(decider.__file__).parent
    files |= {f"src/{path.relative_to(package)}": path.read_bytes() for path in sorted(package.rglob("*.py"))}
    if workspace.cases is not None:
        files |= {f"cases/{path.name}": path.read_bytes() for path in sorted(workspace.cases.glob("*.yaml"))}
    for name in sorted(files):
        total.update(f"{name}\0{len(files[name])}\0".encode())
        total.update(files[name])
    return total.hexdigest()[:24]
