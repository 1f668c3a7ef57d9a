"""What holds of every decision by itself."""

from __future__ import annotations

from datetime import UTC, datetime

from decider.v1 import decision_pb2
from oracle.order import order_of
from oracle.world import World
from oracle.worth import LAW_LOW, worth
from properties.decided import Bench, Decided, holds_for_all, money_of

_NO = "VERDICT_DENY"
_BUSINESS_DAYS = ("PAY_BY", "RESPOND_BY", "REVIEW_BY")


def _verdict(one: Decided) -> str:
    return decision_pb2.Verdict.Name(one.decision.verdict)


def _dues(one: Decided) -> dict[str, datetime]:
    names = decision_pb2.ObligationType.Name
    return {
        names(duty.type).removeprefix("OBLIGATION_TYPE_"): duty.due_at.ToDatetime(UTC)
        for duty in one.decision.obligations
        if duty.HasField("due_at")
    }


def _effects(one: Decided, kind: str) -> dict[str, int]:
    number = decision_pb2.EffectType.Value(f"EFFECT_TYPE_{kind}")
    return {e.lot_id or e.usage_event_id: e.credits_micros for e in one.decision.effects if e.type == number}


def test_no_more_is_paid_than_is_left_of_the_payments(bench: Bench) -> None:
    """1: amount and upper bound stay within captured less refunds and lost disputes, over all payments."""

    def within(one: Decided) -> bool:
        world = World(one.document, {})
        return 0 <= one.amount <= sum(world.left(payment) for payment in world.payments)

    holds_for_all([one for one in bench.all if one.amount], within)


def test_no_more_is_paid_than_was_asked_for(bench: Bench) -> None:
    """2, 30: neither the amount nor what a reviewer may grant."""
    asked = [one for one in bench.all if "requested_amount" in one.request]
    holds_for_all(asked, lambda one: max(one.amount, one.most) <= money_of(one.request["requested_amount"]))


def test_a_denial_pays_nothing_and_changes_nothing(bench: Bench) -> None:
    """3."""
    denied = [one for one in bench.all if _verdict(one) == _NO]
    holds_for_all(denied, lambda one: one.amount == 0 and not one.decision.effects)


def test_a_yes_pays_or_does_something(bench: Bench) -> None:
    """4, 1.4-K: with min_refund_minor 1, an ALLOW has an amount or an effect."""
    allowed = [one for one in bench.all if _verdict(one) != _NO]
    holds_for_all(allowed, lambda one: one.amount > 0 or len(one.decision.effects) > 0)


def test_bonus_adds_no_cash_where_the_law_has_no_say(bench: Bench) -> None:
    """8: one lot of a business, neither doubled nor overcharged: at most the unused share of base, fee and tax."""

    def plain(one: Decided) -> bool:
        payments = one.facts["payments"]
        wrong = any("expected" in payment or "duplicate_of" in payment for payment in payments)
        ordinary = one.facts["customer"].get("type") == "BUSINESS" and not wrong
        return ordinary and one.kind == "CASH_REFUND" and len(one.facts["lots"]) == 1 and bool(_of_lots(one))

    def within(one: Decided) -> bool:
        [lot] = one.facts["lots"]
        have = World(one.document, {}).credits[lot["id"]]
        prices = [money_of(lot.get(key)) for key in ("base_price", "fee", "tax")]
        return one.amount <= sum(price * have.unused // have.base for price in prices)

    holds_for_all([one for one in bench.all if plain(one)], within, least=10)


def _of_lots(one: Decided) -> list[str]:
    return [line.lot_id for line in one.decision.breakdown if line.lot_id]


def test_a_consumer_gets_what_the_statute_gives_or_a_reviewer_may_give_it(bench: Bench) -> None:
    """17: on requests for all of an order, where no information is missing and nothing was paid for twice.

    A verified duplicate is paid back at once, though the rest waits for something (ruling 10).
    """

    def judged(one: Decided) -> bool:
        twice = any("duplicate_of" in payment for payment in one.facts["payments"])
        part = "requested_amount" in one.request or "usage_event_ids" in one.request
        refund = one.request.get("remedy", "REFUND") == "REFUND" and not twice and not part
        return refund and one.kind not in ("NEEDS_INFORMATION", "HOLD") and _statute(one) > 0

    holds_for_all([one for one in bench.all if judged(one)], lambda one: one.most >= _statute(one))


def _statute(one: Decided) -> int:
    world = World(one.document, {})
    return worth(world, order_of(world)).total(LAW_LOW)


def test_restored_credits_were_deducted_once(bench: Bench) -> None:
    """21: one effect an event, of what was deducted for it and not given back."""

    def right(one: Decided) -> bool:
        events = {event["id"]: event for event in one.facts["usage_events"]}
        restored = _effects(one, "RESTORE_CREDITS")
        once = len(restored) == sum(bool(effect.usage_event_id) for effect in one.decision.effects)
        return once and all(
            credits_ == events[event]["deducted_micros"] and not events[event]["already_restored"]
            for event, credits_ in restored.items()
        )

    holds_for_all([one for one in bench.all if one.kind == "RESTORE_CREDITS"], right, least=10)


def test_clauses_are_cited_and_exist(bench: Bench) -> None:
    """25: a plain yes or no rests on a clause, and every clause that is named anywhere is one of the catalog."""
    clauses = bench.engine.catalog.clauses

    def right(one: Decided) -> bool:
        decision = one.decision
        lists = (
            decision.citations,
            decision.breakdown,
            decision.effects,
            decision.obligations,
            decision.interpretations,
            decision.warnings,
            decision.missing,
        )
        return len(decision.citations) > 0 and all(element.clause_id in clauses for each in lists for element in each)

    holds_for_all(bench.all, right)


def test_what_asks_for_an_effect_or_a_duty_is_cited(bench: Bench) -> None:
    """Ruling 32: and what lets something be missing."""

    def right(one: Decided) -> bool:
        decision = one.decision
        cited = {cite.clause_id for cite in decision.citations}
        lists = (decision.effects, decision.obligations, decision.missing)
        return all(element.clause_id in cited for each in lists for element in each)

    holds_for_all(bench.all, right)


def test_bonus_goes_with_the_cash_of_its_lot(bench: Bench) -> None:
    """26: on one lot, bonus that is left is removed where cash is paid for its credits, and else never."""

    def single(one: Decided) -> bool:
        return len(one.facts["lots"]) == 1 and "subscription" not in one.facts

    def right(one: Decided) -> bool:
        [lot] = one.facts["lots"]
        left = World(one.document, {}).credits[lot["id"]].bonus_left
        removed = _effects(one, "REMOVE_BONUS")
        if not _effects(one, "REMOVE_CREDITS") and not removed:
            return True
        return removed == ({lot["id"]: left} if left else {})

    holds_for_all([one for one in bench.all if single(one)], right)
    holds_for_all([one for one in bench.all if _effects(one, "REMOVE_BONUS")], lambda one: one.kind == "CASH_REFUND")


def test_the_breakdown_adds_up(bench: Bench) -> None:
    """27: its lines sum to the amount, however it was split over lots and payments."""
    holds_for_all(bench.all, lambda one: sum(line.amount.amount_minor for line in one.decision.breakdown) == one.amount)


def test_the_version_is_the_one_in_force_at_the_purchase(bench: Bench) -> None:
    """28: where each policy has one version, it is that one, for the reason that fits."""
    first = {policy_id: policy.versions[0].version for policy_id, policy in bench.engine.catalog.policies.items()}
    reasons = {"at_purchase", "before_first", "pinned"}

    def right(one: Decided) -> bool:
        policy = one.decision.policy
        pinned = (policy.version_reason == "pinned") == ("policy_version" in one.request)
        return policy.version == first[policy.policy_id] and policy.version_reason in reasons and pinned

    holds_for_all(bench.all, right)


def test_money_is_promised_no_later_than_the_law_demands(bench: Bench) -> None:
    """30: PAY_BY is not after REFUND_BY; deadlines in business days fall on one unless they are so capped."""
    both = [one for one in bench.all if {"PAY_BY", "REFUND_BY"} <= set(_dues(one))]
    holds_for_all(both, lambda one: _dues(one)["PAY_BY"] <= _dues(one)["REFUND_BY"])

    def on_business_days(one: Decided) -> bool:
        dues = _dues(one)
        capped = dues.get("REFUND_BY")
        return all(due.weekday() < 5 or due == capped for kind, due in dues.items() if kind in _BUSINESS_DAYS)

    holds_for_all([one for one in bench.all if one.decision.obligations], on_business_days)
