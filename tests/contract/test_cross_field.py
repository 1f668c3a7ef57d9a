"""The rules of the protos that compare fields: what breaks each, and the field that the service names for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import protovalidate
import pytest
from google.protobuf.descriptor import Descriptor

from decider.evaluation.validation.cross_field_rules import cross_field_rules
from decider.evaluation.validation.message_rules import message_violations
from decider.v1 import decision_service_pb2
from support.faulty import DAY_9, DAY_10, LOT, PLAN, WITH_PLAN
from support.sample import money, request

ROOT = Path(__file__).parents[2]
REQUEST = decision_service_pb2.EvaluateRefundRequest.DESCRIPTOR
RULES = cross_field_rules(REQUEST)
DAY_11, DAY_11_LATER = "2026-06-11T09:30:00Z", "2026-06-11T10:00:00Z"


def used(total: int | None, base: int | None = None, bonus: int | None = None) -> dict[str, Any]:
    """A lot of which so much was used; it was granted 100 and 4 credits."""
    told = {"used_micros": total, "base_used_micros": base, "bonus_used_micros": bonus}
    lot = {name: value for name, value in LOT.items() if name not in told}
    return {"facts.lots.0": {**lot, **{name: value for name, value in told.items() if value is not None}}}


# By rule: what breaks it and nothing else, and the same fields at the edge where they keep it.
BROKEN: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "evaluate_at.not_before_requested_at": (
        {"evaluate_at": "2026-06-11T08:59:59.999999999Z"},
        {"evaluate_at": "2026-06-11T09:00:00Z"},
    ),
    "facts.subscription.to_cancel": (
        {"request.remedy": "CANCEL_SUBSCRIPTION"},
        {"request.remedy": "CANCEL_SUBSCRIPTION", **WITH_PLAN},
    ),
    "received_at.not_before_requested_at": (
        {"request.received_at": DAY_10},
        {"request.received_at": "2026-06-11T09:00:00Z"},
    ),
    "completed_at.not_before_received_at": (
        {"request.received_at": DAY_11_LATER, "request.completed_at": DAY_11},
        {"request.received_at": DAY_11, "request.completed_at": DAY_11},
    ),
    "completed_at.not_before_requested_at": (
        {"request.completed_at": DAY_10},
        {"request.completed_at": "2026-06-11T09:00:00Z"},
    ),
    "requested_credits_micros.beside_no_amount": (
        {"request.requested_amount": money(0), "request.requested_credits_micros": 0},
        {"request.requested_credits_micros": 0},
    ),
    "base_price.of_paid_lot": (
        {"facts.lots.0": {name: value for name, value in LOT.items() if name != "base_price"}},
        {"facts.lots.0.base_price": money(0)},
    ),
    "base_micros.of_paid_lot": (
        {"facts.lots.0.base_micros": 0, "facts.lots.0.used_micros": 0},
        {"facts.lots.0.base_micros": 1, "facts.lots.0.used_micros": 0},
    ),
    "payment_id.of_paid_lot": (
        {"facts.lots.0.payment_id": ""},
        {"facts.lots.0.payment_id": "", "facts.lots.0.category": "PROMOTIONAL"},
    ),
    "base_used_micros.within_base": (used(None, base=100_000_001), used(None, base=100_000_000)),
    "bonus_used_micros.within_bonus": (used(None, bonus=4_000_001), used(None, bonus=4_000_000)),
    "used_micros.within_granted": (used(104_000_001), used(104_000_000)),
    "used_micros.sum": (used(5, 1, 3), used(5, 1, 4)),
    "used_micros.beside_base_used": (used(4_000_002, base=1), used(4_000_001, base=1)),
    "used_micros.beside_bonus_used": (used(100_000_002, bonus=1), used(100_000_001, bonus=1)),
    "period_end.after_period_start": (
        {**WITH_PLAN, "facts.subscription.period_end": PLAN["period_start"]},
        {**WITH_PLAN, "facts.subscription.period_end": "2026-05-27T09:00:00.000000001Z"},
    ),
    "payment_id.of_charged_plan": (
        {"facts.subscription": {**PLAN, "payment_id": ""}},
        {
            "facts.subscription": {
                name: value for name, value in PLAN.items() if name not in ("payment_id", "charged_at")
            }
        },
    ),
}


def fields_of(change: dict[str, Any], *unset: str) -> list[str]:
    return [fault.field for fault in message_violations(request(change, unset))[1]]


def broken_by(change: dict[str, Any]) -> list[str]:
    return [one.proto.rule_id or "" for one in protovalidate.collect_violations(request(change))]


def test_every_rule_is_tried() -> None:
    assert sorted([*BROKEN, "request.order_ref.of_order"]) == sorted(RULES)  # that one: tests/server/test_orders.py


@pytest.mark.parametrize("rule", BROKEN)
def test_what_breaks_a_rule_breaks_it_alone_and_its_edge_keeps_it(rule: str) -> None:
    broken, kept = BROKEN[rule]

    assert broken_by(broken) == [rule]
    assert broken_by(kept) == []


@pytest.mark.parametrize("rule", BROKEN)
def test_the_service_names_the_field_that_the_id_of_the_rule_names(rule: str) -> None:
    found = fields_of(BROKEN[rule][0])

    assert len(found) == 1
    assert found[0].endswith(RULES[rule].field)
    assert found[0].startswith(("request.", "facts.", "evaluate_at"))


def test_used_less_than_its_part_is_a_fault() -> None:
    assert fields_of(used(5, base=6)) == ["facts.lots[0].used_micros"]
    assert fields_of(used(3, bonus=4)) == ["facts.lots[0].used_micros"]
    assert fields_of(used(5, 6, 0)) == ["facts.lots[0].used_micros"]


@pytest.mark.parametrize(
    ("change", "unset", "expected"),
    [
        ({"evaluate_at": DAY_9}, ("request.requested_at",), ["request.requested_at"]),
        ({"evaluate_at": DAY_9}, ("request",), ["request"]),
        ({"request.received_at": DAY_9, "request.completed_at": DAY_10}, (), ["request.received_at"]),
        ({**used(104_000_001), "facts.lots.0.base_micros": -1}, (), ["facts.lots[0].base_micros"]),
        ({**used(9, 4, 4), "facts.lots.0.base_used_micros": -1}, (), ["facts.lots[0].base_used_micros"]),
        ({**used(5, 1, 4_000_001)}, (), ["facts.lots[0].bonus_used_micros"]),
        ({"request.remedy": "CANCEL_SUBSCRIPTION"}, ("facts",), ["source"]),
        (
            {"facts.lots.0.category": "LOT_CATEGORY_UNSPECIFIED"},
            ("facts.lots.0.base_price",),
            ["facts.lots[0].category"],
        ),
    ],
)
def test_a_rule_that_reads_a_field_at_fault_is_left_out(
    change: dict[str, Any], unset: tuple[str, ...], expected: list[str]
) -> None:
    assert fields_of(change, *unset) == expected


def test_a_rule_that_does_not_read_it_is_kept() -> None:
    change = {**used(9, 4, 4), "facts.lots.0.base_micros": -1}

    assert fields_of(change) == ["facts.lots[0].base_micros", "facts.lots[0].used_micros"]


def test_a_time_with_bad_nanoseconds_is_compared_with_none() -> None:
    message = request({"request.received_at": DAY_11})
    message.request.received_at.nanos = -(2**31)

    assert [fault.field for fault in message_violations(message)[1]] == ["request.received_at"]


def test_items_of_an_overlong_list_are_not_compared() -> None:
    message = request({"facts.lots.0.base_micros": 0})
    for _ in range(1000):
        message.facts.lots.add().CopyFrom(message.facts.lots[0])

    assert [fault.field for fault in message_violations(message)[1]] == ["facts.lots"]


@pytest.mark.parametrize("extreme", [0, 1, 2**63 - 1, -1, -(2**63)])
@pytest.mark.parametrize(
    "name", ["base_micros", "bonus_micros", "base_used_micros", "bonus_used_micros", "used_micros"]
)
def test_no_number_overflows_a_rule(name: str, extreme: int) -> None:
    for other in (0, 2**63 - 1, -1, -(2**63)):
        told = dict.fromkeys(("base_micros", "bonus_micros", "used_micros"), other)
        for split in ({}, {"base_used_micros": other}, {"bonus_used_micros": other}):
            lot = {**LOT, **told, **split, name: extreme}
            message_violations(request({"facts.lots.0": lot}))


def test_ids_are_unique_and_the_fields_that_rules_read_exist() -> None:
    text = "".join(file.read_text() for file in sorted((ROOT / "proto" / "decider").rglob("*.proto")))

    assert sorted(re.findall(r'^ +id: "([a-z0-9_.]+)"$', text, re.MULTILINE)) == sorted(RULES)
    for rule in RULES.values():
        assert any(all(reaches(message, path.split(".")) for path in rule.reads) for message in messages(REQUEST)), rule


def messages(descriptor: Descriptor) -> Iterator[Descriptor]:
    """Yield every message type of a request, each once."""
    found: dict[str, Descriptor] = {}
    left = [descriptor]
    while left:
        one = left.pop()
        if one.full_name not in found:
            found[one.full_name] = one
            left += [field.message_type for field in one.fields if field.message_type]
    yield from found.values()


def reaches(descriptor: Descriptor | None, path: list[str]) -> bool:
    """Whether a path of field names leads somewhere in a message type."""
    if not path:
        return True
    return (
        descriptor is not None
        and path[0] in descriptor.fields_by_name
        and reaches(descriptor.fields_by_name[path[0]].message_type, path[1:])
    )
