"""What a policy says alone: rules of its own, codes with their texts, and terms in days (rulings 43 and 44)."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from decider.authoring.cases import changed, load_cases, to_message
from decider.authoring.gate.bulk_evaluation import Decided, Questions, decide
from decider.authoring.scaffold import scaffold
from decider.errors import DeciderError
from decider.v1 import decision_pb2
from decider.workspace import Workspace
from support.policy_copies import edit, findings
from support.shipped import OPA, REGO

SHOP = "corner-shop"
DUTY = """import data.lib.working_days

# METADATA
# title: The money arrives soon
duties contains {"type": "PAY_BY", "on": "cash", "due": due, "not_before": 0, "cite": input.grounds.corner_shop_own} if {
	due := working_days.last_second_after_approval(%s)
}
"""
WARNING = """# METADATA
# title: Everything is sold
warnings contains {"code": "sold_out", "cite": input.grounds.corner_shop_own}
"""
CHARGE = """# METADATA
# title: A share of what is refunded is kept as a charge
deductions contains {"item": id, "code": "refund_charge", "amount": 0 - charge, "cite": input.grounds.corner_shop_own} if {
	some id, worth in _worths
	charge := ceil((worth.amount * input.parameters.refund_charge_percent) / 100)
	charge > 0
}
"""
WALLET = """import data.lib.purchases

# METADATA
# title: A refund to a wallet needs the address of the wallet
missing contains {"code": "wallet_address", "cite": input.grounds.corner_shop_own} if {
	purchases.refund_asked
	some source in input.refund_sources
	source.method in input.parameters.non_refundable_methods
}
"""


@pytest.fixture
def rego(tmp_path: Path) -> Path:
    copy = Path(shutil.copytree(REGO, tmp_path / "rego"))
    scaffold(Workspace.find(tmp_path), SHOP)
    return copy


def add_rule(rego: Path, rule: str, role: str = "LIMITS", texts: str = "") -> None:
    """Add a rule of the shop's own to its folder, with its code as a ground of the clause `request`."""
    folder = rego / "policies" / SHOP
    (folder / "own.rego").write_text(f"package rulebook\n\n{rule}")
    for name, text in {"codes": f"roles:\n  {role}: [corner_shop_own]\n", "texts": texts}.items():
        if text:
            (folder / name).mkdir()
            (folder / name / "data.yaml").write_text(text)
    edit(folder / "clauses" / "data.yaml", "grounds: [wrong_channel,", "grounds: [corner_shop_own, wrong_channel,")


def add_parameter(rego: Path, name: str, value: int, **schema: str) -> None:
    """Give the shop a number as a parameter of its own, which its rule reads."""
    folder = rego / "policies" / SHOP
    own = {"description": "A number.", "needed_by": ["corner_shop_own"], "type": "integer", "default": 3}
    (folder / "parameters.json").write_text(json.dumps({name: {**own, **schema}}))
    edit(folder / "versions" / "data.yaml", "  parameters:\n", f"  parameters:\n    {name}: {value}\n")


def decided(rego: Path, facts: Mapping[str, object]) -> Decided:
    """Ask for the first worked case of the shop, with other facts."""
    case = load_cases(rego.parent / "cases" / "corner_shop.yaml")[0]
    [outcome] = decide(Questions(rego, [to_message(changed(case.request, {"set": facts}))]), OPA)
    return outcome


def failure(rego: Path) -> tuple[str, str]:
    """Return reason and message of the error that the first worked case ends with."""
    outcome = decided(rego, {})
    assert isinstance(outcome, DeciderError)
    return outcome.reason, outcome.message


def decision(rego: Path, **facts: object) -> decision_pb2.Decision:
    outcome = decided(rego, {name.replace("__", "."): value for name, value in facts.items()})
    assert isinstance(outcome, decision_pb2.Decision)
    return outcome


def well_formed(rego: Path) -> bool:
    """Whether the gate accepts the rule and its code, text and parameter."""
    return not any(findings(rego.parent, check) for check in ("fmt", "strict", "conventions", "parameters"))


def test_a_day_beyond_the_calendar(rego: Path) -> None:
    add_rule(rego, DUTY % "11", "REQUIRES")

    assert failure(rego) == (
        "POLICY_ERROR",
        "the policy failed: corner-shop/request, PAY_BY: working day 11 is beyond the calendar, which lists 10",
    )


def test_the_calendar_reaches_as_far_as_the_term(rego: Path) -> None:
    add_rule(rego, DUTY % "input.parameters.arrival_days", "REQUIRES")
    add_parameter(rego, "arrival_days", 40, unit="working-days")

    # The first day is Friday 5 June, the day after the approval.
    [latest] = [duty for duty in decision(rego).obligations if duty.clause_id.endswith("request")]

    assert (latest.type, latest.due_at.ToJsonString()) == (
        decision_pb2.OBLIGATION_TYPE_PAY_BY,
        "2026-07-30T23:59:59Z",
    )
    assert well_formed(rego)


def test_paid_within_30_business_days(rego: Path) -> None:
    edit(rego / "policies" / SHOP / "versions" / "data.yaml", "payout.to_days: 10", "payout.to_days: 30")

    [due] = [duty for duty in decision(rego).obligations if duty.type == decision_pb2.OBLIGATION_TYPE_PAY_BY]

    assert due.due_at.ToJsonString() == "2026-07-16T23:59:59Z"
    assert well_formed(rego)


def test_a_code_without_a_text(rego: Path) -> None:
    add_rule(rego, WARNING)

    reason, message = failure(rego)

    assert reason == "DECISION_INVARIANT"
    assert message.endswith("codes_have_their_texts (no text: warning 'sold_out' of corner-shop/request)")


def test_a_code_with_a_text_of_the_policys_own(rego: Path) -> None:
    add_rule(rego, WARNING, texts="warnings: {sold_out: The shop has sold everything.}\n")

    [warning] = decision(rego).warnings

    assert (warning.code, warning.message) == ("sold_out", "The shop has sold everything.")


def test_asks_for_the_address_of_a_wallet(rego: Path) -> None:
    add_rule(rego, WALLET, "REQUIRES", "missing: {wallet_address: Ask for the address of the wallet.}\n")

    asked = decision(rego, facts__payments__0__method="btc")

    assert asked.disposition == decision_pb2.DISPOSITION_NEEDS_INFORMATION
    assert [(item.code, item.ask) for item in asked.missing] == [
        ("wallet_address", "Ask for the address of the wallet.")
    ]
    assert decision(rego).disposition == decision_pb2.DISPOSITION_CASH_REFUND
    assert well_formed(rego)


@pytest.mark.parametrize(
    ("used_micros", "amount", "lines"),
    [
        (0, 4500, {"paid": 5000, "refund_charge": -500}),
        (120_000_000, 3420, {"paid": 5000, "used": -1200, "refund_charge": -380}),
        (500_000_000, 0, {}),
    ],
)
def test_keeps_a_refund_charge_of_a_tenth(rego: Path, used_micros: int, amount: int, lines: dict[str, int]) -> None:
    add_rule(rego, CHARGE, texts="lines: {refund_charge: Refund charge}\n")
    add_parameter(rego, "refund_charge_percent", 10)

    paid = decision(rego, facts__lots__0__used_micros=used_micros)

    assert paid.amount.amount_minor == amount
    assert lines in ({}, {line.code: line.amount.amount_minor for line in paid.breakdown})
    assert well_formed(rego)


def test_the_law_gives_more_than_a_refund_charge_leaves(rego: Path) -> None:
    add_rule(rego, CHARGE, texts="lines: {refund_charge: Refund charge}\n")
    add_parameter(rego, "refund_charge_percent", 10)

    assert decision(rego, facts__customer__country_code="DE").amount.amount_minor == 5000
