"""Decodes the answer of a policy strictly: exactly these keys and types, and nothing is converted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeAlias

from msgspec import Meta, Struct, ValidationError, convert

from decider.errors import InvalidFacts, PolicyResultInvalid, Violation, policy_failure

__all__ = [
    "Answer",
    "AnswerBounds",
    "AnswerCitation",
    "AnswerEffect",
    "AnswerInterpretation",
    "AnswerLine",
    "AnswerNote",
    "AnswerObligation",
    "AnswerPolicy",
    "AnswerRefund",
    "AnswerWarning",
    "Disposition",
    "EffectName",
    "ObligationName",
    "Role",
    "Verdict",
    "decode_answer",
]

# The contract holds int64. OPA computes beyond that, so a greater number is an invalid answer.
_Int64: TypeAlias = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]
# Nanoseconds since the epoch; 0 means that there is no such time.
_Time: TypeAlias = Annotated[int, Meta(ge=0, le=2**63 - 1)]

Verdict: TypeAlias = Literal["ALLOW", "DENY"]
Disposition: TypeAlias = Literal[
    "CASH_REFUND",
    "RESTORE_CREDITS",
    "SERVICE_CREDIT",
    "NOT_REFUNDABLE",
    "NEEDS_INFORMATION",
    "MANUAL_REVIEW",
    "HOLD",
    "CANCELLATION",
]
EffectName: TypeAlias = Literal[
    "REMOVE_CREDITS",
    "REMOVE_BONUS",
    "RESTORE_CREDITS",
    "GRANT_SERVICE_CREDIT",
    "CANCEL_AT_PERIOD_END",
    "CANCEL_NOW",
    "STOP_RENEWAL",
]
ObligationName: TypeAlias = Literal[
    "RESPOND_BY",
    "REVIEW_BY",
    "PAY_BY",
    "REFUND_BY",
    "ORIGINAL_PAYMENT_METHOD",
    "MANUAL_PAYOUT",
    "ACKNOWLEDGE_WITHDRAWAL",
]
Role: TypeAlias = Literal["GRANTS", "BARS", "LIMITS", "REQUIRES"]


class _Part(Struct, frozen=True, forbid_unknown_fields=True):
    """An object of the answer. All its keys are required, and no others are allowed."""


class AnswerLine(_Part, frozen=True):
    """A line of the breakdown, in minor units; `lot` and `payment` may be empty."""

    code: str
    amount: _Int64
    lot: str
    payment: str
    clause: str


class AnswerBounds(_Part, frozen=True):
    """The bounds of what a request may still pay, in minor units and in millionths of a credit."""

    min: _Int64
    max: _Int64
    max_credits: _Int64
    breakdown: tuple[AnswerLine, ...]


class AnswerRefund(_Part, frozen=True):
    """The amount that a payment refunds, in minor units."""

    payment: str
    amount: _Int64


class AnswerEffect(_Part, frozen=True):
    """A change of the account; `credits` are in millionths, and `lot`, `event` and `order` may be empty."""

    type: EffectName
    lot: str
    credits: _Int64
    event: str
    order: str
    clause: str


class AnswerObligation(_Part, frozen=True):
    """A deadline or a duty."""

    type: ObligationName
    due_at: _Time
    not_before: _Time
    clause: str


class AnswerCitation(_Part, frozen=True):
    """A clause on which the decision rests."""

    clause: str
    role: Role


class AnswerInterpretation(_Part, frozen=True):
    """An interpretation: the parameter that holds it, and its value as JSON."""

    parameter: str
    value: Any
    clause: str


class AnswerNote(_Part, frozen=True):
    """A question, or a missing piece of information, by its code."""

    code: str
    clause: str


class AnswerWarning(AnswerNote, frozen=True):
    """A warning; `until` is the end of the window that it names."""

    until: _Time


class AnswerPolicy(_Part, frozen=True):
    """The version that decided, and the reason for this version."""

    version: str
    reason: Literal["pinned", "at_purchase", "current", "better_of", "before_first"]


class Answer(_Part, frozen=True):
    """The answer of a policy to one input, as rego/decider emits it."""

    verdict: Verdict
    disposition: Disposition
    amount: _Int64
    currency: str
    bounds: AnswerBounds | None
    refunds: tuple[AnswerRefund, ...]
    fee: _Int64
    tax: _Int64
    breakdown: tuple[AnswerLine, ...]
    effects: tuple[AnswerEffect, ...]
    obligations: tuple[AnswerObligation, ...]
    citations: tuple[AnswerCitation, ...]
    interpretations: tuple[AnswerInterpretation, ...]
    questions: tuple[AnswerNote, ...]
    warnings: tuple[AnswerWarning, ...]
    missing: tuple[AnswerNote, ...]
    refundable_until: _Time
    expires_at: _Time
    policy: AnswerPolicy


class _Violation(_Part, frozen=True):
    field: str
    description: str


class _Invalid(_Part, frozen=True):
    fault: _Violation


class _Failure(_Part, frozen=True):
    code: Literal["undefined", "beyond_calendar"]
    message: str


class _Failed(_Part, frozen=True):
    error: _Failure


_PATH = re.compile(r"at `(\$[^`]*)`")


def decode_answer(result: Mapping[str, object]) -> Answer:
    """Decode one policy result.

    Raises InvalidFacts if the policy itself finds the facts invalid (the path is relative to the
    EvaluateRefundRequest), PolicyUndefined if it gives no answer, PolicyError if a rule reads a day beyond the calendar
    (ruling 43), and PolicyResultInvalid for anything else.
    """
    try:
        if "fault" in result:
            violation = convert(result, _Invalid).fault
            raise InvalidFacts([Violation(violation.field, violation.description)])
        if "error" in result:
            failure = convert(result, _Failed).error
            raise policy_failure(failure.code, failure.message)
        return convert(result, Answer)
    except ValidationError as wrong:
        found = _PATH.search(str(wrong))
        where = found[1] if found else "$"
        raise PolicyResultInvalid(
            f"the policy's answer does not have the shape of a decision, at {where}", metadata={"where": where}
        ) from None
