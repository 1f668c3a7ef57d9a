"""How a decision is held against what a case expects, as the headers of tests/cases say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import grpc
from google.protobuf import json_format
from google.rpc import error_details_pb2  # type: ignore[import-untyped] # ships stubs but no py.typed
from grpc_status import rpc_status  # type: ignore[import-untyped] # ships no types

from casefile import proto_path
from decider.v1 import decision_pb2

# key of `expect` -> what of each element it names
_NAMED = {"citations": "clause_id", "interpretations": "parameter", "warnings": "code", "missing": "code"}
_PREFIXES = ("VERDICT_", "DISPOSITION_", "EFFECT_TYPE_", "OBLIGATION_TYPE_")
_KEYS = {"verdict", "disposition", "amount", "bounds", "effects", "obligations", *_NAMED}


def document(decision: decision_pb2.Decision) -> dict[str, Any]:
    """Turn a decision into a document with the names and the short enum values of the cases; int64 as numbers."""
    plain = json_format.MessageToDict(
        decision, preserving_proto_field_name=True, always_print_fields_with_no_presence=True
    )
    result: dict[str, Any] = _short(plain)
    return result


def differences(decision: decision_pb2.Decision, expect: Mapping[str, Any]) -> list[str]:
    """List what of the decision is not as expected, and that its breakdown does not sum to its amount."""
    unread = set(expect) - _KEYS
    assert not unread, f"nobody compares {unread}"
    got = document(decision)
    found = [_differs(key, got[key], expect[key]) for key in ("verdict", "disposition") if key in expect]
    if "amount" in expect:
        found.append(_differs("amount", got.get("amount"), expect["amount"]))
    if "bounds" in expect:
        found += _bounds(got.get("bounds"), expect)
    if "effects" in expect:
        found.append(_effects(got["effects"], expect["effects"]))
    found += _obligations(got["obligations"], expect.get("obligations", []))
    for key, name in _NAMED.items():
        there = {element[name] for element in got[key]}
        absent = sorted(set(expect.get(key, [])) - there)
        found.append(f"{key}: no {absent} among {sorted(there)}" if absent else None)
    found.append(_sums(decision))
    return [line for line in found if line]


def error_differences(error: grpc.RpcError, expect: Mapping[str, Any]) -> list[str]:
    """List what of an error is not as expected: its status, and the field that it names."""
    assert set(expect) <= {"error", "error_about"}
    assert isinstance(error, grpc.aio.AioRpcError)
    found = [_differs("error", error.code().name, expect["error"])]
    if "error_about" in expect:
        fields = fields_of(error)
        about = proto_path(expect["error_about"])
        found.append(None if about in fields else f"error_about: no {about} among {fields}")
    return [line for line in found if line]


def fields_of(error: grpc.aio.AioRpcError) -> list[str]:
    """Return the fields that an error names: of its violations, else of its metadata."""
    status = rpc_status.from_call(error)
    assert status is not None, "an error without google.rpc.Status"
    fields: list[str] = []
    for detail in status.details:
        bad, info = error_details_pb2.BadRequest(), error_details_pb2.ErrorInfo()
        if detail.Unpack(bad):
            fields += [violation.field for violation in bad.field_violations]
        elif detail.Unpack(info) and "field" in info.metadata:
            fields.append(info.metadata["field"])
    return fields


def _short(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _short(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_short(item) for item in value]
    if isinstance(value, str):
        if value.removeprefix("-").isdigit():
            return int(value)
        return next((value.removeprefix(prefix) for prefix in _PREFIXES if value.startswith(prefix)), value)
    return value


def _differs(what: str, got: object, wanted: object) -> str | None:
    return None if got == wanted else f"{what}: {got}, not {wanted}"


def _bounds(got: Mapping[str, Any] | None, expect: Mapping[str, Any]) -> Iterator[str | None]:
    if got is None:
        yield f"bounds: none, not {expect['bounds']}"
        return
    for key, wanted in expect["bounds"].items():
        if key == "max_credits_micros":
            yield _differs(f"bounds.{key}", got[key], wanted)
        else:
            money = {"currency_code": expect["amount"]["currency_code"], "amount_minor": wanted}
            yield _differs(f"bounds.{key}", got.get(key), money)


def _effects(got: Sequence[Mapping[str, Any]], wanted: Sequence[Mapping[str, Any]]) -> str | None:
    listed = sorted(got, key=_effect_order)
    ordered = sorted(wanted, key=_effect_order)
    shown = [{key: one[key] for key in want} for one, want in zip(listed, ordered, strict=False)]
    same = len(got) == len(wanted) and shown == ordered
    return None if same else f"effects: {listed}, not {ordered}"


def _effect_order(effect: Mapping[str, Any]) -> tuple[str, str]:
    return effect["type"], effect.get("lot_id", "")


def _obligations(got: Sequence[Mapping[str, Any]], wanted: Sequence[Mapping[str, Any]]) -> Iterator[str | None]:
    for want in wanted:
        if not any(all(one.get(key) == value for key, value in want.items()) for one in got):
            yield f"obligations: no {dict(want)} among {got}"
    if any(want["type"] == "REFUND_BY" for want in wanted):
        last = min((one["due_at"] for one in got if one["type"] == "REFUND_BY"), default="")
        for one in got:
            if one["type"] == "PAY_BY" and one["due_at"] > last:
                yield f"obligations: PAY_BY {one['due_at']} is later than REFUND_BY {last}"


def _sums(decision: decision_pb2.Decision) -> str | None:
    lines = [line.amount.amount_minor for line in decision.breakdown]
    total = sum(lines)
    if total == decision.amount.amount_minor:
        return None
    return f"breakdown: {lines} sums to {total}, not to {decision.amount.amount_minor}"
