"""Compare the decisions under the versions in force, before and after a change.

Both sides contain only the versions in force, so that a later version cannot affect the comparison. Every difference is
therefore a change under a version on which customers rely.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import orjson

from decider.authoring.cases import Document, to_message
from decider.authoring.gate.bulk_evaluation import Decided, Questions, decide_each
from decider.authoring.gate.changed_decisions import Difference, difference
from decider.authoring.gate.effective_dates import versions_file
from decider.authoring.gate.material_fields import essence
from decider.authoring.generate import generate, scope_of
from decider.bundle import JSON, Catalog, PolicyInfo
from decider.bundle.files import read_files
from decider.bundle.yaml_core import parse_yaml
from decider.errors import DeciderError
from decider.v1 import decision_service_pb2

__all__ = ["Case", "Change", "Side", "changes", "files_of"]

_SEED = 20260516
_POLICY = re.compile(r"policies/([^/]+)/")


@dataclass(frozen=True)
class Side:
    """One side of the comparison: a folder of policies and its catalog."""

    rego: Path
    catalog: Catalog


@dataclass(frozen=True)
class Case:
    """A named request; `document` is the JSON document of a generated request."""

    name: str
    request: decision_service_pb2.EvaluateRefundRequest
    title: str = ""
    document: str = ""


@dataclass(frozen=True)
class _Row:
    case: Case
    old: Decided
    new: Decided

    @property
    def difference(self) -> Difference:
        return difference(self.case.name, self.case.title, self.old, self.new)


@dataclass(frozen=True)
class Change:
    """The changes of one version: golden cases and generated requests with changed decisions, and changed parameters.

    `of_cases` and `of_generated` count the requests that were compared. `decides` is a digest of the version's new
    decisions on the generated requests. `smallest` is the shortest generated request whose decision changed.
    """

    policy_id: str
    version: str
    of_cases: int
    of_generated: int
    cases: Sequence[Difference]
    generated: Sequence[Difference]
    parameters: Mapping[str, tuple[JSON, JSON]]
    decides: str
    smallest: str = ""

    @property
    def material(self) -> bool:
        """Whether any decision or parameter changed."""
        return bool(self.cases or self.generated or self.parameters)


def changes(
    base: Side,
    new: Side,
    held: Mapping[str, Sequence[str]],
    cases: Callable[[], Sequence[Case]],
    *,
    generated: int,
    opa: Path,
) -> list[Change]:
    """Decide the cases and `generated` generated requests for each policy on both sides, and return what changed.

    `held` names the versions in force of each policy; both sides have them. A policy whose files are the same on both
    sides is skipped. If all are skipped, `cases` are not read. Raises EngineUnavailable.
    """
    with tempfile.TemporaryDirectory(prefix="decider-behaviour-") as folder:
        before = _cut(base.rego, held, Path(folder, "base"))
        after = _cut(new.rego, held, Path(folder, "new"))
        touched = {one: held[one] for one in sorted(held) if files_of(before, one) != files_of(after, one)}
        golden = cases() if touched else ()
        asked = {
            policy_id: [
                *(case for case in golden if case.request.request.policy_id == policy_id),
                *_made_up(new.catalog, policy_id, names, generated),
            ]
            for policy_id, names in touched.items()
        }
        rows = _decided(before, after, [one for each in asked.values() for one in each], opa)
    found = []
    for policy_id, names in touched.items():
        of_policy = [next(rows) for _ in asked[policy_id]]
        old, now = base.catalog.policies[policy_id], new.catalog.policies[policy_id]
        found += [_of_version(of_policy, names, old, now, name) for name in names]
    return found


def _cut(rego: Path, held: Mapping[str, Sequence[str]], folder: Path) -> Path:
    """Copy the policies to `folder` with only the versions in force."""
    shutil.copytree(rego, folder)
    for policy_id, names in held.items():
        file = folder / versions_file(policy_id)
        versions = parse_yaml(file.read_bytes())
        if isinstance(versions, dict):  # always so, since the bundle could be read
            file.write_bytes(orjson.dumps({name: versions[name] for name in names}))
    return folder


def files_of(rego: Path, policy_id: str) -> Mapping[str, bytes]:
    """Return the files that decide for a policy: those of its folders and all shared files."""
    versions = parse_yaml((rego / versions_file(policy_id)).read_bytes())
    entries = versions.values() if isinstance(versions, dict) else ()
    rules = {str(entry.get("rules")) for entry in entries if isinstance(entry, dict)}
    return {
        name: content
        for name, content in read_files(rego, []).items()
        if not (of := _POLICY.match(name)) or of[1] in {policy_id, *rules}
    }


def _made_up(catalog: Catalog, policy_id: str, names: Sequence[str], count: int) -> Iterator[Case]:
    policy = catalog.policies[policy_id]
    versions = tuple(version for version in policy.versions if version.version in names)
    cut = replace(catalog, policies={policy_id: replace(policy, versions=versions)})
    scope = scope_of(cut, policy_id)
    for number in range(count):
        made: Document = generate(Random(f"{_SEED} {policy_id} {number}"), scope)  # noqa: S311 (to be repeatable)
        yield Case(f"generated {number}", to_message(made), document=orjson.dumps(made).decode())


def _decided(before: Path, after: Path, cases: Sequence[Case], opa: Path) -> Iterator[_Row]:
    requests = [one.request for one in cases]
    sides = []
    for side in decide_each([Questions(before, requests), Questions(after, requests)], opa):
        if isinstance(side, DeciderError):
            raise side
        sides.append(side)
    return (_Row(case, old, new) for case, old, new in zip(cases, *sides, strict=True))


def _of_version(rows: Sequence[_Row], names: Sequence[str], old: PolicyInfo, new: PolicyInfo, version: str) -> Change:
    def owns(outcome: Decided) -> bool:
        # An error names no version, so it counts for the newest.
        named = "" if isinstance(outcome, DeciderError) else outcome.policy.version
        return version == (named if named in names else names[-1])

    changed = [row for row in rows if owns(row.old) and essence(row.old) != essence(row.new)]
    decides = hashlib.sha256()
    for row in rows:
        if row.case.document and owns(row.new):
            decides.update(f"{row.case.name}\0".encode() + essence(row.new) + b"\0")
    return Change(
        policy_id=new.policy_id,
        version=version,
        of_cases=sum(not row.case.document for row in rows),
        of_generated=sum(bool(row.case.document) for row in rows),
        cases=[row.difference for row in changed if not row.case.document],
        generated=[row.difference for row in changed if row.case.document],
        parameters=_parameters(old, new, version),
        decides=f"sha256:{decides.hexdigest()}",
        smallest=min((row.case.document for row in changed if row.case.document), key=len, default=""),
    )


def _parameters(old: PolicyInfo, new: PolicyInfo, version: str) -> Mapping[str, tuple[JSON, JSON]]:
    """Return the parameters of a version, known to both sides, whose values differ apart from the order of lists."""
    [before], [after] = ([one for one in each.versions if one.version == version] for each in (old, new))
    both = {
        name: (parameter.value, after.parameters[name].value)
        for name, parameter in before.parameters.items()
        if name in after.parameters
    }
    return {name: values for name, values in both.items() if _unordered(values[0]) != _unordered(values[1])}


def _unordered(value: JSON) -> JSON:
    return sorted(map(str, value)) if isinstance(value, list) else value
