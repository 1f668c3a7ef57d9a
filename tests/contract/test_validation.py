"""Each rule of the protos for one field: what breaks it, and the path that protovalidate names."""

import re
from collections.abc import Callable
from typing import Any

import protovalidate
import pytest
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp

from decider.evaluation.validation.cross_field_rules import cross_field_rules
from decider.v1 import decision_pb2, decision_service_pb2, facts_pb2, money_pb2, policy_service_pb2, request_pb2
from support.every_field import USD, full
from support.fields import LEAVES, chosen, is_enum, is_list, is_number, is_text, is_time, set_scalar

Request = decision_service_pb2.EvaluateRefundRequest
FIRST, LAST = Timestamp(), Timestamp(seconds=7_258_118_399, nanos=999_999_999)
TOO_EARLY, TOO_LATE = Timestamp(seconds=-1, nanos=999_999_999), Timestamp(seconds=7_258_118_400)
SIZES = {
    "request.reason": 4096,
    "request.sender_email": 320,
    "facts.account.payer_email": 320,
    "facts.account.verified_emails": 320,
}
# Ids and references (ruling 45).
IDS = re.compile(r"(id|ids|order_ref|order_refs|duplicate_of)$")
# Fields whose pattern says all, length included.
PATTERNED = {"policy_id", "policy_version", "currency_code", "country_code", "subdivision_code"}
COUNTS = {
    "request.usage_event_ids": 1000,
    "request.lot_ids": 1000,
    "facts.account.verified_emails": 100,
    "facts.lots": 1000,
    "facts.payments": 1000,
    "facts.payments[0].refunds": 100,
    "facts.usage_events": 1000,
    "facts.incidents": 100,
    "facts.agreement.order_refs": 1000,
}
REQUIRED = [
    "request",
    "request.policy_id",
    "request.requested_at",
    "facts.account",
    "facts.account.status",
    "facts.lots[0].id",
    "facts.lots[0].category",
    "facts.lots[0].purchased_at",
    "facts.subscription.period_start",
    "facts.subscription.period_end",
    "facts.payments[0].id",
    "facts.payments[0].captured",
    "facts.payments[0].refunds[0].id",
    "facts.payments[0].refunds[0].status",
    "facts.payments[0].dispute.status",
    "facts.usage_events[0].id",
    "facts.usage_events[0].outcome",
    "facts.incidents[0].id",
]


CROSS_FIELD = cross_field_rules(Request.DESCRIPTOR)


def faults(message: Message) -> list[str]:
    """Return the path of every violation of a rule for one field, written as a caller would."""
    paths = []
    for violation in protovalidate.collect_violations(message):
        if violation.proto.rule_id in CROSS_FIELD:
            continue
        assert violation.proto.field is not None
        path = ""
        for element in violation.proto.field.elements:
            path += f".{element.field_name}" if path else str(element.field_name)
            if element.subscript is not None:
                path += f"[{element.subscript.value}]"
        paths.append(path)
    return paths


def test_full_request_sets_every_field_and_is_good() -> None:
    message = full()
    unset = [path for path, field, reach in LEAVES if field not in [found for found, _ in reach(message).ListFields()]]

    assert unset == []
    assert faults(message) == []


def test_every_field_of_a_request_is_of_a_kind_that_is_tested() -> None:
    kinds = (is_text, is_number, is_enum, is_time, is_list)
    other = [
        path
        for path, field, _ in LEAVES
        if not any(kind(field) for kind in kinds)
        and field.type not in {FieldDescriptor.TYPE_BOOL, FieldDescriptor.TYPE_MESSAGE}
    ]

    assert other == []


def test_least_request_is_good() -> None:
    least = Request(
        request=request_pb2.RefundRequest(policy_id="a", requested_at=FIRST),
        facts=facts_pb2.RefundFacts(account=facts_pb2.Account(status=facts_pb2.ACCOUNT_STATUS_ACTIVE)),
    )

    assert faults(least) == []


@chosen(is_text)
@pytest.mark.parametrize("control", ["\x00", "\n", "\x1f", "\x7f", "\x80", "\x9f"])
def test_control_character_is_a_fault(
    path: str, field: FieldDescriptor, reach: Callable[[Message], Any], control: str
) -> None:
    message = full()
    item = set_scalar(reach(message), field, f"USD{control}")

    assert faults(message) == [path + item]


@chosen(lambda field: is_text(field) and field.name not in PATTERNED)
def test_other_unicode_is_welcome_up_to_the_size_in_bytes(
    path: str, field: FieldDescriptor, reach: Callable[[Message], Any]
) -> None:
    size = SIZES.get(path, 255)
    message = full()
    text = "é汉\u00a0\U0001f600" if IDS.search(path) else "é汉\u00a0\u2028\U0001f600"
    text += "x" * (size - len(text.encode()))
    item = set_scalar(reach(message), field, text)

    assert faults(message) == []

    set_scalar(reach(message), field, text + "x")

    assert faults(message) == [path + item]


@chosen(lambda field: is_text(field) and field.name not in PATTERNED)
@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\u200d", "\u200b", "\u202e", "\u2066", "\u00ad", "\ufeff"])
def test_only_ids_hold_no_format_and_separator_characters(
    path: str, field: FieldDescriptor, reach: Callable[[Message], Any], sign: str
) -> None:
    message = full()
    item = set_scalar(reach(message), field, f"order{sign}1")

    assert faults(message) == ([path + item] if IDS.search(path) else [])


@chosen(is_number)
def test_negative_number_is_a_fault(path: str, field: FieldDescriptor, reach: Callable[[Message], Any]) -> None:
    message = full()
    setattr(reach(message), field.name, 2**63 - 1 if field.type == FieldDescriptor.TYPE_INT64 else 2**31 - 1)

    assert faults(message) == []

    setattr(reach(message), field.name, -1)

    assert faults(message) == [path]


@chosen(is_enum)
def test_number_outside_the_enum_is_a_fault(path: str, field: FieldDescriptor, reach: Callable[[Message], Any]) -> None:
    message = full()
    assert field.enum_type is not None
    for value in field.enum_type.values[1:]:
        setattr(reach(message), field.name, value.number)

        assert faults(message) == []

    for number in (len(field.enum_type.values), -1):
        setattr(reach(message), field.name, number)

        assert faults(message) == [path]


@chosen(is_enum)
def test_unspecified_is_a_fault_where_it_must_be_told(
    path: str, field: FieldDescriptor, reach: Callable[[Message], Any]
) -> None:
    message = full()
    setattr(reach(message), field.name, 0)

    assert faults(message) == ([path] if path in REQUIRED else [])


@chosen(is_time)
def test_time_outside_1970_to_2199_is_a_fault(
    path: str, field: FieldDescriptor, reach: Callable[[Message], Any]
) -> None:
    for time, expected in [(FIRST, []), (LAST, []), (TOO_EARLY, [path]), (TOO_LATE, [path])]:
        message = full()
        getattr(reach(message), field.name).CopyFrom(time)

        assert faults(message) == expected


@chosen(is_list)
def test_list_holds_no_more_than_its_limit(path: str, field: FieldDescriptor, reach: Callable[[Message], Any]) -> None:
    message = full()
    items = getattr(reach(message), field.name)
    items.extend([items[0]] * (COUNTS[path] - 1))

    assert faults(message) == []

    items.extend([items[0]])

    assert faults(message) == [path]


@pytest.mark.parametrize("path", REQUIRED)
def test_absent_field_is_a_fault(path: str) -> None:
    reach, field = next((reach, field) for found, field, reach in LEAVES if found == path)
    message = full()
    reach(message).ClearField(field.name)

    assert faults(message) == [path]


@chosen(lambda field: not field.is_repeated)
def test_nothing_else_is_required(path: str, field: FieldDescriptor, reach: Callable[[Message], Any]) -> None:
    message = full()
    reach(message).ClearField(field.name)
    # Money without its currency is no money; the facts are the source, which a oneof demands.
    expected = [path] if path in REQUIRED or path.endswith(".currency_code") else ["source"] if path == "facts" else []

    assert faults(message) == expected


@pytest.mark.parametrize("path", ["request.lot_ids", "request.usage_event_ids"])
def test_empty_id_of_a_list_is_a_fault(path: str) -> None:
    message = full()
    getattr(message.request, path.removeprefix("request."))[0] = ""

    assert faults(message) == [f"{path}[0]"]


@pytest.mark.parametrize(
    ("path", "good", "bad"),
    [
        ("request.policy_id", ["a", "0-", "a" * 63], ["-a", "A", "a_b", "a.b", "a/b", "a b", "é", "a" * 64]),
        ("request.policy_version", ["1", "V1.2_3-4", "a" * 63], [".1", "-1", "_1", "a/b", "a b", "é", "a" * 64]),
        ("request.requested_amount.currency_code", ["JPY", "ZZZ"], ["usd", "US", "USDT", "U1D", "ÜSD"]),
        ("facts.customer.country_code", ["DE", "EL", "UK"], ["de", "D", "DEU", "D1"]),
        ("facts.customer.subdivision_code", ["DE-BY", "FR-6AE", "PT-20"], ["DE", "DE-", "de-BY", "DE-BYXX", "DE_BY"]),
    ],
)
def test_code_keeps_its_pattern(path: str, good: list[str], bad: list[str]) -> None:
    reach, field = next((reach, field) for found, field, reach in LEAVES if found == path)
    message = full()
    for text, expected in [(text, []) for text in good] + [(text, [path]) for text in bad]:
        setattr(reach(message), field.name, text)

        assert (text, faults(message)) == (text, expected)


def test_path_names_the_item_at_fault() -> None:
    message = full()
    message.facts.lots.append(message.facts.lots[0])
    message.facts.lots[1].used_micros = -1

    assert faults(message) == ["facts.lots[1].used_micros"]


def test_all_faults_are_told_at_once() -> None:
    message = full()
    message.request.ClearField("requested_at")
    message.facts.account.status = facts_pb2.ACCOUNT_STATUS_UNSPECIFIED
    message.facts.ledger.balance_micros = -1

    assert sorted(faults(message)) == ["facts.account.status", "facts.ledger.balance_micros", "request.requested_at"]


@pytest.mark.parametrize(("count", "expected"), [(0, ["requests"]), (1, []), (1000, []), (1001, ["requests"])])
def test_batch_is_checked_for_its_count_alone(count: int, expected: list[str]) -> None:
    """The items are bad, and are left to be checked one by one."""
    batch = decision_service_pb2.BatchEvaluateRefundsRequest(requests=[Request()] * count)

    assert faults(Request()) != []
    assert faults(batch) == expected


@pytest.mark.parametrize(
    ("policy_id", "version", "expected"),
    [
        ("yunxin", "", []),
        ("yunxin", "2026-01-01", []),
        ("", "", ["policy_id"]),
        ("Yunxin", "a/b", ["policy_id", "version"]),
        ("yunxin\n", "1\n", ["policy_id", "version"]),
    ],
)
def test_get_policy(policy_id: str, version: str, expected: list[str]) -> None:
    assert faults(policy_service_pb2.GetPolicyRequest(policy_id=policy_id, version=version)) == expected


def test_list_policies_has_nothing_to_get_wrong() -> None:
    assert faults(policy_service_pb2.ListPoliciesRequest()) == []


def test_breakdown_may_go_below_zero_and_the_amount_may_not() -> None:
    owed = money_pb2.Money(currency_code="USD", amount_minor=-1)

    assert faults(decision_pb2.Decision(amount=USD, breakdown=[decision_pb2.LineItem(amount=owed)])) == []
    assert faults(decision_pb2.Decision(amount=owed)) == ["amount.amount_minor"]
