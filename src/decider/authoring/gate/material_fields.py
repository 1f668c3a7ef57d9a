"""The material fields of a decision, and how two decisions differ in them.

Words are none of it: titles, descriptions, notes and the readings reported beside a decision. Nor is what only says by
which files, when and on what it was decided.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from decider.authoring.cases import document_of
from decider.authoring.gate.bulk_evaluation import Decided
from decider.currencies import minor_digits
from decider.errors import DeciderError
from decider.v1 import decision_pb2

__all__ = ["differences", "essence", "money_text"]

# What `differences` names, in the order in which it does.
_FIELDS = tuple(decision_pb2.Decision.DESCRIPTOR.fields_by_name)
_BESIDE = ("interpretations", "evaluated_at", "input_digest")


def essence(outcome: Decided) -> bytes:
    """Return bytes that are equal for two outcomes if the same was decided, or both ended in the same error."""
    if isinstance(outcome, DeciderError):
        fields = ",".join(one.field for one in outcome.violations)
        return f"{outcome.code} {outcome.reason} {fields}".encode()
    return _bare(outcome).SerializeToString(deterministic=True)


def differences(old: Decided, new: Decided) -> list[str]:
    """List the differences, each as `field old → new`."""
    if isinstance(old, DeciderError) or isinstance(new, DeciderError):
        return [f"{_brief(old)} → {_brief(new)}"]
    before, after = document_of(_bare(old)), document_of(_bare(new))
    keys = sorted({*before, *after}, key=_FIELDS.index)
    return [line for key in keys for line in _differ(key, before.get(key), after.get(key))]


def money_text(currency: str, minor: int) -> str:
    """Write an amount that is not negative: `USD 4,310.00`."""
    digits = minor_digits(currency)
    whole, rest = divmod(minor, 10**digits)
    return f"{currency} {whole:,}.{rest:0{digits}}" if digits else f"{currency} {whole:,}"


def _bare(decision: decision_pb2.Decision) -> decision_pb2.Decision:
    bare = decision_pb2.Decision()
    bare.CopyFrom(decision)
    for name in _BESIDE:
        bare.ClearField(name)  # type: ignore[arg-type] # the stubs list the names as literals
    bare.policy.ClearField("bundle_digest")
    bare.policy.ClearField("engine")
    for line in bare.breakdown:
        line.ClearField("description")
    for citation in bare.citations:
        citation.ClearField("title")
        citation.ClearField("note")
    for warning in bare.warnings:
        warning.ClearField("message")
    for missing in bare.missing:
        missing.ClearField("ask")
    return bare


def _differ(key: str, old: Any, new: Any) -> Iterator[str]:  # noqa: ANN401 (of JSON)
    if old == new:
        return
    if isinstance(old, list) and isinstance(new, list):
        less, more = [one for one in old if one not in new], [one for one in new if one not in old]
        if less or more:
            yield f"{key} {_listed(less)} → {_listed(more)}"
        else:
            yield f"{key} in another order"
        return
    yield f"{key} {_shown(old)} → {_shown(new)}"


def _listed(items: Sequence[Any]) -> str:
    return " + ".join(map(_shown, items)) or "none"


def _shown(value: Any) -> str:  # noqa: ANN401 (of JSON)
    if isinstance(value, Mapping):
        if value.keys() == {"currency_code", "amount_minor"}:
            return money_text(value["currency_code"], value["amount_minor"])
        return " ".join(_shown(item) for item in value.values() if item not in ("", 0, {}, None))
    return "none" if value is None else str(value).removeprefix("CITATION_ROLE_")


def _brief(outcome: Decided) -> str:
    if isinstance(outcome, DeciderError):
        return f"error {outcome.code} {outcome.reason}: {outcome.message}"
    document = document_of(outcome)
    return f"{document['verdict']} {document['disposition']} {_shown(document['amount'])}"
