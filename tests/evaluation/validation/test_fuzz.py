"""Whatever a message holds, validation ends with a list of violations."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from decider.bundle.formats import is_zone
from decider.errors import PolicyNotFound
from decider.evaluation.facts import read_facts
from decider.evaluation.policy_input import policy_input_of
from decider.evaluation.validation.facts_rules import facts_violations
from decider.evaluation.validation.message_rules import message_violations
from decider.v1 import decision_service_pb2
from support.sample import CATALOG

INT64 = st.sampled_from([0, 1, 2, -1, 7, 100, 2**31, 2**62, 2**63 - 1, -(2**63)])
TEXT = st.sampled_from(
    [
        "",
        "a",
        "b",
        "yunxin",
        "USD",
        "EUR",
        "usd",
        "XXX",
        "DE",
        "EL",
        "Europe/Berlin",
        "../x",
        "\0",
        "Europe",
        "ß@ß",
        "é",
    ]
) | st.text(max_size=5)
KINDS: dict[int, st.SearchStrategy[Any]] = {
    FieldDescriptor.TYPE_INT64: INT64,
    FieldDescriptor.TYPE_INT32: st.sampled_from([0, 1, -1, 2**31 - 1, -(2**31)]),
    FieldDescriptor.TYPE_BOOL: st.booleans(),
    FieldDescriptor.TYPE_STRING: TEXT,
    FieldDescriptor.TYPE_ENUM: st.integers(-1, 7) | st.just(2**31 - 1),
}


@st.composite
def documents(draw: st.DrawFn, descriptor: Descriptor) -> dict[str, Any]:
    """Draw any fields of a message: which of them are set, and with what, however senseless."""
    document: dict[str, Any] = {}
    for field in descriptor.fields:
        if not draw(st.integers(0, 3)):
            continue
        one = KINDS[field.type] if field.message_type is None else documents(field.message_type)
        document[field.name] = draw(st.lists(one, max_size=3) if field.is_repeated else one)
    return document


def fill(message: Message, document: dict[str, Any]) -> Message:
    for name, value in document.items():
        items = value if isinstance(value, list) else [value]
        for item in items:
            held = getattr(message, name)
            if isinstance(item, dict):
                into = held.add() if isinstance(value, list) else held
                into.SetInParent()
                fill(into, item)
            elif isinstance(value, list):
                held.append(item)
            else:
                setattr(message, name, item)
    return message


ANY = documents(decision_service_pb2.EvaluateRefundRequest.DESCRIPTOR)


@given(
    document=ANY, now=INT64, faulty=st.lists(st.sampled_from(["facts", "facts.lots", "request", "", ".", "a[", "x[0]"]))
)
@settings(max_examples=150, suppress_health_check=list(HealthCheck))
def test_any_message_is_looked_through(document: dict[str, Any], now: int, faulty: list[str]) -> None:
    message = decision_service_pb2.EvaluateRefundRequest()
    fill(message, document)

    facts = read_facts(message, now, CATALOG.country_aliases)
    found = facts_violations(facts, faulty)
    of_fields = [violation.field for violation in message_violations(message)[1]]

    assert len({violation.field for violation in found}) == len(found)
    assert len(set(of_fields)) == len(of_fields)
    if not of_fields and not found and not faulty and facts.evaluate_at >= 0:
        with contextlib.suppress(PolicyNotFound):
            policy_input_of(facts, CATALOG)


@pytest.mark.parametrize(
    "key",
    [
        "",
        "\0",
        "a\0",
        "../x",
        "/etc/passwd",
        "Europe",
        "Europe/",
        "localtime",
        "Factory",
        "europe/berlin",
        "posixrules",
        "tzdata.zi",
        "zone.tab",
        "é",
        "." * 9999,
    ],
)
def test_what_is_no_zone(key: str) -> None:
    assert not is_zone(key)


@pytest.mark.parametrize(
    "key", ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+12", "Pacific/Apia"]
)
def test_what_is_a_zone(key: str) -> None:
    assert is_zone(key)
