"""The check of the golden cases finds a wrong rule by the case that it breaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from decider.authoring.gate.checks import cases
from decider.authoring.gate.report import NotApplicable
from support.policy_copies import context, copy_of, edit

WINDOW = "rego/lib/window/window.rego"
SCOPE = "rego/rulebook/scope.rego"
_RULE = 'contains {"item": lot.id, "code": "not_in_scope"'
DROPPED = (f"exclusions {_RULE}", f"_dropped {_RULE}")
AGREEMENTS = "rego/rulebook/agreements.rego"


def test_cases_under_other_parameters_and_versions_pass(tmp_path: Path) -> None:
    outcome = cases.run(context(copy_of(tmp_path, "R01", "R70", "R79", "R88")))

    assert outcome.findings == []
    assert outcome.summary.endswith("of other rpcs not due: R79/step0, R79/step1, R79/step2")


@pytest.mark.parametrize(
    ("file", "old", "new", "caught_by"),
    [
        pytest.param(WINDOW, "lot.age_ns <= _length_ns", "lot.age_ns < _length_ns", "R08", id="wrong boundary"),
        pytest.param(SCOPE, *DROPPED, "R89", id="dropped exclusion"),
        pytest.param(AGREEMENTS, "lot.currency == least", "lot.currency != least", "R43", id="swapped currency"),
    ],
)
def test_a_wrong_rule_is_named_by_its_case(tmp_path: Path, file: str, old: str, new: str, caught_by: str) -> None:
    workspace = copy_of(tmp_path, caught_by)
    edit(tmp_path / file, old, new)

    [finding] = cases.run(context(workspace)).findings

    assert finding.message.startswith(f"{caught_by} (")
    assert finding.file == "tests/cases/router_one.yaml"
    assert f"- id: {caught_by}" in (tmp_path / finding.file).read_text().splitlines()[finding.line - 1]


def test_what_cannot_be_read_or_served_is_found_in_its_place(tmp_path: Path) -> None:
    workspace = copy_of(tmp_path, "R01")
    (tmp_path / "tests/cases/broken.yaml").write_text("a: [")
    edit(tmp_path / "tests/cases/router_one.yaml", "channel: EMAIL", "channel: PIGEON")
    edit(tmp_path / AGREEMENTS, "lot.currency == least", "lot.currency === least")

    broken, unreadable = sorted(cases.run(context(workspace)).findings)
    edit(tmp_path / "tests/cases/router_one.yaml", "channel: PIGEON", "channel: EMAIL")
    _, *not_served = sorted(cases.run(context(workspace)).findings, key=lambda one: one.file != broken.file)

    assert (broken.file, broken.message) == ("tests/cases/broken.yaml", broken.message)
    assert "R01" in unreadable.message
    assert "request.channel" in unreadable.message
    assert {one.file for one in not_served} == {AGREEMENTS}
    assert all(one.line for one in not_served)


def test_without_cases_there_is_nothing_to_check(tmp_path: Path) -> None:
    with pytest.raises(NotApplicable, match="tests/cases/"):
        cases.run(context(copy_of(tmp_path)))
