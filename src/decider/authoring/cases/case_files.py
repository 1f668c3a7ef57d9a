"""Reads golden cases: the facts and the expected decision of each.

The header of each file says what its keys mean; a case with steps or variants becomes several `Case`s.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from decider.authoring.cases.facts_documents import Document, DocumentInvalid, read_document, to_message
from decider.v1 import decision_service_pb2

__all__ = ["Case", "changed", "load_cases", "load_folder", "proto_path"]


@dataclass(frozen=True)
class Case:
    """One request and its expected decision or error.

    `request` is the whole document `{evaluate_at, request, facts}` (and `request_id` for DecideRefund). `step` and
    `variant` count from 0; None where the case has none, or is the case itself beside its variants. `parameters` and
    `policy_versions` differ from those of the policy.
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

    @property
    def message(self) -> decision_service_pb2.EvaluateRefundRequest:
        """The message of EvaluateRefund, without the fields of other rpcs. Raises DocumentInvalid."""
        known = decision_service_pb2.EvaluateRefundRequest.DESCRIPTOR.fields_by_name
        return to_message({key: value for key, value in self.request.items() if key in known})


def load_cases(file: Path) -> list[Case]:
    """Return every request of one file, in its order. Raises DocumentInvalid."""
    document = read_document(file)
    if not isinstance(document, dict) or not {"policy_id", "base", "cases"} <= document.keys():
        raise DocumentInvalid(f"{file}: holds no mapping of policy_id, base and cases")
    return [case for raw in document["cases"] for case in _laid_out(document, raw)]


def load_folder(folder: Path) -> list[Case]:
    """Return every request of every file of a folder. Raises DocumentInvalid."""
    return [case for file in sorted(folder.glob("*.yaml")) for case in load_cases(file)]


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
