"""How a decision follows a change of its facts, on pairs of documents."""

from __future__ import annotations

import copy
from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from decider.authoring.generate import generate, scope_of
from decider.v1 import decision_pb2
from oracle.law import country_of
from oracle.world import World
from properties.decided import Bench, Decided, Document, holds_for_pairs, money_of, smallest
from properties.transforms import (
    asked_for,
    asked_later,
    at_other_offset,
    charged_twice,
    dearer,
    doubled,
    elsewhere,
    in_halves,
    in_other_currencies,
    ordinary,
    requested_lots,
    reversed_lists,
    scaled,
    used_more,
    with_fee,
    with_gift,
    with_ids_exchanged,
    with_one_payment_lost,
    without_statute,
)


def _plain(one: Decided, *left_out: str) -> decision_pb2.Decision:
    """Return a decision without some of its fields."""
    decision = decision_pb2.Decision()
    decision.CopyFrom(one.decision)
    for name in left_out:
        decision.ClearField(name)  # type: ignore[arg-type] # the names are those of fields
    return decision


def _same(*left_out: str) -> Callable[[Decided, Decided], bool]:
    return lambda one, twin: _plain(one, *left_out) == _plain(twin, *left_out)


def _money(one: Decided) -> tuple[str, int, int, int]:
    return one.kind, one.amount, one.decision.bounds.min.amount_minor, one.decision.bounds.max.amount_minor


def _where(applies: Callable[[Decided], bool], change: Callable[[Document], Document | None]) -> Any:
    return lambda one: change(one.document) if applies(one) else None


def test_more_use_never_pays_more(bench: Bench) -> None:
    """5: the amount, on ordinary refunds of lots that tell of their own use."""
    holds_for_pairs(bench.twins(_where(ordinary, used_more), 80), lambda one, twin: twin.amount <= one.amount)


@pytest.mark.parametrize("seconds", [1, 6 * 3600, 20 * 86_400])
def test_asking_later_never_pays_more(bench: Bench, seconds: int) -> None:
    """6: what is paid at most, other facts fixed, one version, no outage in play, the order named."""

    def fixed(one: Decided) -> bool:
        named = "order_ref" in one.request or "lot_ids" in one.request
        return named and one.most > 0 and "incidents" not in one.facts

    pairs = bench.twins(_where(fixed, lambda document: asked_later(document, seconds)), 60)
    holds_for_pairs(pairs, lambda one, twin: twin.most <= one.most)


def test_a_dearer_lot_never_pays_less(bench: Bench) -> None:
    """7: no agreement, consent recorded, nothing refunded before."""

    def consented(one: Decided) -> bool:
        records = [lot.get("consent", {}) for lot in requested_lots(one.document)]
        keys = ("express_request_at", "loss_acknowledged_at", "withdrawal_information_given")
        return ordinary(one) and all(record.get(key) for record in records for key in keys)

    holds_for_pairs(bench.twins(_where(consented, dearer), 80), lambda one, twin: twin.amount >= one.amount)


def test_bonus_of_an_unused_lot_changes_no_amount(bench: Bench) -> None:
    """7: independent of the size of the bonus where nothing is used, reserved or refunded."""

    def bigger(one: Decided) -> Document | None:
        lots = requested_lots(one.document)
        unused = all(lot.get("used_micros") == 0 and not lot["reserved_micros"] for lot in lots)
        refunds = any("refunds" in payment for payment in one.facts["payments"])
        ledger = set(one.facts["ledger"]) & {"used_micros", "balance_micros"}
        part = "requested_credits_micros" in one.request
        if not ordinary(one) or not unused or refunds or ledger or part:
            return None
        made = copy.deepcopy(one.document)
        for lot in requested_lots(made):
            lot["bonus_micros"] = lot["bonus_micros"] * 3 + 7
            for key in ("base_used_micros", "bonus_used_micros"):
                lot.pop(key, None)
        return made

    holds_for_pairs(bench.twins(bigger, 60), lambda one, twin: _money(one) == _money(twin))


def test_a_fee_that_is_kept_changes_no_amount(bench: Bench) -> None:
    """9: under a policy that keeps the fee, no statute in play."""
    policies = bench.engine.catalog.policies

    def kept(one: Decided) -> bool:
        [version, *_] = policies[one.request["policy_id"]].versions
        business = one.facts["customer"].get("type") == "BUSINESS" or one.facts["customer"].get("country_code") == "US"
        keeps = version.parameters["refund_fee"].value is False
        return keeps and business and ordinary(one)

    pairs = bench.twins(_where(kept, lambda document: with_fee(document, 123)), 60)
    holds_for_pairs(pairs, lambda one, twin: _money(one) == _money(twin))


def test_the_unit_of_credits_changes_no_amount(bench: Bench) -> None:
    """11: all credits seven times as many, but not where they are drawn in proportion."""

    def other_orders(one: Decided) -> bool:
        return bool(one.facts["ledger"].get("consumption_order") != "PROPORTIONAL")

    pairs = bench.twins(_where(other_orders, lambda document: scaled(document, 7)), 120)
    holds_for_pairs(pairs, lambda one, twin: _money(one) == _money(twin))


def test_the_offset_in_which_times_are_written_changes_nothing(bench: Bench) -> None:
    """11: the same instants, two hours east."""
    holds_for_pairs(bench.twins(lambda one: at_other_offset(one.document), 60), _same())


def test_the_currency_changes_no_amount(bench: Bench) -> None:
    """12: the same integers, where no threshold in dollars is in play."""

    def no_threshold(one: Decided) -> bool:
        return "agreement" not in one.facts

    pairs = bench.twins(_where(no_threshold, in_other_currencies), 120)
    holds_for_pairs(pairs, lambda one, twin: _money(one) == _money(twin))


def test_the_same_facts_give_the_same_bytes(bench: Bench) -> None:
    """14: the same input and bundle, decided twice."""
    pairs = bench.twins(lambda one: one.document, 60)
    holds_for_pairs(
        pairs,
        lambda one, twin: (
            one.decision.SerializeToString(deterministic=True) == twin.decision.SerializeToString(deterministic=True)
        ),
    )


def test_the_order_of_lists_changes_nothing(bench: Bench) -> None:
    """15: lots, payments, refunds, events, incidents, addresses; not even the digest of the input."""
    holds_for_pairs(bench.twins(lambda one: reversed_lists(one.document), 150), _same())


def test_the_ids_of_lots_change_no_amount(bench: Bench) -> None:
    """15: no money hangs on which of two lots comes first by id, nor which of two that one payment paid for is lost."""
    disputed = [made for one in bench.all if (made := with_one_payment_lost(one.document)) is not None]
    for each in (bench, Bench(bench.engine, disputed)):
        pairs = each.twins(lambda one: with_ids_exchanged(one.document), 120)
        holds_for_pairs(pairs, lambda one, twin: _money(one) == _money(twin), least=15)


def test_two_halves_are_worth_what_the_whole_is(bench: Bench) -> None:
    """A purchase or two of half its size, of one order and payment: the same, but for what rounding leaves of each."""

    def close(one: Decided, twin: Decided) -> bool:
        far = max(abs(was - now) for was, now in zip(_money(one)[1:], _money(twin)[1:], strict=True))
        return far <= 3 and (one.kind == twin.kind or one.most <= 3)

    large = [made for one in bench.all if (made := doubled(one.document)) is not None]
    holds_for_pairs(Bench(bench.engine, large).twins(lambda one: in_halves(one.document), 200), close)


def test_lots_asked_for_one_by_one_pay_what_they_pay_together(bench: Bench) -> None:
    """Ruling 24: each lot bears its share of a lost dispute, whichever of the lots is asked for."""
    scope = scope_of(bench.engine.catalog, "router-one")
    pool = (generate(Random(seed), scope) for seed in range(30_000, 35_000))
    disputed = [made for document in pool if (made := with_one_payment_lost(document)) and _bears_alone(made)]
    decided = Bench(bench.engine, disputed).all
    together = [one for one in decided if one.kind in ("CASH_REFUND", "NOT_REFUNDABLE")]
    alone = [(one.seed, asked_for(one.document, [lot])) for one in together for lot in requested_lots(one.document)]
    found = iter(bench.decide(alone))
    amounts = [sum(next(found).amount for _ in requested_lots(one.document)) for one in together]
    wrong = [one for one, amount in zip(together, amounts, strict=True) if one.amount != amount]
    assert not wrong, smallest(wrong).told()
    assert sum(amount > 0 for amount in amounts) >= 20


def _bears_alone(document: Document) -> bool:
    """Tell whether all of the lots is asked for, and no lot has to bear more than its own price."""
    world = World(document, {})
    part = {"requested_amount", "requested_credits_micros"} & document["request"].keys()
    return not part and all(world.lost_share(lot) <= money_of(lot["base_price"]) for lot in world.lots)


def test_a_lot_that_nobody_asks_about_changes_no_amount(bench: Bench) -> None:
    """16: where the lots themselves tell of their use."""
    pairs = bench.twins(lambda one: with_gift(one.document), 80)
    holds_for_pairs(pairs, lambda one, twin: _money(one) == _money(twin))


def test_the_law_never_takes_anything(bench: Bench) -> None:
    """18: made a business, or moved out of the covered countries, nobody is paid more; no outage in play."""

    def consumer(one: Decided) -> bool:
        return one.facts["customer"].get("type") != "BUSINESS" and "incidents" not in one.facts

    for change in (without_statute, elsewhere):
        holds_for_pairs(bench.twins(_where(consumer, change), 80), lambda one, twin: twin.most <= one.most)


@pytest.mark.parametrize("reason", ["fraud", "violation"])
def test_a_disqualifier_never_pays_more(bench: Bench, reason: str) -> None:
    """19: what is paid at most; without an outage, which a reviewer may weigh against any bar."""

    def disqualified(document: Document) -> Document:
        made = copy.deepcopy(document)
        if reason == "fraud":
            made["facts"]["risk"]["fraud"] = "CONFIRMED"
        else:
            made["facts"]["account"] |= {"status": "TERMINATED", "status_reason": "TOS_VIOLATION"}
        return made

    def paid(one: Decided) -> bool:
        # Another reason that is there already may be one that waits, or that a reviewer weighs.
        return one.most > 0 and one.facts["account"]["status"] == "ACTIVE" and "incidents" not in one.facts

    holds_for_pairs(bench.twins(_where(paid, disqualified), 60), lambda one, twin: twin.most <= one.most)


def test_what_was_missing_counts_as_if_it_had_been_there(bench: Bench) -> None:
    """20: completed later, with requested_at and the time of decision unchanged, only the answer's deadline moves."""
    cured = {"channel": "EMAIL", "sender_authenticated": True}

    def complete(one: Decided, *, later: bool) -> Document | None:
        if one.kind != "NEEDS_INFORMATION" or not one.facts["account"].get("verified_emails"):
            return None
        made = asked_later(one.document, 0)
        made["request"] |= cured | {"sender_email": one.facts["account"]["verified_emails"][0]}
        made["request"].setdefault("order_ref", "ORD-1" if one.facts["lots"] else "SUB-1")
        made["evaluate_at"] = asked_later({**one.document}, 2 * 86_400)["evaluate_at"]
        made["facts"]["ledger"]["taken_at"] = made["evaluate_at"]
        made["request"].pop("completed_at", None)
        if later:
            made["request"]["completed_at"] = made["evaluate_at"]
        return made

    chosen = [one for one in bench.all if complete(one, later=True) and _refers(one)][:80]
    at_once = bench.decide([(one.seed, complete(one, later=False) or {}) for one in chosen])
    later = bench.decide([(one.seed, complete(one, later=True) or {}) for one in chosen])
    same = _same("obligations", "input_digest")
    holds_for_pairs(list(zip(at_once, later, strict=True)), same)


def _refers(one: Decided) -> bool:
    """Tell whether an order put into the request would be there."""
    if "order_ref" in one.request or "lot_ids" in one.request:
        return True
    refs = {lot.get("order_ref") for lot in one.facts["lots"]}
    part = {"requested_amount", "requested_credits_micros"} & set(one.request)
    return "ORD-1" in refs and not part


def test_a_verified_duplicate_does_not_age(bench: Bench) -> None:
    """22: what is paid for the duplicate itself is the same half a year later; no statute in play."""

    def doubled(one: Decided) -> Document | None:
        if not _reversed(one) or country_of(World(one.document, {})) is not None:
            return None
        return asked_later(one.document, 180 * 86_400)

    holds_for_pairs(bench.twins(doubled, 60), lambda one, twin: _reversed(one) == _reversed(twin), least=5)


def _reversed(one: Decided) -> int:
    return sum(line.amount.amount_minor for line in one.decision.breakdown if line.code == "duplicate")


def test_it_matters_not_which_of_two_charges_came_back(bench: Bench) -> None:
    """Ruling 34: the same is due, whether the double charge was sent back by the one payment or by the other."""
    on_double = [made for one in bench.all if (made := charged_twice(one.document)) is not None]
    pairs = Bench(bench.engine, on_double[:150]).twins(_back_on_the_original)
    holds_for_pairs(pairs, _same("refunds", "breakdown", "citations", "obligations", "warnings", "input_digest"))


def _back_on_the_original(one: Decided) -> Document:
    made = copy.deepcopy(one.document)
    [original, double] = made["facts"]["payments"]
    original["refunds"] = double.pop("refunds")
    return made


def test_base_first_never_pays_more_than_bonus_first(bench: Bench) -> None:
    """23: no statute in play, all of the use told by totals of the lots."""

    def ordered(order: str) -> Callable[[Decided], Document | None]:
        def change(one: Decided) -> Document | None:
            totals = all("used_micros" in lot for lot in one.facts["lots"])
            if not ordinary(one) or not totals or not one.facts["lots"]:
                return None
            made = without_statute(one.document)
            made["facts"]["ledger"]["consumption_order"] = order
            return made

        return change

    bonus = [twin for _, twin in bench.twins(ordered("PROMOTIONAL_FIRST"), 80)]
    base = [twin for _, twin in bench.twins(ordered("BASE_FIRST"), 80)]
    holds_for_pairs(list(zip(bonus, base, strict=True)), lambda one, twin: twin.amount <= one.amount)


FAULTS: dict[str, Callable[[Document], None]] = {
    "more used than granted": lambda d: d["facts"]["lots"][0].update(used_micros=10**15),
    "more reserved than left": lambda d: d["facts"]["lots"][0].update(reserved_micros=10**15),
    "decided before it was asked": lambda d: d.update(evaluate_at="2026-01-01T00:00:00Z"),
    "more captured than was sold": lambda d: d["facts"]["payments"][0].update(_more(d, 1)),
    "a lot that is not there": lambda d: d["request"].update(lot_ids=["nowhere"]),
    "two ways to ask for a part": lambda d: d["request"].update(
        requested_amount=d["facts"]["payments"][0]["captured"], requested_credits_micros=1
    ),
}


def _more(document: Document, extra: int) -> dict[str, Any]:
    captured = document["facts"]["payments"][0]["captured"]
    return {"captured": {**captured, "amount_minor": money_of(captured) + extra + 10**6}}


@pytest.mark.parametrize("fault", FAULTS)
def test_contradictions_are_errors_and_no_verdict(bench: Bench, fault: str) -> None:
    """13: on documents with lots, paid for without a wrong charge."""
    chosen = [one for one in bench.all if ordinary(one) and one.facts["payments"] and one.facts["lots"]][:30]
    documents = [copy.deepcopy(one.document) for one in chosen]
    for document in documents:
        FAULTS[fault](document)
    assert bench.engine.decide(documents) == [None] * len(documents)
    assert len(documents) == 30
