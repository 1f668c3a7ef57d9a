"""A version in force must not change its decisions.

A change comes as a new version that starts after the notice that the policy promises (`notice_days` in its
policy/data.yaml), or the list of corrections gives its reason. A version that is not yet in force may change freely,
and so may anything that changes no decision and no parameter.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from decider.authoring.cases import DocumentInvalid
from decider.authoring.gate.bundle_findings import faults_of
from decider.authoring.gate.corrections import FILE, Correction, objection, read_corrections
from decider.authoring.gate.decision_diff import Case, Change, Side, changes
from decider.authoring.gate.effective_dates import date_faults, in_force
from decider.authoring.gate.golden_cases import read_golden
from decider.authoring.gate.report import Finding, NotApplicable, Outcome
from decider.authoring.gate.runner import Context
from decider.authoring.gate.source_locations import Places
from decider.authoring.gate.version_report import SHOWS, everything, examples, not_listed
from decider.bundle import PolicyInfo, load_bundle
from decider.errors import BundleInvalid
from decider.workspace import Workspace

__all__ = ["GENERATED", "check", "run"]

GENERATED = 1000  # requests for each policy; half a minute for two policies and two sides on two cores


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
    details, more = list[str](), list[str]()
    for key in sorted({*material, *pending}):
        change, entries = material.get(key), pending.get(key, [])
        told = _objection(change, entries)
        if change is not None:
            details += examples(change, stands=not told)
            more += everything(change, stands=not told)
        if told and entries:
            findings.append(_of_entry(context.workspace, entries[-1], told))
        elif change is not None and not entries:
            findings.append(not_listed(context, old, new, change))
    compared = {one.policy_id: one.of_cases + one.of_generated for one in found}
    summary = ", ".join(f"{number} requests of {policy_id}" for policy_id, number in sorted(compared.items()))
    return Outcome(findings, f"{summary or 'no file that decides differs'}, against {base.why}", details, more)


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
                found.setdefault(case.name, Case(case.name, case.message, case.title))
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
    hint = f"review the decisions that change; replace this entry by the one that {SHOWS} shows, or remove it"
    return Finding(workspace.name(file), line, f"the correction of {entry.policy} {entry.version} {told}", hint)
