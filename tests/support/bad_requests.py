"""Requests that are wrong, by name: each with the fields that its answer must name.

An empty set of fields says that the request may also be good: an extreme is no fault everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

from decider.v1 import decision_service_pb2, facts_pb2
from support import sample
from support.full_request import FULL, good

Request = decision_service_pb2.EvaluateRefundRequest


@dataclass(frozen=True)
class Bad:
    """One bad request; `fields` is what must be named, or empty where the request may be good."""

    name: str
    request: Request
    fields: frozenset[str]


def all_bad() -> list[Bad]:
    """Return them all, in a fixed order."""
    return [*_by_field(), *_contradictions(), *_sizes(), Bad("empty", Request(), frozenset({"request", "source"}))]


def bad_for_policies() -> list[Bad]:
    """Return what no check of the service finds but the policy does: agreements that would need an exchange rate."""
    in_euro = {"currency_code": "EUR", "amount_minor": 5}
    minimum = {"facts.agreement": {"id": "agreement-1", "minimum": in_euro, "terms": "REFUNDABLE"}}
    euro = {
        f"{path}.currency_code": "EUR"
        for path in ("facts.lots.0.base_price", "facts.lots.0.fee", "facts.lots.0.tax", "facts.payments.0.captured")
    }
    threshold = {**euro, "facts.agreement": {"id": "agreement-1", "terms": "REFUNDABLE"}}
    return [
        Bad(name, sample.request(change), frozenset({"facts.agreement.minimum"}))
        for name, change in (("minimum in another currency", minimum), ("threshold in another currency", threshold))
    ]


def _by_field() -> Iterator[Bad]:
    """Break every field of every message, one at a time."""
    for path, field, holder in _leaves(Request.DESCRIPTOR):
        for name, value, faulty in _values(field):
            request = good()
            message = holder(request)
            if field.type == FieldDescriptor.TYPE_MESSAGE:
                seconds, nanos = value
                getattr(message, field.name).seconds = seconds
                getattr(message, field.name).nanos = nanos
                at = path
            elif field.is_repeated:
                getattr(message, field.name)[0] = value
                at = f"{path}[0]"
            else:
                setattr(message, field.name, value)
                at = path
            yield Bad(f"{path}: {name}", request, frozenset({at}) if faulty else frozenset())


def _values(field: FieldDescriptor) -> Iterator[tuple[str, Any, bool]]:
    bits = {FieldDescriptor.TYPE_INT64: 63, FieldDescriptor.TYPE_INT32: 31}.get(field.type, 0)
    if bits:
        yield "greatest", 2**bits - 1, False
        yield "least", -(2**bits), True
        yield "negative", -1, True
    elif field.type == FieldDescriptor.TYPE_ENUM:
        yield "unknown number", 99, True
        yield "negative number", -(2**31), True
    elif field.type == FieldDescriptor.TYPE_STRING:
        yield "NUL", "a\0b", True
        yield "too long", "a" * 5000, True
        yield "other unicode", "ünï 漢字 😀", False
    elif field.type == FieldDescriptor.TYPE_MESSAGE:
        yield "before 1970", (-1, 0), True
        yield "after 2199", (7_258_118_400, 0), True
        yield "far out", (-(2**63), -(2**31)), True
        yield "farther out", (2**63 - 1, 2**31 - 1), True
        yield "negative nanos", (1_780_000_000, -1), True
        yield "nanos of a second", (1_780_000_000, 1_000_000_000), True


Holder = Callable[[Message], Any]


def _leaves(
    descriptor: Any, path: str = "", holder: Holder = lambda message: message
) -> Iterator[tuple[str, FieldDescriptor, Holder]]:
    for field in descriptor.fields:
        if field.name == "order":  # excludes the facts
            continue
        here = f"{path}.{field.name}".removeprefix(".")
        if field.message_type is None or field.message_type.full_name == "google.protobuf.Timestamp":
            yield here, field, holder
        else:

            def inner(message: Message, *, field: FieldDescriptor = field, holder: Holder = holder) -> Any:
                value = getattr(holder(message), field.name)
                return value[0] if field.is_repeated else value

            yield from _leaves(field.message_type, f"{here}[0]" if field.is_repeated else here, inner)


USD = {"currency_code": "USD", "amount_minor": 1}
CONTRADICTIONS: list[tuple[str, dict[str, Any], tuple[str, ...], set[str]]] = [
    ("no request", {}, ("request",), {"request"}),
    ("no facts", {}, ("facts",), {"source"}),
    ("no account", {}, ("facts.account",), {"facts.account"}),
    ("no policy", {}, ("request.policy_id",), {"request.policy_id"}),
    ("no requested_at", {}, ("request.requested_at",), {"request.requested_at"}),
    ("no category", {}, ("facts.lots.0.category",), {"facts.lots[0].category"}),
    ("no purchased_at", {}, ("facts.lots.0.purchased_at",), {"facts.lots[0].purchased_at"}),
    ("no base price", {}, ("facts.lots.0.base_price",), {"facts.lots[0].base_price"}),
    ("no base credits", {}, ("facts.lots.0.base_micros",), {"facts.lots[0].base_micros"}),
    ("evaluated too early", {"evaluate_at": "2026-06-01T00:00:00Z"}, (), {"evaluate_at"}),
    ("received too early", {"request.received_at": "2026-06-01T00:00:00Z"}, (), {"request.received_at"}),
    ("completed too early", {"request.completed_at": "2026-06-01T00:00:00Z"}, (), {"request.completed_at"}),
    ("bought later", {"facts.lots.0.purchased_at": "2026-06-11T09:00:01Z"}, (), {"request.requested_at"}),
    ("credits and amount", {"request.requested_credits_micros": 5}, (), {"request.requested_credits_micros"}),
    ("unknown zone", {"facts.customer.time_zone": "Mars/Olympus"}, (), {"facts.customer.time_zone"}),
    ("path as a zone", {"facts.customer.time_zone": "../../etc/passwd"}, (), {"facts.customer.time_zone"}),
    ("unknown country", {"facts.customer.country_code": "XX"}, (), {"facts.customer.country_code"}),
    ("small country", {"facts.customer.country_code": "de"}, (), {"facts.customer.country_code"}),
    (
        "small currency",
        {"request.requested_amount.currency_code": "usd"},
        (),
        {"request.requested_amount.currency_code"},
    ),
    (
        "unknown currency",
        {"request.requested_amount.currency_code": "ZZZ"},
        (),
        {"request.requested_amount.currency_code"},
    ),
    ("repeated payment", {"facts.payments.1.id": "pay-1"}, ("facts.subscription",), {"facts.payments[1].id"}),
    ("more used than granted", {"facts.lots.0.used_micros": 104_000_001}, (), {"facts.lots[0].used_micros"}),
    ("more reserved than left", {"facts.lots.0.reserved_micros": 104_000_001}, (), {"facts.lots[0].reserved_micros"}),
    ("payment that is not there", {"facts.lots.0.payment_id": "pay-9"}, (), {"facts.lots[0].payment_id"}),
    ("duplicate of nothing", {"facts.payments.1.duplicate_of": "pay-9"}, (), {"facts.payments[1].duplicate_of"}),
    ("duplicate of itself", {"facts.payments.1.duplicate_of": "pay-2"}, (), {"facts.payments[1].duplicate_of"}),
    (
        "two currencies",
        {"facts.lots.0.fee": {"currency_code": "EUR", "amount_minor": 350}},
        (),
        {"facts.lots[0].fee.currency_code"},
    ),
    (
        "more refunded than captured",
        {"facts.payments.0.refunds.0.status": "SUCCEEDED", "facts.payments.0.refunds.0.amount.amount_minor": 10351},
        (),
        {"facts.payments[0].refunds"},
    ),
    (
        "captured is no sum",
        {"facts.payments.0.captured.amount_minor": 10349},
        ("facts.payments.0.expected",),
        {"facts.payments[0].captured"},
    ),
    (
        "more disputed than captured",
        {"facts.payments.0.dispute.amount.amount_minor": 10351},
        (),
        {"facts.payments[0].dispute.amount"},
    ),
    ("ledger beyond the lots", {"facts.ledger.used_micros": 104_000_001}, (), {"facts.ledger.used_micros"}),
    ("balance off", {"facts.ledger.balance_micros": 5}, (), {"facts.ledger.balance_micros"}),
    (
        "period backwards",
        {"facts.subscription.period_end": "2026-05-01T00:00:00Z"},
        (),
        {"facts.subscription.period_end"},
    ),
    ("charged by nothing", {"facts.subscription.payment_id": "pay-9"}, (), {"facts.subscription.payment_id"}),
    ("unknown lot", {"request.lot_ids": ["lot-9"]}, (), {"request.lot_ids[0]"}),
    ("repeated lot", {"request.lot_ids": ["lot-1", "lot-1"]}, (), {"request.lot_ids[1]"}),
    ("unknown event", {"request.usage_event_ids": ["event-9"]}, (), {"request.usage_event_ids[0]"}),
    ("order that matches nothing", {"request.order_ref": "ORD-none"}, ("request.lot_ids",), {"request.order_ref"}),
    (
        "beyond exact products",
        {"facts.lots.0.base_price.amount_minor": 2**40, "facts.lots.0.base_micros": 2**40},
        (),
        {"facts.lots[0].base_price"},
    ),
    (
        "several at once",
        {
            "request.requested_amount.amount_minor": -1,
            "facts.customer.time_zone": "Nowhere",
            "facts.lots.0.used_micros": 104_000_001,
            "facts.subscription.period_end": "2026-05-01T00:00:00Z",
        },
        ("facts.account",),
        {
            "facts.account",
            "facts.customer.time_zone",
            "facts.lots[0].used_micros",
            "facts.subscription.period_end",
            "request.requested_amount.amount_minor",
        },
    ),
]


def _contradictions() -> Iterator[Bad]:
    for name, change, unset, fields in CONTRADICTIONS:
        yield Bad(name, sample.request({**FULL, **change}, unset), frozenset(fields))


def _sizes() -> Iterator[Bad]:
    request = good()
    lot = request.facts.lots[0]
    request.facts.lots.extend(facts_pb2.CreditLot(id=f"lot {n}", used_micros=-1) for n in range(10_000))
    yield Bad("10,000 lots, all bad", request, frozenset({"facts.lots"}))
    request = good()
    request.facts.lots.extend([lot] * 1000)
    yield Bad("1,001 lots", request, frozenset({"facts.lots"}))
    request = good()
    request.facts.payments[0].refunds.extend(facts_pb2.Refund() for _ in range(5000))
    yield Bad("5,001 refunds", request, frozenset({"facts.payments[0].refunds"}))
    request = good()
    request.request.reason = "x" * 1_000_000
    yield Bad("a reason of a megabyte", request, frozenset({"request.reason"}))
    request = good()
    request.facts.account.verified_emails.extend(f"{n}@example.com" for n in range(101))
    yield Bad("102 addresses", request, frozenset({"facts.account.verified_emails"}))
