"""The dates of versions that a change may set."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from decider.authoring.gate.effective_dates import date_faults, in_force
from decider.bundle import PolicyInfo, PolicyVersion, Texts
from decider.workspace import Workspace

AS_OF = date(2026, 11, 25)
OLD = {"a": "2026-05-16T00:00:00Z"}
TOO_EARLY = (
    "version b of shop is to hold from 2026-12-08: too early for the 14 days of notice that the policy promises, "
    "counted from 2026-11-25"
)
LATER = {**OLD, "b": "2026-12-24T00:00:00Z"}


def policy(versions: dict[str, str], notice_days: int = 14) -> PolicyInfo:
    def instant(text: str) -> int:
        return int(datetime.fromisoformat(text).astimezone(UTC).timestamp()) * 10**9

    found = [PolicyVersion(name, instant(since), "shop", {}) for name, since in versions.items()]
    versions_by_date = tuple(sorted(found, key=lambda one: one.effective_from_ns))
    return PolicyInfo("shop", "Shop", versions_by_date, (), Texts({}, {}, {}, {}), notice_days)


@pytest.mark.parametrize(
    ("since", "held"),
    [("2026-11-25T00:00:00Z", True), ("2026-11-25T23:59:59Z", True), ("2026-11-26T00:00:00Z", False)],
)
def test_a_version_is_in_force_from_its_day(since: str, held: bool) -> None:
    assert bool(in_force(policy({"a": since}), AS_OF)) is held


@pytest.mark.parametrize(
    ("base", "now", "told"),
    [
        (policy(OLD), policy({**OLD, "b": "2026-12-09T00:00:00Z"}), ""),
        (policy(OLD), policy({**OLD, "b": "2026-12-08T23:59:59Z"}), "b of shop is to hold from 2026-12-08: too early"),
        (policy(OLD, 0), policy({**OLD, "b": "2026-11-25T00:00:00Z"}, 0), ""),
        (policy(OLD, 0), policy({**OLD, "b": "2026-11-24T00:00:00Z"}, 0), "in the past, counted from 2026-11-25"),
        (policy(OLD, 0), policy({**OLD, "b": "2026-12-01T00:00:00Z"}), "too early for the 14 days"),
        (policy(LATER), policy({**OLD, "b": "2026-12-01T00:00:00Z"}), "too early for the 14 days"),
        (policy(LATER), policy({**OLD, "b": "2027-01-01T00:00:00Z"}), ""),
        (policy({**OLD, "b": "2026-12-01T00:00:00Z"}), policy({**OLD, "b": "2026-12-01T00:00:00Z"}), ""),
        (policy(LATER), policy(OLD), ""),
        (policy(OLD), policy({"b": "2026-12-24T00:00:00Z"}), "a of shop is gone, and is in force since 2026-05-16"),
        (policy(OLD), policy({"a": "2026-05-17T00:00:00Z"}), "in force since 2026-05-16, and is now dated 2026-05-17"),
    ],
)
def test_the_dates_that_a_change_sets(tmp_path: Path, base: PolicyInfo, now: PolicyInfo, told: str) -> None:
    (tmp_path / "rego" / "policies").mkdir(parents=True)

    found = list(date_faults(base, now, AS_OF, Workspace.find(tmp_path)))

    assert [one.file for one in found] == (["rego/policies/shop/versions/data.yaml"] if told else [])
    assert all(told in one.message for one in found)


@pytest.mark.parametrize(
    ("since", "told"),
    [
        (None, ["the policy promises 0 days of notice, and 14 until now"]),
        ("2026-12-09T00:00:00Z", []),
        (
            "2026-12-08T00:00:00Z",
            [
                "the policy promises 0 days of notice, and 14 until now",
                TOO_EARLY,
            ],
        ),
    ],
)
def test_a_shorter_notice_is_announced_with_the_notice_of_the_base(
    tmp_path: Path, since: str | None, told: list[str]
) -> None:
    (tmp_path / "rego" / "policies").mkdir(parents=True)
    now = policy({**OLD, "b": since} if since else OLD, 0)

    assert [one.message for one in date_faults(policy(OLD), now, AS_OF, Workspace.find(tmp_path))] == told
