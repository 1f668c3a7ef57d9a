"""A rule that names a code without a text, a day beyond the calendar, or no rule: an error that says so (ruling 43)."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from decider.authoring.cases import load_cases
from decider.authoring.gate.bulk_evaluation import Decided, Questions, decide
from decider.authoring.scaffold import scaffold
from decider.errors import DeciderError
from decider.v1 import decision_pb2
from decider.workspace import Workspace
from support.policy_copies import findings
from support.shipped import OPA, REGO

SHOP = "corner-shop"
HEAD = f"""package policies["{SHOP}"]

import data.lib.working_days

# METADATA
# title: A rule of this test
# custom: {{clause: {SHOP}/request, role: REQUIRES}}
"""
DUTY = """duties contains {
	"type": "PAY_BY",
	"on": "cash",
	"payment": "",
	"due": working_days.last_second_after_approval(%s),
	"not_before": 0,
	"cite": rego.metadata.rule().custom,
} if {
	input.request.remedy == "REFUND"
}
"""
WARNING = """warnings contains {"code": "sold_out", "cite": rego.metadata.rule().custom} if {
	input.request.remedy == "REFUND"
}
"""


@pytest.fixture
def rego(tmp_path: Path) -> Path:
    copy = Path(shutil.copytree(REGO, tmp_path / "rego"))
    scaffold(Workspace.find(tmp_path), SHOP)
    return copy


def add_rule(rego: Path, rule: str) -> None:
    """Put a rule into the shop's folder, for a set on which it was silent."""
    folder = rego / "policies" / SHOP
    silent = folder / "silent.rego"
    silent.write_text(silent.read_text().replace(f"{rule.split()[0]} := set()\n", ""))
    head = HEAD if "working_days" in rule else HEAD.replace("import data.lib.working_days\n\n", "")
    (folder / "s5_more.rego").write_text(head + rule)


def add_term(rego: Path, days: int) -> None:
    """Give the shop a parameter that counts working days."""
    folder = rego / "policies" / SHOP
    file = folder / "parameters.json"
    schema = json.loads(file.read_text())
    schema["required"].append("payout.days")
    schema["properties"]["payout.days"] = {
        "description": "Working days within which the money arrives.",
        "type": "integer",
        "minimum": 1,
        "unit": "working-days",
        "default": 3,
    }
    file.write_text(json.dumps(schema))
    versions = folder / "versions" / "data.yaml"
    versions.write_text(versions.read_text().replace("  parameters:\n", f"  parameters:\n    payout.days: {days}\n"))


def decided(rego: Path) -> Decided:
    """Ask for the first worked case of the shop."""
    case = load_cases(rego.parent / "cases" / "corner_shop.yaml")[0]
    [outcome] = decide(Questions(rego, [case.message]), OPA)
    return outcome


def failure(rego: Path) -> tuple[str, str]:
    """Return reason and message of the error that the first worked case ends with."""
    outcome = decided(rego)
    assert isinstance(outcome, DeciderError)
    return outcome.reason, outcome.message


def decision(rego: Path) -> decision_pb2.Decision:
    outcome = decided(rego)
    assert isinstance(outcome, decision_pb2.Decision)
    return outcome


def test_a_day_beyond_the_calendar(rego: Path) -> None:
    add_rule(rego, DUTY % "4")
    add_term(rego, 3)

    assert failure(rego) == (
        "POLICY_ERROR",
        "the policy failed: corner-shop/request, PAY_BY: working day 4 is beyond the calendar, which lists 3",
    )


def test_a_day_without_any_term_that_counts_working_days(rego: Path) -> None:
    add_rule(rego, DUTY % "1")

    assert failure(rego)[1].endswith("PAY_BY: working day 1 is beyond the calendar, which lists 0")


def test_the_calendar_reaches_as_far_as_the_term(rego: Path) -> None:
    add_rule(rego, DUTY % 'input.parameters["payout.days"]')
    add_term(rego, 30)

    [duty] = decision(rego).obligations

    assert duty.type == decision_pb2.OBLIGATION_TYPE_PAY_BY
    assert duty.due_at.seconds > 0
    assert findings(rego.parent, "strict") == []


def test_a_code_without_a_text(rego: Path) -> None:
    add_rule(rego, WARNING)

    reason, message = failure(rego)

    assert reason == "DECISION_INVARIANT"
    assert message.endswith("codes_have_their_texts (no text: warning 'sold_out' of corner-shop/request)")


def test_a_code_with_a_text_of_the_policys_own(rego: Path) -> None:
    add_rule(rego, WARNING)
    texts = rego / "policies" / SHOP / "texts" / "data.yaml"
    texts.parent.mkdir()
    texts.write_text("warnings: {sold_out: The shop has sold everything.}\n")

    [warning] = decision(rego).warnings

    assert (warning.code, warning.message) == ("sold_out", "The shop has sold everything.")


def test_a_set_that_the_policy_does_not_state(rego: Path) -> None:
    silent = rego / "policies" / SHOP / "silent.rego"
    for name in ("warnings", "proportions"):
        text = silent.read_text()
        silent.write_text(text.replace(f"{name} := set()\n", ""))

        assert failure(rego) == ("POLICY_UNDEFINED", "the policy gave no answer for this input")

        silent.write_text(text)
