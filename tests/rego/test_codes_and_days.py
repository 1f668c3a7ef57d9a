"""What a policy says alone: rules of its own, codes with their texts, and terms in days (rulings 43 and 44)."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from decider.authoring.cases import changed, load_cases, to_message
from decider.authoring.gate.bulk_evaluation import Decided, Questions, decide
from decider.authoring.scaffold import scaffold
from decider.errors import DeciderError
from decider.v1 import decision_pb2
from decider.workspace import Workspace
from support.policy_copies import edit, gate, told
from support.shipped import OPA, REGO

SHOP = "corner-shop"
DUTY = """import data.lib.working_days

# METADATA
# title: The money arrives soon
duties contains {"type": "PAY_BY", "on": "cash", "due": at, "not_before": 0, "cite": input.grounds.corner_shop_due} if {
	at := working_days.last_second_after_approval(%s)
}
"""
WARNING = """# METADATA
# title: Everything is sold
warnings contains {"code": "sold_out", "cite": input.grounds.corner_shop_sold_out}
"""
CHARGE = """# METADATA
# title: A share of what is refunded is kept as a charge
deductions contains {"item": id, "code": "refund_charge", "amount": 0 - fee, "cite": input.grounds.corner_shop_fee} if {
	some id, worth in _worths
	fee := ceil((worth.amount * input.parameters.refund_charge_percent) / 100)
	fee > 0
}
"""
WALLET = """import data.lib.purchases

# METADATA
# title: A refund to a wallet needs the address of the wallet
missing contains {"code": "wallet_address", "cite": input.grounds.corner_shop_wallet} if {
	purchases.refund_asked
	some source in input.refund_sources
	source.method in input.parameters.non_refundable_methods
}
"""


@pytest.fixture
def rego(tmp_path: Path) -> Path:
    return laid_out(tmp_path)


def laid_out(folder: Path) -> Path:
    """Lay the shop out beside the shipped policies."""
    copy = Path(shutil.copytree(REGO, folder / "rego"))
    scaffold(Workspace.find(folder), SHOP)
    return copy


def add_rules(rego: Path, rules: Mapping[str, str], roles: Mapping[str, Sequence[str]], texts: str = "") -> None:
    """Add rules of the shop's own, by the ends of their codes, which become grounds of the clause `request`."""
    folder = rego / "policies" / SHOP
    codes = {name: f"corner_shop_{name}" for name in rules}
    for name, rule in rules.items():
        (folder / f"{name}.rego").write_text(f"package rulebook\n\n{rule}")
    listed = {"roles": {role: [codes[name] for name in names] for role, names in roles.items()}}
    for name, text in {"codes": json.dumps(listed), "texts": texts}.items():
        if text:
            (folder / name).mkdir()
            (folder / name / "data.yaml").write_text(text)
    grounds = f"grounds: [{', '.join(codes.values())}, wrong_channel,"
    edit(folder / "clauses" / "data.yaml", "grounds: [wrong_channel,", grounds)


def add_parameters(rego: Path, values: Mapping[str, int], schemas: Mapping[str, Mapping[str, object]]) -> None:
    """Give the shop numbers as parameters of its own, which its rules read."""
    folder = rego / "policies" / SHOP
    number = {"description": "A number.", "type": "integer", "default": 3}
    (folder / "parameters.json").write_text(json.dumps({name: {**number, **more} for name, more in schemas.items()}))
    lines = "".join(f"    {name}: {value}\n" for name, value in values.items())
    edit(folder / "versions" / "data.yaml", "  parameters:\n", f"  parameters:\n{lines}")


def decided(rego: Path, *all_facts: Mapping[str, object]) -> Sequence[Decided]:
    """Ask for the first worked case of the shop, each time with other facts."""
    case = load_cases(rego.parent / "cases" / "corner_shop.yaml")[0]
    return decide(Questions(rego, [to_message(changed(case.request, {"set": facts})) for facts in all_facts]), OPA)


def failure(rego: Path) -> tuple[str, str]:
    """Return reason and message of the error that the first worked case ends with."""
    [outcome] = decided(rego, {})
    assert isinstance(outcome, DeciderError)
    return outcome.reason, outcome.message


def test_a_day_beyond_the_calendar(rego: Path) -> None:
    add_rules(rego, {"due": DUTY % "11"}, {"REQUIRES": ["due"]})

    assert failure(rego) == (
        "POLICY_ERROR",
        "the policy failed: corner-shop/request, PAY_BY: working day 11 is beyond the calendar, which lists 10",
    )


def test_a_code_without_a_text(rego: Path) -> None:
    add_rules(rego, {"sold_out": WARNING}, {"LIMITS": ["sold_out"]})

    reason, message = failure(rego)

    assert reason == "DECISION_INVARIANT"
    assert message.endswith("codes_have_their_texts (no text: warning 'sold_out' of corner-shop/request)")


TEXTS = """warnings: {sold_out: The shop has sold everything.}
missing: {wallet_address: Ask for the address of the wallet.}
lines: {refund_charge: Refund charge}
"""
FACTS: Mapping[str, Mapping[str, object]] = {
    "as they are": {},
    "paid by bitcoin": {"facts.payments.0.method": "btc"},
    "partly used": {"facts.lots.0.used_micros": 120_000_000},
    "used up": {"facts.lots.0.used_micros": 500_000_000},
    "a German": {"facts.customer.country_code": "DE"},
}


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop that says alone when the money arrives, that all is sold, what it charges and what a wallet needs."""
    rego = laid_out(tmp_path_factory.mktemp("own"))
    duty = DUTY % "input.parameters.arrival_days"
    rules = {"due": duty, "sold_out": WARNING, "fee": CHARGE, "wallet": WALLET}
    add_rules(rego, rules, {"REQUIRES": ["due", "wallet"], "LIMITS": ["sold_out", "fee"]}, TEXTS)
    schemas: Mapping[str, Mapping[str, object]] = {
        "arrival_days": {"needed_by": ["corner_shop_due"], "unit": "working-days"},
        "refund_charge_percent": {"needed_by": ["corner_shop_fee"]},
    }
    add_parameters(rego, {"arrival_days": 40, "refund_charge_percent": 10}, schemas)
    edit(rego / "policies" / SHOP / "versions" / "data.yaml", "payout.to_days: 10", "payout.to_days: 30")
    return rego


@pytest.fixture(scope="module")
def decisions(own: Path) -> Mapping[str, decision_pb2.Decision]:
    """What that shop decides, by the names of FACTS."""
    outcomes = decided(own, *FACTS.values())
    return {name: one for name, one in zip(FACTS, outcomes, strict=True) if isinstance(one, decision_pb2.Decision)}


def test_the_gate_accepts_the_rules_with_their_codes_texts_and_parameters(own: Path) -> None:
    report = gate(own.parent, "fmt", "strict", "conventions", "parameters")

    assert [told(result) for result in report.results] == [[]] * 4


def test_the_calendar_reaches_as_far_as_the_term(decisions: Mapping[str, decision_pb2.Decision]) -> None:
    # The first day is Friday 5 June, the day after the approval.
    obligations = decisions["as they are"].obligations
    due = {duty.due_at.ToJsonString() for duty in obligations if duty.type == decision_pb2.OBLIGATION_TYPE_PAY_BY}

    # the payout of 30 business days, and the shop's own term of 40
    assert due == {"2026-07-16T23:59:59Z", "2026-07-30T23:59:59Z"}


def test_a_code_with_a_text_of_the_policys_own(decisions: Mapping[str, decision_pb2.Decision]) -> None:
    [warning] = decisions["as they are"].warnings

    assert (warning.code, warning.message) == ("sold_out", "The shop has sold everything.")


def test_asks_for_the_address_of_a_wallet(decisions: Mapping[str, decision_pb2.Decision]) -> None:
    asked = decisions["paid by bitcoin"]

    assert asked.disposition == decision_pb2.DISPOSITION_NEEDS_INFORMATION
    assert [(item.code, item.ask) for item in asked.missing] == [
        ("wallet_address", "Ask for the address of the wallet.")
    ]
    assert decisions["as they are"].disposition == decision_pb2.DISPOSITION_CASH_REFUND


@pytest.mark.parametrize(
    ("facts", "amount", "lines"),
    [
        ("as they are", 4500, {"paid": 5000, "refund_charge": -500}),
        ("partly used", 3420, {"paid": 5000, "used": -1200, "refund_charge": -380}),
        ("used up", 0, {}),
    ],
)
def test_keeps_a_refund_charge_of_a_tenth(
    decisions: Mapping[str, decision_pb2.Decision], facts: str, amount: int, lines: dict[str, int]
) -> None:
    paid = decisions[facts]

    assert paid.amount.amount_minor == amount
    assert lines in ({}, {line.code: line.amount.amount_minor for line in paid.breakdown})


def test_the_law_gives_more_than_a_refund_charge_leaves(decisions: Mapping[str, decision_pb2.Decision]) -> None:
    assert decisions["a German"].amount.amount_minor == 5000
