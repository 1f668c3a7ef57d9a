"""The rules of the contract for one message: no unknown field, the limits, and the rules of the protos."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import protovalidate
from google.protobuf.message import Message

from decider.errors import InvalidFacts, Violation
from decider.evaluation.validation.cross_field_rules import cross_field_rules
from decider.evaluation.validation.message_limits import find_limit_violations
from decider.evaluation.validation.unknown_fields import find_unknown_fields
from decider.evaluation.validation.violations import Violations
from decider.v1 import decision_service_pb2

__all__ = ["PATTERNS", "message_violations", "require_valid"]

_M = TypeVar("_M", bound=Message)

_VALIDATOR = protovalidate.Validator()
_CROSS_FIELD = cross_field_rules(decision_service_pb2.EvaluateRefundRequest.DESCRIPTOR)
_ONEOF = "exactly one field is required in oneof"
# The patterns of the protos in words. protovalidate only quotes the pattern.
PATTERNS = {
    r"^\P{Cc}*$": "must hold no control character",
    r"^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$": "must hold no control, format or separator character",
    "^[A-Z]{3}$": "must be three capital letters, an ISO 4217 code",
    "^[A-Z]{2}$": "must be two capital letters, an ISO 3166-1 code",
    "^[A-Z]{2}-[A-Z0-9]{1,3}$": 'must be an ISO 3166-2 code, such as "DE-BY"',
    "^[a-z0-9][a-z0-9-]{0,62}$": 'must be 1 to 63 of a-z, 0-9 and "-", and not begin with "-"',
    "^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$": 'must be 1 to 63 letters, digits, ".", "_" and "-", and begin with one of the '
    "first two",
}


def message_violations(message: _M) -> tuple[_M, list[Violation]]:
    """Return every violation of the contract, and the message with overlong lists cut to their first item.

    An overlong list is one violation, and its items are not checked. A rule that compares fields is skipped if one of
    them is already at fault. The message itself is never changed.
    """
    limits = find_limit_violations(message)
    too_long = [violation for violation, _, _ in limits.overlong]
    if too_long:
        copy = type(message)()
        copy.CopyFrom(message)
        message = copy
        for _, holder, name in find_limit_violations(copy).overlong:
            del getattr(holder, name)[1:]
    violations = _VALIDATOR.collect_violations(message)
    found = [_violation(each) for each in violations if each.proto.rule_id not in _CROSS_FIELD]
    fields = {violation.field for violation in found}
    found += [violation for violation in limits.bad_nanos if violation.field not in fields]
    cut = tuple(f"{violation.field}[" for violation in too_long)
    found = [violation for violation in found if not violation.field.startswith(cut)]
    found = too_long + find_unknown_fields(message) + found
    return message, found + _compared(violations, [violation.field for violation in found])


def require_valid(message: Message) -> None:
    """Raise InvalidFacts with every violation of the contract, if there is one."""
    _, found = message_violations(message)
    if found:
        raise InvalidFacts(found)


def _compared(violations: Iterable[protovalidate.Violation], faulty: Iterable[str]) -> list[Violation]:
    """Return the violations of rules that compare fields, if none of the fields is already at fault."""
    compared = Violations(tuple(faulty))
    for violation in violations:
        broken = violation.proto
        if broken.rule_id in _CROSS_FIELD:
            rule, path = _CROSS_FIELD[broken.rule_id], _path(broken.field.elements if broken.field is not None else ())
            below = f"{path}." if path else ""
            if compared.sound(*(f"{below}{field}" for field in rule.reads)):
                compared.add(f"{below}{rule.field}", broken.message)
    return compared.found


def _violation(violation: protovalidate.Violation) -> Violation:
    broken = violation.proto
    description = broken.message or broken.rule_id or "invalid"
    if broken.rule_id == "string.pattern":
        description = PATTERNS.get(str(violation.rule_value), description)
    elif description == _ONEOF:
        description = "must hold facts, or an order"
    return Violation(_path(broken.field.elements if broken.field is not None else ()), description)


def _path(elements: Iterable[protovalidate.FieldPathElementPb]) -> str:
    path = ""
    for element in elements:
        path += f".{element.field_name}" if path else str(element.field_name)
        if element.subscript is not None:
            path += f"[{element.subscript.value}]"
    return path
