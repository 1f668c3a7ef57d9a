"""The policy's answer, decoded strictly: exactly these keys, exactly these types, nothing converted."""

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

# What the wire holds: int64. OPA computes beyond it, so a greater number is an answer off its shape.
_Int64: TypeAlias = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]
# Nanoseconds since the epoch; 0 says that there is no such time.
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
    """One object of the answer: every key must be there, and no other."""


class AnswerLine(_Part, frozen=True):
    """One line of the breakdown, in minor units; `lot` and `payment` are empty where it is about none."""

    code: str
    amount: _Int64
    lot: str
    payment: str
    clause: str


class AnswerBounds(_Part, frozen=True):
    """What may still come of a request: minor units, and millionths of a credit."""

    min: _Int64
    max: _Int64
    max_credits: _Int64
    breakdown: tuple[AnswerLine, ...]


class AnswerRefund(_Part, frozen=True):
    """What one payment gives back, in minor units."""

    payment: str
    amount: _Int64


class AnswerEffect(_Part, frozen=True):
    """One change; `credits` in millionths, `lot`, `event` and `order` empty where there is none."""

    type: EffectName
    lot: str
    credits: _Int64
    event: str
    order: str
    clause: str


class AnswerObligation(_Part, frozen=True):
    """One deadline or duty."""

    type: ObligationName
    due_at: _Time
    not_before: _Time
    clause: str


class AnswerCitation(_Part, frozen=True):
    """One clause that decided."""

    clause: str
    role: Role


class AnswerInterpretation(_Part, frozen=True):
    """One reading: the parameter that holds it, and its value as JSON."""

    parameter: str
    value: Any
    clause: str


class AnswerNote(_Part, frozen=True):
    """One question, or one thing that is missing, by its code."""

    code: str
    clause: str


class AnswerWarning(AnswerNote, frozen=True):
    """One warning; `until` is the end of the window that it speaks of."""

    until: _Time


class AnswerPolicy(_Part, frozen=True):
    """The version that decided, and why this one."""

    version: str
    reason: Literal["pinned", "at_purchase", "current", "better_of", "before_first"]


class Answer(_Part, frozen=True):
    """The policy result of one input, as rego/decider emits it."""

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


class _Fault(_Part, frozen=True):
    field: str
    description: str


class _Faulty(_Part, frozen=True):
    fault: _Fault


class _Failure(_Part, frozen=True):
    code: Literal["undefined", "beyond_calendar"]
    message: str


class _Failed(_Part, frozen=True):
    error: _Failure


_PATH = re.compile(r"at `(\$[^`]*)`")


def decode_answer(result: Mapping[str, object]) -> Answer:
    """Decode one policy result.

    Raises InvalidFacts where the policy itself found the facts at fault (its path is relative to the
    EvaluateRefundRequest), PolicyUndefined where it gave no answer, PolicyError where a rule asks for a day beyond the
    calendar (ruling 43), PolicyResultInvalid for anything else.
    """
    try:
        if "fault" in result:
            fault = convert(result, _Faulty).fault
            raise InvalidFacts([Violation(fault.field, fault.description)])
        if "error" in result:
            failure = convert(result, _Failed).error
            raise policy_failure(failure.code, failure.message)
        return convert(result, Answer)
    except ValidationError as wrong:
        found = _PATH.search(str(wrong))
        where = found[1] if found else "$"
        raise PolicyResultInvalid(
            f"the policy's answer is not of the shape of a decision, at {where}", metadata={"where": where}
        ) from None
