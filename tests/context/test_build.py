"""The policy input: its shape, what is requested, and what became of it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from context.sample import BASE, CATALOG, evaluate_at, request
from decider.cases import Case, proto_path
from decider.context import PolicyInput, build_input, find_faults, warm_up
from decider.context.identity import canonical_email
from decider.errors import InvalidFacts, PolicyNotFound
from shipped import all_cases

SCHEMA = json.loads((Path(__file__).parents[2] / "rego/schemas/input.json").read_text())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
LOT, PAYMENT = BASE["facts"]["lots"][0], BASE["facts"]["payments"][0]
PLAN = {
    "order_ref": "SUB-1",
    "payment_id": "pay-s1",
    "amount": {"currency_code": "USD", "amount_minor": 2000},
    "concluded_at": "2026-05-27T09:00:00Z",
    "charged_at": "2026-05-27T09:00:00Z",
    "period_start": "2026-06-11T08:59:57.5Z",
    "period_end": "2026-06-26T09:00:00Z",
}
WITH_PLAN = {
    "facts.subscription": PLAN,
    "facts.payments.1": {"id": "pay-s1", "captured": {"currency_code": "USD", "amount_minor": 2000}},
}
# A reused request_id is a matter of DecideRefund, and the negative number of R61 one for the rules of the protos.
CASES = [case for case in all_cases() if case.id != "R61" and case.expect.get("error") != "ALREADY_EXISTS"]


def money(amount: int, currency: str = "USD") -> dict[str, Any]:
    return {"currency_code": currency, "amount_minor": amount}


def second(**fields: Any) -> dict[str, Any]:
    """A second lot and its payment."""
    return {
        "facts.lots.1": {**LOT, "id": "lot-2", "order_ref": "ORD-2002", "payment_id": "pay-2", **fields},
        "facts.payments.1": {**PAYMENT, "id": "pay-2"},
    }


def built(change: dict[str, Any], *unset: str) -> PolicyInput:
    message = request(change, unset)
    found = build_input(message, evaluate_at(message), CATALOG)
    VALIDATOR.validate(found)
    return found


def requested(change: dict[str, Any], *unset: str) -> tuple[list[str], int, bool]:
    """What is requested: lots, how many plans, and whether it was inferred."""
    found = built(change, *unset)
    return [lot["id"] for lot in found["lots"]], len(found["plans"]), found["request"]["order_inferable"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_case_gives_an_input_or_the_fault_it_expects(case: Case) -> None:
    message = case.message
    fault: str | None = None
    try:
        VALIDATOR.validate(build_input(message, evaluate_at(message), CATALOG))
    except InvalidFacts as error:
        fault = ", ".join(one.field for one in error.violations)
    except PolicyNotFound as error:
        fault = error.metadata["field"]

    about = case.expect.get("error_about")
    assert fault == (None if about is None else proto_path(about))


def test_the_types_are_those_of_the_schema() -> None:
    def shape(hint: Any) -> Any:
        if get_origin(hint) is list:
            return [shape(get_args(hint)[0])]
        if get_origin(hint) is dict:
            return {"*": shape(get_args(hint)[1])}
        if hint in (str, int, bool):
            return {str: "string", int: "integer", bool: "boolean"}[hint]
        return {key: shape(value) for key, value in get_type_hints(hint).items()}

    def described(node: dict[str, Any]) -> Any:
        if node["type"] == "array":
            return [described(node["items"])]
        if node["type"] != "object":
            return node["type"]
        if "properties" in node:
            return {key: described(value) for key, value in node["properties"].items()}
        return {"*": described(node["additionalProperties"])}

    # What is not required is set by the policy's entry.
    wanted = {key: SCHEMA["properties"][key] for key in SCHEMA["required"]}
    assert shape(PolicyInput) == {key: described(value) for key, value in wanted.items()}


@pytest.mark.parametrize(
    ("change", "unset", "expected"),
    [
        ({}, (), (["lot-1"], 0, False)),
        ({"request.lot_ids": ["lot-2", "lot-1"]} | second(), (), (["lot-1", "lot-2"], 0, False)),
        ({**second(order_ref="ORD-2001")}, (), (["lot-1", "lot-2"], 0, False)),
        ({**WITH_PLAN, "request.order_ref": "SUB-1"}, (), ([], 1, False)),
        ({**WITH_PLAN, "request.remedy": "CANCEL_SUBSCRIPTION"}, (), ([], 1, False)),
        ({**WITH_PLAN, "request.remedy": "CANCEL_SUBSCRIPTION", "request.lot_ids": ["lot-1"]}, (), ([], 1, False)),
        # Nothing named: one purchase is inferred, of two none.
        ({}, ("request.order_ref",), (["lot-1"], 0, True)),
        (second(), ("request.order_ref",), ([], 0, False)),
        (second(order_ref="ORD-2001"), ("request.order_ref",), (["lot-1", "lot-2"], 0, True)),
        (second(order_ref=""), ("request.order_ref", "facts.lots.0.order_ref"), ([], 0, False)),
        (second(purchased_at="2026-06-12T09:00:00Z"), ("request.order_ref",), (["lot-1"], 0, True)),
        # What nobody was charged for here is not meant.
        (second(sold_by="reseller"), ("request.order_ref",), (["lot-1"], 0, True)),
        ({"facts.lots.0.sold_by": "reseller"}, ("request.order_ref",), ([], 0, False)),
        (
            {"facts.payments.0.captured": money(0), "facts.payments.0.expected": money(0)},
            ("request.order_ref",),
            ([], 0, False),
        ),
        (WITH_PLAN, ("request.order_ref",), ([], 0, False)),
        ({**WITH_PLAN, "facts.lots": []}, ("request.order_ref",), ([], 1, True)),
        (WITH_PLAN, ("request.order_ref", "facts.subscription.charged_at"), (["lot-1"], 0, True)),
        ({"request.requested_amount": money(1, "EUR")}, ("request.order_ref",), ([], 0, False)),
        ({"request.requested_credits_micros": 1}, ("request.order_ref",), (["lot-1"], 0, True)),
        (
            {**WITH_PLAN, "facts.lots": [], "request.requested_credits_micros": 1},
            ("request.order_ref",),
            ([], 0, False),
        ),
    ],
)
def test_what_is_requested(change: dict[str, Any], unset: tuple[str, ...], expected: Any) -> None:
    assert requested(change, *unset) == expected


@pytest.mark.parametrize(
    "ledger", [{"used_micros": 30}, {"balance_micros": 74}, {"used_micros": 30, "balance_micros": 74}]
)
def test_what_was_used_is_told_by_the_balance_as_well(ledger: dict[str, int]) -> None:
    told = {f"facts.ledger.{name}": count * 1_000_000 for name, count in ledger.items()}
    [lot] = built(told, "facts.lots.0.used_micros")["lots"]
    assert (lot["usage_told"], lot["base_used"], lot["bonus_used"]) == (True, 26_000_000, 4_000_000)


def test_how_much_is_asked_for() -> None:
    assert built({})["request"]["asked"] == "ALL"
    assert built({"request.requested_amount": money(7)})["request"]["amount"] == 7
    assert built({"request.requested_credits_micros": 0})["request"]["asked"] == "CREDITS"


def test_currency_of_the_order_else_of_the_first_payment_else_none() -> None:
    nothing: dict[str, Any] = {"facts.lots": [], "facts.payments": []}

    assert built({})["request"]["currency"] == "USD"
    assert built({}, "request.order_ref", "facts.lots.0")["request"]["currency"] == "USD"
    assert built(nothing, "request.order_ref")["request"]["currency"] == "XXX"


def test_contested_events_are_those_named_or_all() -> None:
    events = {"facts.usage_events": [{"id": name, "outcome": "ERROR"} for name in ("b", "a")]}

    assert built(events)["usage_events"] == []
    assert [one["id"] for one in built({**events, "request.remedy": "RESTORE_CREDITS"})["usage_events"]] == ["a", "b"]
    assert [one["id"] for one in built({**events, "request.usage_event_ids": ["b"]})["usage_events"]] == ["b"]


def test_credits_used_reserved_and_taken_back() -> None:
    lot = built(
        {
            "facts.lots.0.used_micros": 10_000_000,
            "facts.lots.0.reserved_micros": 55_000_000,
            "facts.payments.0.refunds": [
                {"id": "a", "amount": money(3000), "status": "SUCCEEDED", "credits_micros": 30_000_000},
                {"id": "b", "amount": money(5), "status": "PENDING", "credits_micros": 9_000_000},
                {"id": "c", "amount": money(70), "status": "SUCCEEDED", "kind": "GOODWILL", "lot_id": "lot-1"},
                {"id": "d", "amount": money(99), "status": "FAILED", "credits_micros": 90_000_000},
            ],
        }
    )["lots"][0]

    # 4 of bonus and 6 of base used; 30 taken back and 9 on their way leave 55 of base, all of them reserved.
    assert (lot["base_used"], lot["bonus_used"], lot["base_reserved"], lot["bonus_reserved"]) == (
        6_000_000,
        4_000_000,
        55_000_000,
        0,
    )
    assert (lot["unused"], lot["base_taken"], lot["left"], lot["bonus_left"]) == (39_000_000, 30_000_000, 9_000_000, 0)
    assert (lot["refunded_unused"], lot["refunded_all"], lot["refund_pending"]) == (3000, 3070, True)
    assert lot["goodwill"] == 70
    assert lot["used"] == 65_000_000


def test_reserved_credits_reach_into_the_bonus() -> None:
    lot = built({"facts.lots.0.reserved_micros": 102_000_000})["lots"][0]

    assert (lot["base_reserved"], lot["bonus_reserved"], lot["bonus_left"]) == (100_000_000, 2_000_000, 2_000_000)


def test_a_lost_dispute_is_shared_by_lot_id_then_the_plan() -> None:
    found = built(
        {
            "facts.lots.1": {**LOT, "id": "lot-2"},
            "facts.subscription": {**PLAN, "payment_id": "pay-1"},
            "facts.payments.0": {
                "id": "pay-1",
                "captured": money(2 * 10350 + 2000),
                "dispute": {"status": "LOST", "amount": money(21000)},
                "refunds": [{"id": "a", "amount": money(350), "status": "SUCCEEDED"}],
            },
        }
    )

    assert [lot["lost"] for lot in found["lots"]] == [10000, 10350]
    assert found["payments"][0]["lost"] == 21000
    assert found["payments"][0]["paid_for"] == ["lot-1", "lot-2"]
    assert found["disputes"] == {"any_open": False, "open_elsewhere": False, "any_settled": True}
    plan = built(
        {
            "request.remedy": "CANCEL_SUBSCRIPTION",
            "facts.subscription": {**PLAN, "payment_id": "pay-1"},
            "facts.payments.0.captured": money(12350),
            "facts.payments.0.dispute": {"status": "LOST"},
        }
    )["plans"][0]
    assert (plan["lost"], plan["refunded_all"]) == (2000, 0)


@pytest.mark.parametrize(
    ("dispute", "is_open"),
    [
        ({"status": "INQUIRY", "refundable": True}, False),
        ({"status": "INQUIRY"}, True),
        ({"status": "NEEDS_RESPONSE", "refundable": True}, True),
        ({"status": "UNDER_REVIEW"}, True),
        ({"status": "WON"}, False),
        ({"status": "LOST"}, False),
    ],
)
def test_which_disputes_are_open(dispute: dict[str, Any], is_open: bool) -> None:
    here = built({"facts.payments.0.dispute": dispute})
    elsewhere = built({**second(), "facts.payments.1.dispute": dispute})

    assert here["payments"][0]["dispute_open"] is is_open
    assert here["disputes"]["open_elsewhere"] is False
    assert elsewhere["disputes"]["open_elsewhere"] is is_open


def test_duplicates_that_granted_nothing_are_concerned() -> None:
    twin = {**PAYMENT, "id": "pay-2", "duplicate_of": "pay-1", "duplicate_verified": True}

    found = built({"facts.payments.1": twin})["payments"]
    with_lot = built({**second(), "facts.payments.1": twin})["payments"]

    assert [(one["id"], one["duplicate"], one["paid_for"]) for one in found] == [
        ("pay-1", "NO", ["lot-1"]),
        ("pay-2", "VERIFIED", []),
    ]
    assert [one["id"] for one in with_lot] == ["pay-1"]
    assert built({**second(), "facts.payments.0.duplicate_of": "pay-2"})["payments"][0]["duplicate"] == "UNVERIFIED"


def test_overcharges_and_fees() -> None:
    over = built({"facts.payments.0.captured": money(10500), "facts.payments.0.expected": money(10350)})["payments"][0]
    outside = {"facts.lots.0.fee_kept_by_third_party": True, "facts.payments.0.captured": money(10000)}

    assert (over["judged"], over["overcharged"], over["fee_own"]) == (10350, 150, 350)
    assert built({"facts.lots.0.fee_kept_by_third_party": True})["payments"][0]["fee_third_party"] == 350
    assert (built(outside)["payments"][0]["fee_third_party"], built(outside)["payments"][0]["fee_own"]) == (0, 0)


def test_the_plan() -> None:
    plan = built({**WITH_PLAN, "request.order_ref": "SUB-1"})["plans"][0]
    late = built(
        {
            **WITH_PLAN,
            "request.order_ref": "SUB-1",
            "facts.subscription.cancelled_at": "2026-05-26T09:00:00Z",
            "facts.subscription.period_start": "2026-07-01T00:00:00Z",
            "facts.subscription.period_end": "2026-07-01T00:00:00.5Z",
        }
    )["plans"][0]

    assert (plan["started"], plan["elapsed_s"], plan["period_s"]) == (True, 2, 15 * 86_400 + 2)
    assert (plan["charged"], plan["charged_after_cancellation"]) == (True, False)
    assert (late["started"], late["elapsed_s"], late["period_s"], late["charged_after_cancellation"]) == (
        False,
        0,
        1,
        True,
    )


def test_a_plan_that_was_never_charged_has_no_payment() -> None:
    found = built({**WITH_PLAN, "request.order_ref": "SUB-1"}, "facts.subscription.charged_at")

    assert (found["plans"][0]["charged"], found["plans"][0]["payment_id"], found["payments"]) == (False, "", [])


def test_standing_is_told_against_request_and_decision() -> None:
    later = {"facts.account.status_since": "2026-06-11T09:00:01Z", "facts.account.forfeited_at": "2026-06-11T09:30:00Z"}

    found = built(later)["account"]

    assert (found["changed_after_request"], found["forfeited"]) == (True, True)
    assert built({"facts.account.forfeited_at": "2026-06-11T09:30:00.000000001Z"})["account"]["forfeited"] is False


def test_nanoseconds_are_kept() -> None:
    assert built({"evaluate_at": "2026-06-11T09:30:00.123456789Z"})["request"]["evaluate_at"] % 10**9 == 123456789


def test_orders_are_priced_over_all_their_lots() -> None:
    found = built({**second(order_ref="ORD-2001"), "request.lot_ids": ["lot-1"]})

    assert found["lots"][0]["order_base_price"] == 20000


@pytest.mark.parametrize(
    ("given_as", "canonical"),
    [
        (" Ada@EXAMPLE.com ", "ada@example.com"),
        ("ada+tag@example.com", "ada+tag@example.com"),
        ("a.d.a@example.com", "a.d.a@example.com"),
        ("ada@b\u00fccher.example", "ada@xn--bcher-kva.example"),
        ("ada@bu\u0308cher.example", "ada@xn--bcher-kva.example"),
        ("ada@B\u00dcCHER.example", "ada@xn--bcher-kva.example"),
        ("ada@\u0301", "ada@\u0301"),
        ("no at sign", "no at sign"),
        ("", ""),
        ("@", "@"),
    ],
)
def test_addresses_are_compared_in_one_form(given_as: str, canonical: str) -> None:
    assert canonical_email(given_as) == canonical


@given(st.text())
def test_any_text_is_an_address(text: str) -> None:
    assert canonical_email(f" {text}") == canonical_email(text)


def test_no_address_matches_no_address() -> None:
    sender = built({"request.sender_email": " "}, "facts.account.payer_email")["request"]["sender"]

    assert sender == {
        "address_given": False,
        "authenticated": True,
        "is_verified_email": False,
        "is_payer_email": False,
    }


FREE = {"payment_id": "", "base_price": money(0), "fee": money(0)}
MANY = {
    **second(),
    "facts.lots.2": {**LOT, "id": "lot-3", "order_ref": "ORD-2001", "category": "SERVICE", **FREE},
    "facts.subscription": PLAN,
    "facts.payments.2": {**PAYMENT, "id": "pay-0", "duplicate_of": "pay-1"},
    "facts.payments.3": WITH_PLAN["facts.payments.1"],
    "facts.payments.0.refunds": [
        {"id": "a", "amount": money(30), "status": "SUCCEEDED", "credits_micros": 3},
        {"id": "b", "amount": money(40), "status": "PENDING", "bonus_micros": 3},
    ],
    "facts.usage_events": [{"id": name, "outcome": "ERROR"} for name in "cab"],
    "facts.incidents": [{"id": name} for name in "cab"],
    "facts.account.verified_emails": ["x@example.com", "ada@example.com"],
    "facts.agreement": {"order_refs": ["z", "y"]},
    "facts.ledger.used_micros": 123_456_789,
    "request.remedy": "RESTORE_CREDITS",
}


@given(data=st.data())
@settings(max_examples=50, deadline=None)
def test_the_order_of_the_facts_does_not_matter(data: st.DataObject) -> None:
    message = request(MANY, tuple(f"facts.lots.{index}.used_micros" for index in range(3)))
    expected = build_input(message, evaluate_at(message), CATALOG)
    for field in (
        message.facts.lots,
        message.facts.payments,
        message.facts.payments[0].refunds,
        message.facts.usage_events,
        message.facts.incidents,
        message.facts.account.verified_emails,
        message.facts.agreement.order_refs,
    ):
        items: Any = data.draw(st.permutations(list(field)))
        copies = [type(one).FromString(one.SerializeToString()) if hasattr(one, "DESCRIPTOR") else one for one in items]
        del field[:]
        field.extend(copies)

    assert find_faults(message, evaluate_at(message), CATALOG) == []
    assert build_input(message, evaluate_at(message), CATALOG) == expected
    VALIDATOR.validate(expected)


def test_warming_up_knows_countries_without_a_list_of_holidays() -> None:
    warm_up(replace(CATALOG, regimes={"DE": "eu", "QQ": "eu"}))
