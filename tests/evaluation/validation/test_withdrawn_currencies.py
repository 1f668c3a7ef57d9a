"""Currencies that ISO 4217 has withdrawn: facts of what was paid before, faults of what was paid after (ruling 37)."""

from __future__ import annotations

from typing import Any

import pytest

from support.building import PLAN, built
from support.faulty import LOT, PAYMENT, fields_of
from support.sample import money

BEFORE, AFTER = "2026-01-31T23:59:59Z", "2026-02-01T00:00:00Z"
PRICES = ("base_price", "fee", "tax")
LEVA = {name: money(LOT[name]["amount_minor"], "BGN") for name in PRICES}


def in_leva(number: int, at: str, **lot: Any) -> dict[str, Any]:
    """The changes that make the lot of an index one that was bought and paid in leva at a time."""
    own = {"id": f"lot-{number + 1}", "order_ref": f"ORD-200{number + 1}", "payment_id": f"pay-{number + 1}"}
    paid = {"id": own["payment_id"], "captured": money(10350, "BGN"), "captured_at": at}
    return {
        f"facts.lots.{number}": {**LOT, **own, **LEVA, "purchased_at": at, **lot},
        f"facts.payments.{number}": {**PAYMENT, **paid},
    }


def codes(*paths: str) -> list[str]:
    return sorted(f"{path}.currency_code" for path in paths)


CAPTURED = codes("facts.payments[0].captured")
OF_THE_LOT = codes(*(f"facts.lots[0].{name}" for name in PRICES))


@pytest.mark.parametrize(
    ("bought", "captured", "faulty"),
    [
        (BEFORE, BEFORE, []),
        (AFTER, AFTER, CAPTURED),
        # When it was captured counts, and when it was bought where that is not told.
        (AFTER, BEFORE, []),
        (BEFORE, AFTER, CAPTURED),
        (BEFORE, None, []),
        (AFTER, None, CAPTURED),
    ],
)
def test_what_was_paid_before_the_withdrawal_is_a_fact(bought: str, captured: str | None, faulty: list[str]) -> None:
    change = in_leva(0, bought)
    if captured is None:
        del change["facts.payments.0"]["captured_at"]
    else:
        change["facts.payments.0"]["captured_at"] = captured

    assert fields_of(change) == faulty


def test_all_money_of_a_payment_is_of_its_day() -> None:
    """Refunds and disputes come later, in the currency that was captured; which is reported once."""
    refund = {"id": "re-1", "amount": money(100, "BGN"), "status": "SUCCEEDED", "refunded_at": AFTER}
    more = {
        "expected": money(10350, "BGN"),
        "dispute": {"status": "LOST", "amount": money(100, "BGN")},
        "refunds": [refund],
    }
    before, after = in_leva(0, BEFORE), in_leva(0, AFTER)
    before["facts.payments.0"] |= more
    after["facts.payments.0"] |= more

    assert fields_of(before) == []
    assert fields_of(after) == CAPTURED


@pytest.mark.parametrize(("bought", "faulty"), [(BEFORE, []), (AFTER, OF_THE_LOT)])
def test_what_is_bought_without_a_captured_amount_is_of_its_own_day(bought: str, faulty: list[str]) -> None:
    """A gift has no payment, and its price is a fact all the same."""
    change = in_leva(0, bought, category="PROMOTIONAL", payment_id="")

    assert fields_of({**change, "facts.payments": []}) == faulty


@pytest.mark.parametrize(
    ("charged", "faulty"),
    [(BEFORE, []), (AFTER, codes("facts.payments[1].captured")), (None, [])],
)
def test_a_plan_is_of_the_day_it_was_charged(charged: str | None, faulty: list[str]) -> None:
    plan: dict[str, Any] = {**PLAN, "amount": money(2000, "BGN")}
    payment = {"facts.payments.1": {"id": "pay-s1", "captured": money(2000, "BGN")}}
    if charged is None:
        plan = {key: value for key, value in plan.items() if key not in {"charged_at", "payment_id"}}
        payment = {}
    else:
        plan["charged_at"] = charged

    assert fields_of({"facts.subscription": plan, **payment}) == faulty


def test_what_no_payment_dates_may_be_any_currency_that_was() -> None:
    spare = {"id": "pay-9", "captured": money(1, "DEM")}

    assert fields_of({**in_leva(0, BEFORE), "request.requested_amount": money(1, "BGN")}) == []
    assert fields_of({"facts.agreement": {"minimum": money(1, "DEM"), "terms": "REFUNDABLE"}}) == []
    assert fields_of({"facts.payments.1": spare}) == []


@pytest.mark.parametrize(("evaluate_at", "is_withdrawn"), [(BEFORE, False), (AFTER, True)])
def test_the_policy_sees_that_the_currency_of_the_order_is_withdrawn(evaluate_at: str, is_withdrawn: bool) -> None:
    times = {"request.requested_at": "2026-01-20T09:00:00Z", "evaluate_at": evaluate_at}

    found = built({**in_leva(0, "2026-01-10T09:00:00Z"), **times})["request"]

    assert (found["currency"], found["currency_withdrawn"]) == ("BGN", is_withdrawn)


def test_an_old_lot_in_another_currency_is_a_fact_beside_the_requested_one() -> None:
    """52 credits were used, as the ledger alone tells: those of the older lot. Without it they are the other's."""
    used = {"facts.ledger.used_micros": 52_000_000}
    euro = {f"facts.lots.0.{name}.currency_code": "EUR" for name in PRICES}
    euro["facts.payments.0.captured.currency_code"] = "EUR"
    told = "facts.lots.0.used_micros"
    old = in_leva(1, "2025-11-10T09:00:00Z")
    del old["facts.lots.1"]["used_micros"]

    [beside] = built({**euro, **used, **old}, told)["lots"]
    [alone] = built({**euro, **used}, told)["lots"]

    assert (beside["id"], beside["currency"], beside["unused"]) == ("lot-1", "EUR", 100_000_000)
    assert alone["unused"] == 52_000_000
    assert built({**euro, **used, **old}, told)["request"]["currency_withdrawn"] is False
