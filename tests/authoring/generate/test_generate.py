"""The facts that are made up: the same for a seed, sound, and for any policy."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from decider.authoring.cases import to_message
from decider.authoring.generate import Scope, generate, scope_of
from decider.bundle.catalog import Catalog
from decider.errors import InvalidFacts
from decider.evaluation.validation import valid_facts
from support.sample import CATALOG, evaluate_at

SHOP = Scope("corner-shop", (("2025-01", 1_735_689_600 * 10**9),), days=(30,), numbers=(30, 2500))


def documents(scope: Scope, count: int) -> list[dict[str, Any]]:
    return [generate(Random(seed), scope) for seed in range(count)]


def test_a_seed_makes_the_same_document() -> None:
    scope = scope_of(CATALOG, "yunxin")
    assert documents(scope, 50) == documents(scope, 50)
    assert generate(Random(1), scope) != generate(Random(2), scope)


def test_reads_the_edges_of_a_policy_from_the_catalog() -> None:
    scope = scope_of(CATALOG, "router-one")
    assert scope.versions == (("2026-05-16", 1_778_889_600 * 10**9),)
    assert scope.days == (14,)
    # the least amount of an agreement, a working day of the payout, the window: one below, the limit, one above
    assert scope.limits(10, 20) == (9, 10, 11, 13, 14, 15)


@pytest.mark.parametrize("scope", [scope_of(CATALOG, "yunxin"), scope_of(CATALOG, "router-one")])
def test_nearly_all_are_accepted(scope: Scope) -> None:
    made = documents(scope, 300)
    refused = [seed for seed, document in enumerate(made) if not _is_valid(document, CATALOG)]
    assert len(refused) <= len(made) // 20, f"seeds {refused}"


def test_makes_facts_for_a_policy_that_it_never_heard_of() -> None:
    made = documents(SHOP, 300)
    assert {document["request"]["policy_id"] for document in made} == {"corner-shop"}
    late = [one for one in made if one["request"]["requested_at"] >= "2025-01-31T00:00:00Z"]
    assert 0 < len(late) < len(made)
    assert all(one["request"]["requested_at"] < "2027-06" for one in made)


def payments_of(document: dict[str, Any]) -> list[dict[str, Any]]:
    return list(document["facts"]["payments"])


def lots_of(document: dict[str, Any], payment: dict[str, Any]) -> list[dict[str, Any]]:
    return [lot for lot in document["facts"]["lots"] if lot.get("payment_id") == payment["id"]]


def duplicates_of(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [payment for payment in payments_of(document) if "duplicate_of" in payment]


def back_of(payment: dict[str, Any], **shown: object) -> bool:
    return any(shown.items() <= refund.items() for refund in payment.get("refunds", []))


def is_lost(payment: dict[str, Any]) -> bool:
    return bool(payment.get("dispute", {}).get("status") == "LOST")


def originals_of(document: dict[str, Any]) -> list[dict[str, Any]]:
    names = {payment["duplicate_of"] for payment in duplicates_of(document)}
    return [payment for payment in payments_of(document) if payment["id"] in names and "duplicate_of" not in payment]


def is_chain(document: dict[str, Any]) -> bool:
    names = {payment["id"] for payment in duplicates_of(document)}
    return any(payment["duplicate_of"] in names for payment in duplicates_of(document))


def names_the_lot_of_another_payment(document: dict[str, Any]) -> bool:
    homes = {lot["id"]: lot.get("payment_id") for lot in document["facts"]["lots"]}
    return any(
        homes.get(refund.get("lot_id")) not in (None, payment["id"])
        for payment in payments_of(document)
        for refund in payment.get("refunds", [])
    )


def is_wrong(document: dict[str, Any]) -> bool:
    return any(
        payment["captured"]["amount_minor"] > payment["expected"]["amount_minor"]
        for payment in payments_of(document)
        if "expected" in payment
    )


def is_charged_late(document: dict[str, Any]) -> bool:
    plan = document["facts"].get("subscription", {})
    return {"cancelled_at", "charged_at"} <= plan.keys() and bool(plan["charged_at"] > plan["cancelled_at"])


def account_of(document: dict[str, Any]) -> tuple[str, str]:
    account = document["facts"]["account"]
    return account["status"], account.get("status_reason", "")


def seconds_after_a_window(document: dict[str, Any], seconds: int) -> bool:
    asked = evaluate_at(to_message({"evaluate_at": document["request"]["requested_at"]}))
    bought = [evaluate_at(to_message({"evaluate_at": lot["purchased_at"]})) for lot in document["facts"]["lots"]]
    return any(asked - at == (14 * 86_400 + seconds) * 10**9 for at in bought)


REACHED: dict[str, Callable[[dict[str, Any]], bool]] = {
    "chain of duplicates": is_chain,
    "several duplicates of one original": lambda d: len(duplicates_of(d)) > 1,
    "unverified duplicate": lambda d: any(not one["duplicate_verified"] for one in duplicates_of(d)),
    "original back as the duplicate": lambda d: any(back_of(one, kind="DUPLICATE") for one in originals_of(d)),
    "original lost": lambda d: any(map(is_lost, originals_of(d))),
    "duplicate lost": lambda d: any(map(is_lost, duplicates_of(d))),
    "duplicate on its way back": lambda d: any(back_of(one, status="PENDING") for one in duplicates_of(d)),
    "original on its way back": lambda d: any(
        back_of(one, status="PENDING", kind="DUPLICATE") for one in originals_of(d)
    ),
    "refund that names the lot of another payment": names_the_lot_of_another_payment,
    "lost payment of several lots, one asked for": lambda d: (
        len(d["request"].get("lot_ids", [])) == 1
        and any(is_lost(one) and len(lots_of(d, one)) > 1 for one in payments_of(d))
    ),
    "overcharge beside a suspicion": lambda d: is_wrong(d) and d["facts"]["risk"]["fraud"] == "SUSPECTED",
    "overcharge beside a hold": lambda d: is_wrong(d) and account_of(d) == ("SUSPENDED", "UNDER_INVESTIGATION"),
    "charge after the cancellation": is_charged_late,
    "no channel": lambda d: "channel" not in d["request"],
    "wrong channel": lambda d: d["request"].get("channel") == "SOCIAL_MEDIA",
    "no order": lambda d: not {"order_ref", "lot_ids"} & d["request"].keys(),
    "sender not authenticated": lambda d: not d["request"].get("sender_authenticated"),
    "stale ledger": lambda d: d["facts"]["ledger"].get("taken_at", "") < d["evaluate_at"],
    "one second late": lambda d: seconds_after_a_window(d, 1),
    "one credit": lambda d: d["request"].get("requested_credits_micros") == 1_000_000,
    "withdrawn currency, bought before and decided after": lambda d: (
        any(one["captured"]["currency_code"] == "BGN" for one in payments_of(d)) and d["evaluate_at"] > "2026-02"
    ),
    "terminated for an unknown reason": lambda d: account_of(d) == ("TERMINATED", ""),
    "region": lambda d: "subdivision_code" in d["facts"]["customer"],
}


@pytest.fixture(scope="module")
def many() -> list[dict[str, Any]]:
    return documents(scope_of(CATALOG, "router-one"), 6000)


@pytest.mark.parametrize("corner", REACHED)
def test_reaches_every_corner(many: list[dict[str, Any]], corner: str) -> None:
    assert sum(map(REACHED[corner], many)) >= 3


def _is_valid(document: dict[str, Any], catalog: Catalog) -> bool:
    try:
        valid_facts(to_message(document), 0, catalog.country_aliases)
    except InvalidFacts:
        return False
    return True
