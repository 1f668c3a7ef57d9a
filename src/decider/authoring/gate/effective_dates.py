"""The dates of versions: which are in force, and which a change may still set.

A version is in force on a day if its effective date is that day or earlier, in UTC. One that is announced on a day may
hold from midnight (UTC) at the beginning of the day `notice_days` later.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from decider.authoring.gate.report import Finding
from decider.authoring.gate.source_locations import Places
from decider.bundle import PolicyInfo, PolicyVersion
from decider.workspace import Workspace

__all__ = ["date_faults", "day_of", "earliest", "in_force", "versions_file"]

_SECOND = 1_000_000_000


def in_force(policy: PolicyInfo, as_of: date) -> Sequence[PolicyVersion]:
    """Return the versions of a policy that are in force on a day, the oldest first."""
    return [version for version in policy.versions if version.effective_from_ns < _starts(as_of + timedelta(days=1))]


def earliest(base: PolicyInfo, policy: PolicyInfo, as_of: date) -> date:
    """Return the first day from which a version announced on `as_of` may hold.

    The longer promise counts: to shorten the notice does not shorten that of the change which comes with it.
    """
    return as_of + timedelta(days=max(base.notice_days, policy.notice_days))


def date_faults(base: PolicyInfo, policy: PolicyInfo, as_of: date, workspace: Workspace) -> Iterator[Finding]:
    """Find versions that are dated too early, versions in force that are gone or dated otherwise, and a shorter notice.

    A shorter notice is a change of the policy, too: it comes with a new version that keeps the old notice.
    """
    file = versions_file(policy.policy_id)
    places = Places(workspace.rego / file)
    name = workspace.name(workspace.rego / file)
    first = earliest(base, policy, as_of)
    notice = (first - as_of).days
    before = {version.version: version for version in base.versions}
    now = {version.version: version for version in policy.versions}
    held = {version.version for version in in_force(base, as_of)}
    announced = any(one.version not in before and one.effective_from_ns >= _starts(first) for one in policy.versions)
    if policy.notice_days < base.notice_days and not announced:
        about = workspace.rego / f"policies/{policy.policy_id}/policy/data.yaml"
        told = f"the policy promises {policy.notice_days} days of notice, and {base.notice_days} until now"
        hint = f"bring the promise back; or announce the change with a new version that starts on {first} or later"
        yield Finding(workspace.name(about), Places(about).line("notice_days"), told, hint)
    for gone in sorted(held - now.keys()):
        since = day_of(before[gone].effective_from_ns)
        told = (
            f"version {gone} of {policy.policy_id} is gone, and is in force since {since}: purchases are judged by it"
        )
        yield Finding(name, 1, told, "bring it back; what ends a version is a newer one")
    for version in policy.versions:
        old = before.get(version.version)
        since_ns = version.effective_from_ns
        if old is not None and old.effective_from_ns == since_ns:
            continue
        line = places.line(version.version, "effective_from")
        what = f"version {version.version} of {policy.policy_id}"
        if version.version in held and old is not None:
            told = f"{what} is in force since {day_of(old.effective_from_ns)}, and is now dated {day_of(since_ns)}"
            yield Finding(name, line, told, "give it back its date; a change takes a new version")
        elif since_ns < _starts(first) and (old is None or since_ns < old.effective_from_ns):
            early = f"too early for the {notice} days of notice that the policy promises" if notice else "in the past"
            told = f"{what} is to hold from {day_of(since_ns)}: {early}, counted from {as_of}"
            yield Finding(name, line, told, f"set effective_from to {first}T00:00:00Z or later")


def versions_file(policy_id: str) -> str:
    """Return the file, relative to the folder of the policies, that the versions of a policy stand in."""
    return f"policies/{policy_id}/versions/data.yaml"


def day_of(instant_ns: int) -> date:
    """Return the day (UTC) of an instant."""
    return datetime.fromtimestamp(instant_ns // _SECOND, UTC).date()


def _starts(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * _SECOND
