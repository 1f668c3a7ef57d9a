"""Reports in words how a change affects a version in force: a sentence, the plainest examples, and all on request."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import orjson

from decider.authoring.gate.changed_decisions import Difference, effects, plainest
from decider.authoring.gate.corrections import FILE, as_entry
from decider.authoring.gate.decision_diff import Change, Side, files_of
from decider.authoring.gate.effective_dates import day_of, earliest, versions_file
from decider.authoring.gate.report import Finding
from decider.authoring.gate.runner import Context
from decider.authoring.gate.source_locations import Places
from decider.bundle import JSON

__all__ = ["SHOWS", "everything", "examples", "not_listed"]

# The command that lists every changed decision, and the entry that accepts them.
SHOWS = "`decider gate --only versions --details`"
_EXAMPLES = 3
_FIELDS = 4  # of an example
_TOLD_FIRST = ("verdict ", "disposition ", "amount ", "citations ")


def not_listed(context: Context, old: Side, new: Side, change: Change) -> Finding:
    """Name a change of a version in force that has no correction, what it does, and its place."""
    before, now = (side.catalog.policies[change.policy_id] for side in (old, new))
    since = next(day_of(one.effective_from_ns) for one in before.versions if one.version == change.version)
    first = earliest(before, now, context.as_of)
    name = _changed_file(context, old, change)
    listed = context.workspace.name(context.workspace.rego / FILE)
    return Finding(
        context.workspace.name(context.workspace.rego / name),
        _line(context, old, change, name),
        f"version {change.version} of {change.policy_id}, in force since {since}, {_sentence(change)}",
        f"{_instead(change, name, first)}; or, if the decisions were wrong until now, list the change in {listed}: "
        f"{SHOWS} shows the entry",
    )


def examples(change: Change, *, stands: bool) -> Iterator[str]:
    """Show the plainest of the changed decisions."""
    status = f"a listed correction that {_sentence(change)}" if stands else "for example"
    yield f"{change.policy_id} {change.version}, {status}:"
    changed = [*change.cases, *change.generated]
    chosen = plainest(change.cases or change.generated, _EXAMPLES)
    for one in chosen:
        yield f"  {_name(one)}"
        shown = sorted(one.what, key=lambda line: not line.startswith(_TOLD_FIRST))[:_FIELDS]
        yield from (f"    {line}" for line in shown)
        if rest := [line.partition(" ")[0] for line in one.what if line not in shown]:
            yield f"    and {', '.join(rest)}"
    if len(changed) > len(chosen):
        yield f"  and {len(changed) - len(chosen):,} more: {SHOWS} lists them"


def everything(change: Change, *, stands: bool) -> Iterator[str]:
    """List all changed decisions and, unless the change is accepted, the entry that would accept it."""
    yield f"{change.policy_id} {change.version}, every changed decision:"
    for one in (*change.cases, *change.generated):
        yield f"  {_name(one)}: {'; '.join(one.what)}"
    if change.smallest:
        yield f"  the shortest generated request among them: {change.smallest}"
    if not stands:
        yield f"  to accept the change, add this entry to {FILE}, with a reason:"
        yield from (f"  {line}" for line in as_entry(change))


def _name(one: Difference) -> str:
    return f"{one.name} ({one.title})" if one.title else one.name


def _sentence(change: Change) -> str:
    counts = [
        f"{len(changed):,} of {total:,} {kind}"
        for changed, total, kind in (
            (change.cases, change.of_cases, "golden cases"),
            (change.generated, change.of_generated, "generated requests"),
        )
        if changed
    ]
    values = ", ".join(
        f"{name} {_shown(before)} → {_shown(now)}" for name, (before, now) in sorted(change.parameters.items())
    )
    if not counts:
        return f"has changed parameters ({values}), although no compared decision changes"
    told = effects([*change.cases, *change.generated])
    return f"decides {' and '.join(counts)} differently: {told}" + (f" ({values})" if values else "")


def _instead(change: Change, name: str, first: date) -> str:
    """Say how to make such a change: a value belongs to a new version; a parameter decides in what versions share."""
    if change.parameters:
        return f"make the change in a new version that starts on {first} or later"
    parameter = "let a parameter decide, whose value in the versions in force changes nothing"
    if name.startswith("policies/"):
        shared = f"every version of {change.policy_id} shares this file: undo the change, {parameter}"
        return f"{shared}, or give the new version a folder of its own (`rules`)"
    return f"every policy and every version shares this file: undo the change, or {parameter}"


def _changed_file(context: Context, old: Side, change: Change) -> str:
    """Return the file with the change: that of the versions if a parameter changed, else the first that differs."""
    if change.parameters:
        return versions_file(change.policy_id)
    before, now = (files_of(rego, change.policy_id) for rego in (old.rego, context.workspace.rego))
    changed = (name for name in now if before.get(name) != now[name] and name.endswith((".rego", ".yaml")))
    ordered = sorted(changed, key=lambda name: (not name.startswith("policies/"), not name.endswith(".rego"), name))
    return ordered[0] if ordered else versions_file(change.policy_id)


def _line(context: Context, old: Side, change: Change, name: str) -> int:
    """Return the line of the first changed parameter, else the first line that differs."""
    file = context.workspace.rego / name
    if change.parameters:
        return Places(file).line(change.version, "parameters", min(change.parameters))
    before = (old.rego / name).read_bytes().splitlines() if (old.rego / name).is_file() else []
    now = file.read_bytes().splitlines()
    same = next((at for at, pair in enumerate(zip(before, now, strict=False)) if pair[0] != pair[1]), len(before))
    return max(min(same, len(now) - 1), 0) + 1


def _shown(value: JSON) -> str:
    return orjson.dumps(value).decode()
