"""Refunds on their way that hold the request: it is judged as if they had failed (ruling 10)."""

from __future__ import annotations

from support.building import built, second
from support.sample import money


def test_what_is_awaited_is_judged_as_if_it_had_failed() -> None:
    """Ruling 10: what holds the request itself took nothing back; a refund of what is not requested did."""
    back = {"amount": money(30), "status": "PENDING", "credits_micros": 50_000_000, "bonus_micros": 4_000_000}
    facts = {**second(), "facts.lots.0.used_micros": 4_000_000, "facts.lots.1.used_micros": 0}

    of_the_lot = built({**facts, "facts.payments.0.refunds": [{**back, "id": "a", "lot_id": "lot-1"}]})["lots"][0]
    of_no_lot = built({**facts, "facts.payments.0.refunds": [{**back, "id": "a"}]})["lots"][0]
    gone = built({**facts, "facts.payments.0.refunds": [{**back, "id": "a", "status": "SUCCEEDED"}]})["lots"][0]

    assert (of_the_lot["base_used"], of_the_lot["bonus_used"], of_the_lot["unused"]) == (0, 4_000_000, 100_000_000)
    assert of_no_lot == of_the_lot
    assert (gone["base_used"], gone["bonus_used"], gone["unused"]) == (4_000_000, 0, 96_000_000)


def test_what_another_order_waits_for_is_not_awaited() -> None:
    back = {
        "id": "a",
        "amount": money(30),
        "status": "PENDING",
        "credits_micros": 100_000_000,
        "bonus_micros": 4_000_000,
    }
    facts = {**second(), "facts.ledger.used_micros": 10_000_000, "facts.payments.1.refunds": [back]}

    first = built(facts, "facts.lots.0.used_micros", "facts.lots.1.used_micros")["lots"][0]
    other = built({**facts, "request.order_ref": "ORD-2002"}, "facts.lots.0.used_micros", "facts.lots.1.used_micros")[
        "lots"
    ][0]

    # all that lot-2 holds is on its way back, so that lot-1 alone was drawn on; bonus goes first, were it not
    assert (first["base_used"], first["bonus_used"]) == (6_000_000, 4_000_000)
    assert (other["base_used"], other["bonus_used"]) == (0, 4_000_000)


def test_that_nothing_can_have_been_used_is_told_by_what_is_awaited_too() -> None:
    back = {
        "id": "a",
        "amount": money(30),
        "status": "PENDING",
        "credits_micros": 100_000_000,
        "bonus_micros": 4_000_000,
    }

    [lot] = built({"facts.payments.0.refunds": [back]}, "facts.lots.0.used_micros")["lots"]

    assert (lot["known_use"], lot["unused"], lot["left"]) == ("TOTAL", 100_000_000, 100_000_000)


def test_a_duplicate_that_is_paid_meanwhile_is_told_as_the_facts_are() -> None:
    back = {
        "id": "a",
        "amount": money(30),
        "status": "PENDING",
        "credits_micros": 100_000_000,
        "bonus_micros": 4_000_000,
    }
    facts = {
        **second(order_ref="ORD-2001"),
        "facts.ledger.used_micros": 10_000_000,
        "facts.payments.0.refunds": [back],
    }
    twin = {**facts, "facts.payments.1.duplicate_of": "pay-1"}
    unset = ("facts.lots.0.used_micros", "facts.lots.1.used_micros")

    # had the refund of lot-1 failed, the bonus of both would have gone first
    assert [lot["base_used"] + lot["bonus_used"] for lot in built(facts, *unset)["lots"]] == [6_000_000, 4_000_000]
    # lot-1 can give nothing while that refund is on its way
    assert built(twin, *unset)["lots"][1]["base_used"] == 6_000_000
    assert built(twin, *unset)["lots"][1]["bonus_used"] == 4_000_000
