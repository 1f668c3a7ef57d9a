"""Compares a decision with the expectations of a case. The headers of the case files describe their keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from google.protobuf import json_format

from decider.authoring.cases.case_files import proto_path
from decider.v1 import decision_pb2

__all__ = ["decision_differences", "document_of", "error_differences"]

# key of `expect` -> what of each element it names
_NAMED = {
    "citations": "clause_id",
    "interpretations": "parameter",
    "warnings": "code",
    "missing": "code",
    "questions": "code",
}
_EQUAL = ("verdict", "disposition", "final", "amount")
_MINOR = ("fee_amount", "tax_amount")
_PREFIXES = ("VERDICT_", "DISPOSITION_", "EFFECT_TYPE_", "OBLIGATION_TYPE_")
_KEYS = {*_EQUAL, *_MINOR, "bounds", "refunds", "effects", "obligations", *_NAMED}


def document_of(decision: decision_pb2.Decision) -> dict[str, Any]:
    """Turn a decision into a document with the names and the short enum values of the cases; int64 as numbers."""
    plain = json_format.MessageToDict(
        decision, preserving_proto_field_name=True, always_print_fields_with_no_presence=True
    )
    result: dict[str, Any] = _short(plain)
    return result


def decision_differences(decision: decision_pb2.Decision, expect: Mapping[str, Any]) -> list[str]:
    """List the differences of a decision from `expect`, and a breakdown that does not sum to its amount."""
    if "error" in expect:
        return [f"a decision, not {expect['error']}"]
    got = document_of(decision)
    found: list[str | None] = [f"expect.{key}: no such key" for key in sorted(set(expect) - _KEYS)]
    found += [_differs(key, got.get(key), expect[key]) for key in _EQUAL if key in expect]
    found += [_differs(key, got.get(key), _money(expect, expect[key])) for key in _MINOR if key in expect]
    if "refunds" in expect:
        found.append(_refunds(got["refunds"], expect))
    if "bounds" in expect:
        found += _bounds(got.get("bounds"), expect)
    if "effects" in expect:
        found.append(_effects(got["effects"], expect["effects"]))
    found += _shown("obligations", got, expect.get("obligations", []))
    found += _no_later_than_the_law(got["obligations"], expect.get("obligations", []))
    found += _shown("interpretations", got, _of_fields(expect))
    for key, name in _NAMED.items():
        there = {element[name] for element in got[key]}
        absent = sorted({one for one in expect.get(key, []) if isinstance(one, str)} - there)
        found.append(f"{key}: no {absent} among {sorted(there)}" if absent else None)
    found.append(_sums(decision))
    return [line for line in found if line]


def error_differences(status: str, fields: Sequence[str], expect: Mapping[str, Any]) -> list[str]:
    """List the differences of an error from `expect`: the name of its gRPC status, and the fields that it names."""
    if "error" not in expect:
        return [f"the error {status} about {', '.join(fields) or 'no field'}, not a decision"]
    found = [f"expect.{key}: no such key beside error" for key in sorted(set(expect) - {"error", "error_about"})]
    found += filter(None, [_differs("error", status, expect["error"])])
    if "error_about" in expect:
        about = proto_path(expect["error_about"])
        if about not in fields:
            found.append(f"error_about: no {about} among {list(fields)}")
    return found


def _short(value: Any) -> Any:  # noqa: ANN401 (of JSON)
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
            yield _differs(f"bounds.{key}", got.get(key), _money(expect, wanted))


def _money(expect: Mapping[str, Any], minor: int) -> dict[str, Any]:
    """Return minor units as an amount in the currency of the expected amount."""
    return {"currency_code": expect["amount"]["currency_code"], "amount_minor": minor}


def _refunds(got: Sequence[Mapping[str, Any]], expect: Mapping[str, Any]) -> str | None:
    listed = sorted(got, key=lambda refund: str(refund["payment_id"]))
    wanted = [
        {"payment_id": refund["payment_id"], "amount": _money(expect, refund["amount_minor"])}
        for refund in sorted(expect["refunds"], key=lambda refund: str(refund["payment_id"]))
    ]
    return _differs("refunds", listed, wanted)


def _effects(got: Sequence[Mapping[str, Any]], wanted: Sequence[Mapping[str, Any]]) -> str | None:
    listed = sorted(got, key=_effect_order)
    ordered = sorted(wanted, key=_effect_order)
    shown = [{key: one[key] for key in want} for one, want in zip(listed, ordered, strict=False)]
    same = len(got) == len(wanted) and shown == ordered
    return None if same else f"effects: {listed}, not {ordered}"


def _effect_order(effect: Mapping[str, Any]) -> tuple[str, str]:
    return effect["type"], effect.get("lot_id", "")


def _of_fields(expect: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Return the interpretations that are shown with fields rather than named."""
    return [one for one in expect.get("interpretations", []) if not isinstance(one, str)]


def _shown(key: str, decision: Mapping[str, Any], wanted: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Say which expected elements are missing from a list; an element matches if it has the fields shown."""
    got = decision[key]
    for want in wanted:
        if not any(all(one.get(name) == value for name, value in want.items()) for one in got):
            yield f"{key}: no {dict(want)} among {got}"


def _no_later_than_the_law(
    got: Sequence[Mapping[str, Any]], wanted: Sequence[Mapping[str, Any]]
) -> Iterator[str | None]:
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
