"""A version in force must not change its decisions.

A change comes as a new version that starts after the notice that the policy promises (`notice_days` in its
policy/data.yaml), or the list of corrections gives its reason. A version that is not yet in force may change freely,
and so may anything that changes no decision and no parameter.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import orjson

from decider.authoring.cases import DocumentInvalid
from decider.authoring.gate.bundle_findings import faults_of
from decider.authoring.gate.corrections import FILE, Correction, as_entry, objection, read_corrections
from decider.authoring.gate.decision_diff import Case, Change, Difference, Side, changes
from decider.authoring.gate.effective_dates import date_faults, day_of, earliest, in_force, versions_file
from decider.authoring.gate.golden_cases import read_golden
from decider.authoring.gate.material_fields import FIELDS
from decider.authoring.gate.report import Finding, NotApplicable, Outcome
from decider.authoring.gate.runner import Context
from decider.authoring.gate.source_locations import Places
from decider.bundle import JSON, PolicyInfo, load_bundle
from decider.bundle.files import read_files
from decider.errors import BundleInvalid
from decider.workspace import Workspace

__all__ = ["GENERATED", "check", "run"]

GENERATED = 1000  # requests for each policy; half a minute for two policies and two sides on two cores
_NAMED = 8  # golden cases in a finding
_SHOWN = 20  # generated requests of a version; golden cases are all shown


def run(context: Context) -> Outcome:
    """Compare dates and decisions with the base."""
    return check(context, GENERATED)


def check(context: Context, generated: int) -> Outcome:
    """Compare dates, and decisions on golden cases and on `generated` requests for each policy, with the base."""
    base = context.needs_base()
    try:
        old = _side(base.workspace, context.opa)
    except BundleInvalid as failure:
        told = f"the policies of the base ({base.why}) cannot be read: {failure.message}"
        return Outcome([Finding("", 0, told, "name another one: --base REV")])
    try:
        new = _side(context.workspace, context.opa)
    except BundleInvalid as failure:
        return Outcome(list(faults_of(failure, context.workspace, Finding("", 0, "the policies cannot be read"))))
    findings: list[Finding] = []
    held: dict[str, list[str]] = {}
    for policy_id, policy in old.catalog.policies.items():
        names = [one.version for one in in_force(policy, context.as_of)]
        now = new.catalog.policies.get(policy_id)
        if now is None:
            findings += [_gone(context.workspace, policy)] if names else []
            continue
        findings += date_faults(policy, now, context.as_of, context.workspace)
        if names and {*names} <= {one.version for one in now.versions}:
            held[policy_id] = names
    found = changes(old, new, held, lambda: _cases(context), generated=generated, opa=context.opa)
    material = {(one.policy_id, one.version): one for one in found if one.material}
    pending, listed_wrong = _pending(context.workspace, base.workspace)
    findings += listed_wrong
    details: list[str] = []
    for key in sorted({*material, *pending}):
        change, entries = material.get(key), pending.get(key, [])
        told = _objection(change, entries)
        if change is not None:
            details += _details(change, stands=not told)
        if told and entries:
            findings.append(_of_entry(context.workspace, entries[-1], told))
        elif change is not None and not entries:
            findings.append(_Unasked(context, old, new, change).finding())
    compared = {one.policy_id: one.compared for one in found}
    summary = ", ".join(f"{number} requests of {policy_id}" for policy_id, number in sorted(compared.items()))
    return Outcome(findings, f"{summary or 'no file that decides differs'}, against {base.why}", details)


def _side(workspace: Workspace, opa: Path) -> Side:
    with tempfile.TemporaryDirectory(prefix="decider-side-") as folder:
        return Side(workspace.rego, load_bundle(workspace.rego, None, opa, Path(folder)).catalog)


def _gone(workspace: Workspace, policy: PolicyInfo) -> Finding:
    told = f"the policy {policy.policy_id} was removed, but a version of it is in force and judges purchases"
    return Finding(workspace.name(workspace.rego / "policies"), 0, told, "restore it")


def _cases(context: Context) -> list[Case]:
    """Return the requests of the golden cases, including those of the base that a change removed."""
    found: dict[str, Case] = {}
    for workspace in (context.workspace, context.needs_base().workspace):
        try:
            golden = read_golden(workspace)
        except NotApplicable:
            continue
        for case in golden.due:
            with suppress(DocumentInvalid):  # the check of the cases reports it
                found.setdefault(case.name, Case(case.name, case.message))
    return list(found.values())


def _pending(
    workspace: Workspace, base: Workspace
) -> tuple[Mapping[tuple[str, str], list[tuple[int, Correction]]], list[Finding]]:
    """Return the corrections added since the base, by version, each with its index in the list."""
    entries, faults = read_corrections(workspace)
    known, _ = read_corrections(base)
    pending: dict[tuple[str, str], list[tuple[int, Correction]]] = {}
    for index, entry in enumerate(entries):
        if entry not in known:
            pending.setdefault((entry.policy, entry.version), []).append((index, entry))
    return pending, faults


def _objection(change: Change | None, entries: Sequence[tuple[int, Correction]]) -> str:
    if not entries:
        return "" if change is None else "no correction"
    if change is None:
        return "matches no change: the version decides as at the base, or is not in force"
    return objection(change, [entry for _, entry in entries])


def _of_entry(workspace: Workspace, placed: tuple[int, Correction], told: str) -> Finding:
    file, (index, entry) = workspace.rego / FILE, placed
    line = Places(file).line("corrections", index)
    hint = "review the decisions that change; replace this entry by the one that the report shows, or remove it"
    return Finding(workspace.name(file), line, f"the correction of {entry.policy} {entry.version} {told}", hint)


def _details(change: Change, *, stands: bool) -> Iterator[str]:
    """List the changed decisions and, unless the change is accepted, the entry that would accept it."""
    yield f"{change.policy_id} {change.version} ({'a listed correction' if stands else 'not listed'}):"
    for name, (before, now) in sorted(change.parameters.items()):
        yield f"  {name}: {_shown(before)} → {_shown(now)}"
    for one in (*_weightiest(change.cases), *_weightiest(change.generated)[:_SHOWN]):
        yield f"  {one.name}: {'; '.join(one.what)}"
    if len(change.generated) > _SHOWN:
        yield f"  and {len(change.generated) - _SHOWN} more of {change.compared} requests compared"
    if change.smallest:
        yield f"  the shortest generated request that shows it: {change.smallest}"
    if not stands:
        yield f"  to accept the change, add this entry to {FILE}, with a reason:"
        yield from (f"  {line}" for line in as_entry(change))


def _weightiest(differences: Sequence[Difference]) -> Sequence[Difference]:
    """Order differences: errors first, then changed verdicts, and so on in the order of a decision's fields."""

    def weight(one: Difference) -> int:
        first = one.what[0].partition(" ")[0]
        return FIELDS.index(first) if first in FIELDS else -1

    return sorted(differences, key=weight)


def _shown(value: JSON) -> str:
    return orjson.dumps(value).decode()


def _some(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")


@dataclass(frozen=True)
class _Unasked:
    """A change of a version in force without a correction."""

    context: Context
    old: Side
    new: Side
    change: Change

    def finding(self) -> Finding:
        """Name the version, the change and its place."""
        change = self.change
        old, new = (side.catalog.policies[change.policy_id] for side in (self.old, self.new))
        first = earliest(old, new, self.context.as_of)
        since = next(day_of(one.effective_from_ns) for one in old.versions if one.version == change.version)
        file, line = self._place()
        listed = self.context.workspace.name(self.context.workspace.rego / FILE)
        return Finding(
            file,
            line,
            f"version {change.version} of {change.policy_id}, in force since {since}, {self._what()}",
            f"make the change in a new version that starts on {first} or later, or list it in {listed}; "
            f"the report shows the decisions and the entry",
        )

    def _what(self) -> str:
        change = self.change
        otherwise = [one.name for one in change.cases]
        told = [f"the golden {'case' if len(otherwise) == 1 else 'cases'} {_some(otherwise)}"] if otherwise else []
        told += [f"{len(change.generated)} of {change.compared} requests compared"] if change.generated else []
        values = ", ".join(
            f"{name} {_shown(before)} → {_shown(now)}" for name, (before, now) in sorted(change.parameters.items())
        )
        if told:
            return f"decides {' and '.join(told)} differently" + (f" ({values})" if values else "")
        return f"has changed parameters ({values}), although no compared decision changes"

    def _place(self) -> tuple[str, int]:
        """Return the line of the first changed parameter, else where the first changed file differs."""
        rego, workspace, change = self.context.workspace.rego, self.context.workspace, self.change
        file = versions_file(change.policy_id)
        if change.parameters:
            keys = (change.version, "parameters", min(change.parameters))
            return workspace.name(rego / file), Places(rego / file).line(*keys)
        old, new = read_files(self.old.rego, []), read_files(rego, [])
        own = f"policies/{change.policy_id}/"
        changed = sorted(
            (name for name in new if old.get(name) != new[name] and name.endswith((".rego", ".yaml"))),
            key=lambda name: (not name.startswith(own), not name.endswith(".rego"), name),
        )
        if not changed:
            return workspace.name(rego / file), Places(rego / file).line(change.version)
        before, now = (side.get(changed[0], b"").splitlines() for side in (old, new))
        same = next((at for at, pair in enumerate(zip(before, now, strict=False)) if pair[0] != pair[1]), len(before))
        return workspace.name(rego / changed[0]), min(same, len(now) - 1) + 1
