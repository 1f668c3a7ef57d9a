"""The worked cases of tests/cases: read, laid out one by one, and turned into messages.

The header of each file says what its keys mean; a case with steps or variants becomes several `Case`s.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import yaml
from google.protobuf import json_format
from google.protobuf.descriptor import Descriptor, EnumDescriptor, FieldDescriptor

from decider.v1 import decision_service_pb2

CASES = Path(__file__).parent / "cases"
Document: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """One request and what is expected of it.

    `request` is the whole document `{evaluate_at, request, facts}` (and `request_id` for DecideRefund), with the cases'
    short enum names; `to_proto` reads it. `step` and `variant` count from 0; None where the case has none, or is the
    case itself beside its variants. `parameters` and `policy_versions` differ from the shipped policy.
    """

    id: str
    title: str
    step: int | None
    variant: int | None
    request: Document
    evaluate_at: str
    parameters: Mapping[str, Any]
    policy_versions: Sequence[Mapping[str, Any]]
    expect: Mapping[str, Any]
    rpc: str
    policy_id: str = field(default="")

    @property
    def name(self) -> str:
        """Name the case as test reports do: R48/step1, R70/variant0."""
        part = "" if self.step is None else f"/step{self.step}"
        return self.id + part + ("" if self.variant is None else f"/variant{self.variant}")


def load_cases(path: Path) -> list[Case]:
    """Return every request of one file, in its order."""
    document = yaml.safe_load(path.read_text())
    return [case for raw in document["cases"] for case in _laid_out(document, raw)]


def all_cases() -> list[Case]:
    """Return every request of every file."""
    return [case for path in sorted(CASES.glob("*.yaml")) for case in load_cases(path)]


def to_proto(document: Mapping[str, Any]) -> decision_service_pb2.EvaluateRefundRequest:
    """Turn a case's document into the message of EvaluateRefund; keys of other rpcs are left out."""
    request = decision_service_pb2.EvaluateRefundRequest()
    fields = request.DESCRIPTOR.fields_by_name
    known = {key: value for key, value in document.items() if key in fields}
    json_format.ParseDict(_with_prefixes(known, request.DESCRIPTOR), request)
    return request


def _laid_out(document: Document, raw: Document) -> Iterator[Case]:
    base = {"evaluate_at": document["base"]["evaluate_at"], **document["base"]}
    facts = changed(base, raw)
    if "steps" in raw:
        for index, step in enumerate(raw["steps"]):
            yield _case(document, raw, changed(facts, step), step, step=index)
    if "expect" in raw:
        yield _case(document, raw, facts, raw)
    for index, variant in enumerate(raw.get("variants", [])):
        yield _case(document, raw, changed(facts, variant), variant, variant=index)


def _case(
    document: Document,
    raw: Document,
    request: Document,
    part: Document,
    *,
    step: int | None = None,
    variant: int | None = None,
) -> Case:
    return Case(
        id=raw["id"],
        title=raw["title"],
        step=step,
        variant=variant,
        request=request,
        evaluate_at=request["evaluate_at"],
        parameters={**raw.get("parameters", {}), **part.get("parameters", {})},
        policy_versions=raw.get("policy_versions", []),
        expect=part["expect"],
        rpc=raw.get("rpc", "EvaluateRefund"),
        policy_id=document["policy_id"],
    )


def changed(base: Mapping[str, Any], change: Mapping[str, Any]) -> Document:
    """Return a copy of `base` with the dotted paths of `change["set"]` set, then those of `change["unset"]` removed."""
    result: Document = copy.deepcopy(dict(base))
    for path, value in change.get("set", {}).items():
        *above, last = path.split(".")
        holder: Any = result
        for part in above:
            holder = holder[int(part)] if isinstance(holder, list) else holder.setdefault(part, {})
        if not isinstance(holder, list):
            holder[last] = copy.deepcopy(value)
        elif int(last) == len(holder):
            holder.append(copy.deepcopy(value))
        else:
            holder[int(last)] = copy.deepcopy(value)
    for path in change.get("unset", []):
        *above, last = path.split(".")
        holder = result
        for part in above:
            holder = holder[int(part)] if isinstance(holder, list) else holder[part]
        if isinstance(holder, list):
            del holder[int(last)]
        else:
            del holder[last]
    return result


def proto_path(path: str) -> str:
    """Turn a path of a case (`facts.lots.0.used_micros`) into one of a violation (`facts.lots[0].used_micros`)."""
    result = ""
    for part in path.split("."):
        result += f"[{part}]" if part.isdigit() else f".{part}" if result else part
    return result


def _with_prefixes(value: Any, descriptor: Descriptor) -> Any:
    """Give the enum values of a document the prefixes that the protos have."""
    result = {}
    for key, item in value.items():
        one = descriptor.fields_by_name.get(key)
        if one is None:
            result[key] = item  # left for ParseDict to refuse by name
        elif isinstance(item, list):
            result[key] = [_one_value(each, one) for each in item]
        else:
            result[key] = _one_value(item, one)
    return result


def _one_value(item: Any, one: FieldDescriptor) -> Any:
    if one.enum_type is not None and isinstance(item, str):
        return _prefix(one.enum_type) + item
    if one.message_type is not None and isinstance(item, dict):
        return _with_prefixes(item, one.message_type)
    return item


def _prefix(enum: EnumDescriptor) -> str:
    return enum.values_by_number[0].name.removesuffix("UNSPECIFIED")
