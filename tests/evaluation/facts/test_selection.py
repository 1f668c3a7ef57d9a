"""What a request is about: which lots, plan and events, how much of them, and in which currency."""

from __future__ import annotations

from typing import Any

import pytest

from support.building import WITH_PLAN, built, second
from support.sample import money


def requested(change: dict[str, Any], *unset: str) -> tuple[list[str], int, bool]:
    """What is requested: lots, how many plans, and whether it was inferred."""
    found = built(change, *unset)
    return [lot["id"] for lot in found["lots"]], len(found["plans"]), found["request"]["order_inferable"]


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


def test_how_much_is_asked_for() -> None:
    changes: list[dict[str, Any]] = [
        {},
        {"request.requested_amount": money(7)},
        {"request.requested_credits_micros": 0},
    ]
    found = [built(change)["request"] for change in changes]

    assert [(each["amount"], each["credits"]) for each in found] == [(None, None), (7, None), (None, 0)]


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
