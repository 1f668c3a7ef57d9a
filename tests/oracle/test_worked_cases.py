"""The oracle agrees with every worked case, as far as it models what the case expects."""

from __future__ import annotations

from typing import Any

import pytest

from decider.authoring.cases import Case
from oracle.answer import Answer
from oracle.decide import decide
from support.shipped import all_cases

# The oracle knows the shipped versions alone, and no faults of the facts.
MODELLED = [
    case
    for case in all_cases()
    if case.rpc == "EvaluateRefund" and "error" not in case.expect and not case.policy_versions
]
_BY_LOT = ("REMOVE_CREDITS", "REMOVE_BONUS")


def differences(answer: Answer, expect: dict[str, Any]) -> dict[str, tuple[object, object]]:
    """Return what the oracle answers and what the case expects, where they differ."""
    got: dict[str, object] = {
        "disposition": answer.disposition,
        "verdict": "ALLOW" if answer.final and answer.disposition != "NOT_REFUNDABLE" else "DENY",
        "final": answer.final,
        "fee_amount": answer.fee_amount,
        "tax_amount": answer.tax_amount,
    }
    pairs = {key: (value, expect[key]) for key, value in got.items() if key in expect}
    if "amount" in expect:
        pairs["amount"] = (answer.amount, expect["amount"]["amount_minor"])
    if "bounds" in expect:
        pairs["bounds"] = _bounds(answer, expect["bounds"])
    if "effects" in expect:
        wanted = {(one["type"], one.get("lot_id", ""), one.get("credits_micros", 0)) for one in expect["effects"]}
        pairs["effects"] = ({_shown(one) for one in answer.effects}, wanted)
    if "refunds" in expect:
        shown = {(one["payment_id"], one["amount_minor"]) for one in expect["refunds"]}
        pairs["refunds"] = (set(answer.refunds), shown)
    for key in ("missing", "questions"):
        named = set(expect.get(key, []))
        pairs[key] = (getattr(answer, key) & named, named)
    return {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}


def _bounds(answer: Answer, expect: dict[str, int]) -> tuple[object, object]:
    low, high = answer.bounds or (None, None)
    got = {"min": low, "max": high, "max_credits_micros": answer.credits}
    return {key: got[key] for key in expect}, expect


def _shown(effect: tuple[str, str, int]) -> tuple[str, str, int]:
    kind, name, credits_ = effect
    return kind, name if kind in _BY_LOT else "", credits_


@pytest.mark.parametrize("case", MODELLED, ids=lambda case: case.name)
def test_the_oracle_agrees_with_the_case(case: Case) -> None:
    assert differences(decide(case.request, dict(case.parameters)), dict(case.expect)) == {}
