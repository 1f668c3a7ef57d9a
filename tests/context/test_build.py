"""The policy input: its shape, and what became of what is requested."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from context.building import LOT, PAYMENT, PLAN, SCHEMA, VALIDATOR, WITH_PLAN, built, second
from context.sample import CATALOG, evaluate_at, money, request
from decider.cases import Case, proto_path
from decider.context import PolicyInput, build_input, find_faults, warm_up
from decider.errors import InvalidFacts, PolicyNotFound
from shipped import all_cases

# A reused request_id is a matter of DecideRefund, the negative number of R61 one for the rules of the protos, and only
# the policy sees that the versions of R104 answer differently.
CASES = [
    case for case in all_cases() if case.id not in ("R61", "R104") and case.expect.get("error") != "ALREADY_EXISTS"
]


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
    "ledger", [{"used_micros": 30}, {"balance_micros": 74}, {"used_micros": 30, "balance_micros": 74}]
)
def test_what_was_used_is_told_by_the_balance_as_well(ledger: dict[str, int]) -> None:
    told = {f"facts.ledger.{name}": count * 1_000_000 for name, count in ledger.items()}
    [lot] = built(told, "facts.lots.0.used_micros")["lots"]
    assert (lot["usage_told"], lot["base_used"], lot["bonus_used"]) == (True, 26_000_000, 4_000_000)


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


def test_a_free_lot_was_charged_for_by_a_second_payment() -> None:
    free = {f"facts.lots.0.{name}": money(0) for name in ("base_price", "fee", "tax")}
    twin = {**PAYMENT, "id": "pay-2"}

    assert built(free | {"facts.payments.0.captured": money(0)})["lots"][0]["charged"] is False
    assert built({**free, "facts.payments.0.expected": money(10350)})["lots"][0]["charged"] is False
    assert built({**free, "facts.payments.0.duplicate_of": "pay-2", "facts.payments.1": twin})["lots"][0]["charged"]


def test_reserved_credits_reach_into_the_bonus() -> None:
    lot = built({"facts.lots.0.reserved_micros": 102_000_000})["lots"][0]

    assert (lot["base_reserved"], lot["bonus_reserved"], lot["bonus_left"]) == (100_000_000, 2_000_000, 2_000_000)


@pytest.mark.parametrize(
    ("fields", "is_the_first"),
    [
        ({}, True),
        ({"category": "PROMOTIONAL"}, False),
        ({"sold_by": "reseller"}, False),
        ({"payment_id": "pay-free"}, False),
    ],
)
def test_the_first_purchase_is_the_first_that_somebody_paid_for(fields: dict[str, Any], is_the_first: bool) -> None:
    early = "2026-03-01T09:00:00Z"
    free = {"id": "pay-free", "captured": money(0), "expected": money(0)}
    change = {
        **second(order_ref=LOT["order_ref"], purchased_at=early, **fields),
        "facts.payments.2": free,
        "request.lot_ids": ["lot-1", "lot-2"],
    }
    found = built(change)

    first = {lot["id"]: lot["purchased_at"] for lot in found["lots"]}
    assert found["request"]["purchased_at"] == first["lot-2" if is_the_first else "lot-1"]


def test_the_first_of_what_nobody_paid_for_is_the_first_of_all() -> None:
    assert built({"facts.lots.0.category": "SERVICE"})["request"]["purchased_at"] > 0


@pytest.mark.parametrize(
    ("twin", "is_charged"),
    [
        ({}, True),
        ({"duplicate_verified": False}, True),
        ({"captured": money(0)}, False),
        ({"duplicate_of": "pay-9"}, False),
    ],
)
def test_an_order_for_nothing_is_charged_by_a_duplicate(twin: dict[str, Any], is_charged: bool) -> None:
    again = {**PAYMENT, "id": "pay-8", "duplicate_of": "pay-1", "duplicate_verified": True, **twin}
    others = {"facts.payments.1": again, "facts.payments.2": {**PAYMENT, "id": "pay-9"}}
    free = {"facts.payments.0.captured": money(0), "facts.payments.0.expected": money(0)}
    plan = {**WITH_PLAN, **others, "facts.payments.0": {"id": "pay-1", "captured": money(0), "expected": money(0)}}

    assert built({**free, **others})["lots"][0]["charged"] is is_charged
    assert (
        built(
            {
                "facts.lots": [],
                "request.order_ref": "SUB-1",
                **plan,
                "facts.subscription.payment_id": "pay-1",
            }
        )["plans"][0]["charged"]
        is is_charged
    )


def test_the_payment_of_a_gift_is_concerned_where_it_took_too_much() -> None:
    gift = {"facts.lots.0.category": "SERVICE", "facts.lots.0.base_price": money(0)}
    gift |= {"facts.lots.0.fee": money(0), "facts.payments.0.captured": money(5000)}

    assert built({**gift, "facts.payments.0.expected": money(5000)})["payments"] == []
    assert built({**gift, "facts.payments.0.expected": money(0)})["payments"][0]["overcharged"] == 5000


def test_what_else_a_payment_paid_for() -> None:
    two = {**second(payment_id="pay-1"), "facts.payments.0.captured": money(20700)}
    plan = {"facts.subscription": {**PLAN, "payment_id": "pay-1"}, "facts.payments.0.captured": money(12350)}

    assert built({})["payments"][0]["paid_for_more"] is False
    assert built({**two, "request.lot_ids": ["lot-1"]})["payments"][0]["paid_for_more"]
    assert not built({**two, "request.lot_ids": ["lot-1", "lot-2"]})["payments"][0]["paid_for_more"]
    assert built(plan)["payments"][0]["paid_for_more"]
    assert built({**plan, "request.order_ref": "SUB-1"})["payments"][0]["paid_for_more"]


def test_a_lost_dispute_is_of_its_payment() -> None:
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

    assert found["payments"][0]["lost"] == 21000
    assert found["payments"][0]["paid_for"] == ["lot-1", "lot-2"]
    assert found["disputes"] == {"any_open": False, "open_elsewhere": False, "any_settled": True}


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
    assert [one["id"] for one in built({"facts.payments.1": twin, "facts.lots.0.category": "SERVICE"})["payments"]] == [
        "pay-2"
    ]
    assert built({"facts.payments.1": twin, "facts.lots.0.sold_by": "a reseller"})["payments"] == []
    gift = {**second(), "facts.lots.1.category": "SERVICE", "facts.payments.1.duplicate_of": "pay-1"}
    assert [one["id"] for one in built({**gift, "request.lot_ids": ["lot-2"]})["payments"]] == ["pay-2"]
    assert built({**second(), "facts.payments.0.duplicate_of": "pay-2"})["payments"][0]["duplicate"] == "UNVERIFIED"


def test_a_refund_on_its_way_is_pending_whatever_its_amount() -> None:
    def pending(status: str) -> tuple[int, bool]:
        back = {"id": "re-1", "amount": money(0), "status": status}
        payment = built({"facts.payments.0.refunds": [back]})["payments"][0]
        return payment["pending"], payment["refund_pending"]

    assert pending("PENDING") == (0, True)
    assert pending("SUCCEEDED") == (0, False)


def test_overcharges_and_fees() -> None:
    over = built({"facts.payments.0.captured": money(10500), "facts.payments.0.expected": money(10350)})["payments"][0]
    outside = {"facts.lots.0.fee_kept_by_third_party": True, "facts.payments.0.captured": money(10000)}

    assert (over["judged"], over["overcharged"], over["fee_own"]) == (10350, 150, 350)
    assert built({"facts.lots.0.fee_kept_by_third_party": True})["payments"][0]["fee_third_party"] == 350
    assert (built(outside)["payments"][0]["fee_third_party"], built(outside)["payments"][0]["fee_own"]) == (0, 0)
    in_part = {**outside, "facts.payments.0.captured": money(10100), "facts.payments.0.expected": money(10350)}
    assert built(in_part)["payments"][0]["fee_third_party"] == 100


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
