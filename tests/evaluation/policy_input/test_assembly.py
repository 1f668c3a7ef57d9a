"""The policy input: its shape, and what became of what is requested."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decider.authoring.cases import Case, proto_path
from decider.errors import InvalidFacts, PolicyNotFound
from decider.evaluation import warm_up
from support.building import LOT, PAYMENT, PLAN, VALIDATOR, WITH_PLAN, built, policy_input, second
from support.sample import CATALOG, money, request
from support.shipped import all_cases

# A reused request_id is a matter of DecideRefund. Only the policy sees that the versions of R204 answer differently.
CASES = [case for case in all_cases() if case.id != "R204" and case.expect.get("error") != "ALREADY_EXISTS"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_case_gives_an_input_or_the_fault_it_expects(case: Case) -> None:
    fault: str | None = None
    try:
        VALIDATOR.validate(policy_input(case.message))
    except InvalidFacts as error:
        fault = ", ".join(one.field for one in error.violations)
    except PolicyNotFound as error:
        fault = error.metadata["field"]

    about = case.expect.get("error_about")
    assert fault == (None if about is None else proto_path(about))


@pytest.mark.parametrize(
    "case", [case for case in CASES if "error_about" not in case.expect], ids=lambda case: case.name
)
def test_what_is_absent_is_null_and_no_empty_text(case: Case) -> None:
    assert "" not in list(values(policy_input(case.message)))


def values(part: object) -> Iterator[object]:
    """Yield the values of a document that are neither objects nor lists."""
    below = part.values() if isinstance(part, dict) else part if isinstance(part, list) else None
    if below is None:
        yield part
    else:
        for each in below:
            yield from values(each)


@pytest.mark.parametrize(
    "ledger", [{"used_micros": 30}, {"balance_micros": 74}, {"used_micros": 30, "balance_micros": 74}]
)
def test_what_was_used_is_told_by_the_balance_as_well(ledger: dict[str, int]) -> None:
    told = {f"facts.ledger.{name}": count * 1_000_000 for name, count in ledger.items()}
    [lot] = built(told, "facts.lots.0.used_micros")["lots"]
    assert (lot["known_use"], lot["base_used"], lot["bonus_used"]) == ("TOTAL", 26_000_000, 4_000_000)


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

    assert (found["plans"][0]["charged"], found["plans"][0]["payment_id"], found["payments"]) == (False, None, [])


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
@settings(max_examples=50)
def test_the_order_of_the_facts_does_not_matter(data: st.DataObject) -> None:
    message = request(MANY, tuple(f"facts.lots.{index}.used_micros" for index in range(3)))
    expected = policy_input(message)
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

    assert policy_input(message) == expected
    VALIDATOR.validate(expected)


def test_warming_up_knows_countries_without_a_list_of_holidays() -> None:
    warm_up(replace(CATALOG, regimes={"DE": "eu", "QQ": "eu"}))
