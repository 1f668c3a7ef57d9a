"""Each guard: the answer that breaks it, and that it is this guard that says so."""

from __future__ import annotations

from typing import Any

import pytest

from decider.errors import DecisionInvariant
from decider.evaluation.decision import citation_invariants, money_invariants, to_decision
from support.answers import CATALOG, QUESTION, allowed, cash, denied, effect, policy_input, review

EVENT = {"id": "e-1", "deducted": 500, "already_restored": False}
INCIDENT = {"sla_credit": 300, "already_granted": False}
PAY_BY = {"type": "PAY_BY", "due_at": 101, "not_before": 0, "clause": "router-one/4-payout"}
REFUND_BY = {"type": "REFUND_BY", "due_at": 100, "not_before": 0, "clause": "router-one/4-payout"}
NOWHERE = "router-one/nowhere"


def broken(result: dict[str, Any], **facts: Any) -> set[str]:
    """Return the guards that an answer breaks; `facts` replace parts of the policy input."""
    try:
        to_decision(result, policy_input(**facts), CATALOG, input_digest="sha256:1d")
    except DecisionInvariant as raised:
        return set(raised.metadata["guards"].split(","))
    return set()


def paying(amount: int) -> dict[str, Any]:
    """Return a cash refund of so much whose breakdown sums."""
    refunds = [{"payment": "pay-1", "amount": amount}] if amount else []
    return {**cash(), "amount": amount, "breakdown": [line_of(amount)], "refunds": refunds, "fee": 0, "tax": 0}


def line_of(amount: int, **changes: Any) -> dict[str, Any]:
    """Return a line of a breakdown."""
    return {"code": "paid", "amount": amount, "lot": "", "payment": "", "clause": "router-one/2.1-prorata", **changes}


def shown(least: int, most: int, *lines: dict[str, Any]) -> dict[str, Any]:
    """Return a review whose upper bound is shown by `lines`."""
    answer = review(least, most)
    return {**answer, "bounds": {**answer["bounds"], "breakdown": list(lines)}}


def with_payment(**changes: int) -> dict[str, Any]:
    payment = {**policy_input()["payments"][0], **changes}
    left = max(0, payment["captured"] - payment["refunded"] - payment["lost"])
    return {"payments": [payment], "refund_sources": [{"payment_id": "pay-1", "left": left}]}


def asking(amount: int) -> dict[str, Any]:
    return {"request": {**policy_input()["request"], "amount": amount}}


GOOD: list[tuple[dict[str, Any], dict[str, Any]]] = [
    (cash(), {}),
    (paying(10350), {}),
    (paying(350), with_payment(refunded=10000)),
    (paying(500), asking(500)),
    (denied(), {}),
    (denied("HOLD"), {}),
    (denied("NEEDS_INFORMATION"), {}),
    (review(0, 10350), {}),
    (review(0, 0), {}),
    (review(0, 0, 500), {"usage_events": [EVENT]}),
    (shown(0, 5, line_of(7), line_of(-2)), {}),
    ({**denied("HOLD"), "bounds": review(5, 5)["bounds"]}, {}),
    ({**denied("NEEDS_INFORMATION"), "bounds": review(0, 10350)["bounds"]}, {}),
    (
        {**denied("NEEDS_INFORMATION"), "bounds": review(0, 500)["bounds"]},
        {"payments": [], "possible_orders": [{"payments": [{"captured": 600, "refunded": 60, "lost": 40}]}]},
    ),
    ({**cash(), "bounds": review(0, 350)["bounds"], "questions": [QUESTION]}, {}),
    (
        {**paying(10350), "refunds": [{"payment": "pay-1", "amount": 350}, {"payment": "pay-2", "amount": 10000}]},
        {"refund_sources": [{"payment_id": "pay-1", "left": 350}, {"payment_id": "pay-2", "left": 10000}]},
    ),
    (
        {**cash(), "effects": [effect("REMOVE_CREDITS", lot="lot-9", credits=5)]},
        {"repaid_lots": [{"id": "lot-9", "left": 5, "bonus_left": 0}]},
    ),
    (allowed("RESTORE_CREDITS", effect("RESTORE_CREDITS", credits=500, event="e-1")), {"usage_events": [EVENT]}),
    (allowed("SERVICE_CREDIT", effect("GRANT_SERVICE_CREDIT", credits=300)), {"incidents": [INCIDENT]}),
    (allowed("CANCELLATION", effect("CANCEL_AT_PERIOD_END", order="o")), {}),
    ({**denied(), "obligations": [{**PAY_BY, "due_at": 100}, REFUND_BY]}, {}),
    ({**denied(), "obligations": [PAY_BY]}, {}),
]


@pytest.mark.parametrize(("answer", "facts"), GOOD)
def test_good_answers_keep_every_guard(answer: dict[str, Any], facts: dict[str, Any]) -> None:
    assert broken(answer, **facts) == set()


BAD: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("amount_is_within_the_payments", paying(10351), {}),
    ("amount_is_within_the_payments", paying(351), with_payment(refunded=10000)),
    ("amount_is_within_the_payments", paying(351), with_payment(lost=10000)),
    ("amount_is_within_the_payments", paying(1), with_payment(lost=10000, refunded=10000)),
    ("amount_is_within_the_payments", paying(1), {"payments": []}),
    ("amount_is_within_the_payments", {**paying(-1), "disposition": "NOT_REFUNDABLE"}, {}),
    ("amount_is_within_the_request", paying(501), asking(500)),
    ("amount_goes_with_cash_refund", {**paying(0), "effects": [effect("CANCEL_NOW")]}, {}),
    ("amount_goes_with_cash_refund", {**cash(), "disposition": "CANCELLATION"}, {}),
    ("currency_is_the_orders", {**cash(), "currency": "JPY"}, {}),
    ("breakdown_sums_to_the_amount", {**cash(), "amount": 9999}, {}),
    ("breakdown_sums_to_the_amount", {**denied(), "breakdown": paying(1)["breakdown"]}, {}),
    ("deny_moves_nothing", {**cash(), "verdict": "DENY"}, {}),
    ("deny_moves_nothing", {**denied(), "effects": [effect("CANCEL_NOW")]}, {}),
    ("allow_grants_something", allowed("CANCELLATION"), {}),
    ("verdict_fits_the_disposition", {**denied(), "verdict": "ALLOW", "effects": [effect("CANCEL_NOW")]}, {}),
    ("verdict_fits_the_disposition", denied("SERVICE_CREDIT"), {}),
    ("breakdown_sums_to_the_amount", shown(0, 5, line_of(4)), {}),
    ("bounds_are_within_the_payments", {**denied(), "bounds": review()["bounds"]}, {}),
    ("bounds_are_within_the_payments", {**cash(), "bounds": review(0, 351)["bounds"], "questions": [QUESTION]}, {}),
    (
        "bounds_are_within_the_payments",
        {**denied("NEEDS_INFORMATION"), "bounds": review(0, 501)["bounds"]},
        {"payments": [], "possible_orders": [{"payments": [{"captured": 600, "refunded": 60, "lost": 40}]}]},
    ),
    ("refunds_are_within_the_payments", {**cash(), "refunds": []}, {}),
    ("refunds_are_within_the_payments", {**cash(), "refunds": [{"payment": "pay-1", "amount": 9999}]}, {}),
    ("refunds_are_within_the_payments", {**cash(), "refunds": [{"payment": "pay-9", "amount": 10000}]}, {}),
    (
        "refunds_are_within_the_payments",
        {**cash(), "refunds": [{"payment": "pay-1", "amount": 5000}] * 2},
        {},
    ),
    (
        "refunds_are_within_the_payments",
        {**cash(), "refunds": [{"payment": "pay-1", "amount": 10000}, {"payment": "pay-2", "amount": 0}]},
        {"refund_sources": [{"payment_id": "pay-1", "left": 10350}, {"payment_id": "pay-2", "left": 1}]},
    ),
    ("refunds_are_within_the_payments", cash(), {"refund_sources": [{"payment_id": "pay-1", "left": 9999}]}),
    ("fee_and_tax_are_in_the_amount", {**cash(), "fee": 10001, "tax": 0}, {}),
    ("fee_and_tax_are_in_the_amount", {**cash(), "fee": 5000, "tax": 5001}, {}),
    ("fee_and_tax_are_in_the_amount", {**cash(), "fee": -1}, {}),
    ("fee_and_tax_are_in_the_amount", {**cash(), "tax": -1}, {}),
    ("questions_go_with_a_review", {**review(), "questions": []}, {}),
    ("questions_go_with_a_review", {**cash(), "questions": [QUESTION]}, {}),
    ("questions_go_with_a_review", {**cash(), "bounds": review(0, 350)["bounds"]}, {}),
    ("questions_go_with_a_review", {**denied("HOLD"), "questions": [QUESTION]}, {}),
    ("bounds_are_within_the_payments", review(0, 10351), {}),
    ("bounds_are_within_the_payments", review(2, 1), {}),
    ("bounds_are_within_the_payments", review(-1, 1), {}),
    ("bounds_of_credits_are_within_the_facts", review(0, 0, 1), {}),
    ("bounds_of_credits_are_within_the_facts", review(0, 0, -1), {}),
    ("bounds_of_credits_are_within_the_facts", review(0, 0, 501), {"usage_events": [EVENT]}),
    (
        "bounds_of_credits_are_within_the_facts",
        review(0, 0, 1),
        {"usage_events": [{**EVENT, "already_restored": True}]},
    ),
    ("effects_count_no_less_than_nothing", {**cash(), "effects": [effect("STOP_RENEWAL", credits=-1)]}, {}),
    (
        "removed_credits_are_left",
        {**cash(), "effects": [effect("REMOVE_CREDITS", lot="lot-1", credits=100_000_001)]},
        {},
    ),
    (
        "removed_credits_are_left",
        {**cash(), "effects": [effect("REMOVE_CREDITS", lot="lot-1", credits=60_000_000)] * 2},
        {},
    ),
    ("removed_credits_are_left", {**cash(), "effects": [effect("REMOVE_CREDITS", lot="lot-9", credits=1)]}, {}),
    ("removed_credits_are_left", {**cash(), "effects": [effect("REMOVE_CREDITS", lot="lot-9")]}, {}),
    ("removed_bonus_is_left", {**cash(), "effects": [effect("REMOVE_BONUS", lot="lot-1", credits=4_000_001)]}, {}),
    (
        "restored_credits_were_deducted",
        allowed("RESTORE_CREDITS", effect("RESTORE_CREDITS", credits=501, event="e-1")),
        {"usage_events": [EVENT]},
    ),
    (
        "restored_credits_were_deducted",
        allowed("RESTORE_CREDITS", *[effect("RESTORE_CREDITS", credits=1, event="e-1")] * 2),
        {"usage_events": [EVENT]},
    ),
    (
        "restored_credits_were_deducted",
        allowed("RESTORE_CREDITS", effect("RESTORE_CREDITS", credits=1, event="e-1")),
        {"usage_events": [{**EVENT, "already_restored": True}]},
    ),
    ("restored_credits_were_deducted", allowed("RESTORE_CREDITS", effect("RESTORE_CREDITS", event="e-2")), {}),
    (
        "granted_credit_is_the_slas",
        allowed("SERVICE_CREDIT", effect("GRANT_SERVICE_CREDIT", credits=301)),
        {"incidents": [INCIDENT]},
    ),
    ("granted_credit_is_the_slas", allowed("SERVICE_CREDIT", effect("GRANT_SERVICE_CREDIT", credits=1)), {}),
    ("information_is_missing_where_it_is_needed", {**denied("NEEDS_INFORMATION"), "missing": []}, {}),
    (
        "information_is_missing_where_it_is_needed",
        {**cash(), "missing": denied("NEEDS_INFORMATION")["missing"]},
        {},
    ),
    ("promise_keeps_the_statutory_limit", {**denied(), "obligations": [PAY_BY, REFUND_BY]}, {}),
    ("something_is_cited", {**cash(), "citations": []}, {}),
    ("clauses_are_known", {**cash(), "citations": [{"clause": NOWHERE, "role": "BARS"}]}, {}),
    ("clauses_are_known", {**cash(), "effects": [{**effect("CANCEL_NOW"), "clause": ""}]}, {}),
    ("clauses_are_known", {**cash(), "obligations": [{**PAY_BY, "clause": NOWHERE}]}, {}),
    ("clauses_are_known", {**cash(), "warnings": [{"code": "credits_reserved", "clause": NOWHERE, "until": 0}]}, {}),
    (
        "clauses_are_known",
        {**denied("NEEDS_INFORMATION"), "missing": [{"code": "order_ref", "clause": NOWHERE}]},
        {},
    ),
    ("clauses_are_known", {**denied(), "breakdown": [{**cash()["breakdown"][0], "amount": 0, "clause": "x"}]}, {}),
    (
        "clauses_are_known",
        {**cash(), "interpretations": [{"parameter": "partial_use", "value": 1, "clause": NOWHERE}]},
        {},
    ),
    ("codes_have_their_texts", {**cash(), "warnings": [{"code": "odd", "clause": "law/eu/14-3", "until": 0}]}, {}),
    (
        "codes_have_their_texts",
        {**denied("NEEDS_INFORMATION"), "missing": [{"code": "odd", "clause": "law/eu/14-3"}]},
        {},
    ),
    ("clauses_are_known", {**review(), "questions": [{**QUESTION, "clause": NOWHERE}]}, {}),
    ("clauses_are_known", shown(0, 5, line_of(5, clause=NOWHERE)), {}),
    ("codes_have_their_texts", {**review(), "questions": [{**QUESTION, "code": "odd"}]}, {}),
    ("codes_have_their_texts", shown(0, 5, line_of(5, code="odd")), {}),
    ("codes_have_their_texts", {**denied(), "breakdown": [{**cash()["breakdown"][0], "amount": 0, "code": "odd"}]}, {}),
    ("version_is_loaded", {**cash(), "interpretations": [], "policy": {"version": "1999", "reason": "current"}}, {}),
    ("version_is_loaded", {**cash(), "interpretations": []}, {"policy_id": "yunxin"}),
    (
        "readings_are_parameters",
        {**cash(), "interpretations": [{"parameter": "partial_uze", "value": 1, "clause": "law/eu/14-3"}]},
        {},
    ),
]


@pytest.mark.parametrize(("guard", "answer", "facts"), BAD)
def test_an_answer_that_breaks_a_guard_is_withheld(guard: str, answer: dict[str, Any], facts: dict[str, Any]) -> None:
    assert guard in broken(answer, **facts)


def test_a_code_without_a_text_is_named_with_its_clause() -> None:
    answer = {**cash(), "warnings": [{"code": "odd", "clause": "law/eu/14-3", "until": 0}]}
    answer["breakdown"] = [{**line, "code": "strange"} for line in cash()["breakdown"][:1]] + cash()["breakdown"][1:]

    with pytest.raises(DecisionInvariant) as raised:
        to_decision(answer, policy_input(), CATALOG, input_digest="sha256:1d")

    codes = "warning 'odd' of law/eu/14-3; line 'strange' of router-one/2.1-prorata"
    assert raised.value.metadata == {"guards": "codes_have_their_texts", "codes": codes}
    assert codes in raised.value.message


def test_every_guard_is_broken_above() -> None:
    guards = (*money_invariants.MONEY_INVARIANTS, *citation_invariants.CITATION_INVARIANTS)
    listed = {guard.__name__ for guard in guards}
    assert {guard for guard, _, _ in BAD} == listed
    for room in (money_invariants, citation_invariants):
        own = {name for name, each in vars(room).items() if getattr(each, "__module__", "") == room.__name__}
        assert {name for name in own if not name.startswith("_")} - listed <= {"codes_without_texts", "version_of"}


def test_every_broken_guard_is_named() -> None:
    assert broken({**paying(10351), "citations": [], "currency": "JPY"}) == {
        "amount_is_within_the_payments",
        "refunds_are_within_the_payments",
        "something_is_cited",
        "currency_is_the_orders",
    }
