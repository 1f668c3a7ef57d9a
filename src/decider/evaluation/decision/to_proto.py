"""Maps the answer of a policy to the Decision of the contract, field by field, with the texts of the catalog."""

from __future__ import annotations

from collections.abc import Iterable

import orjson
from google.protobuf.timestamp_pb2 import Timestamp

from decider.bundle.catalog import Catalog, PolicyVersion, Texts
from decider.enum_names import CITATION_ROLE, DISPOSITION, EFFECT_TYPE, OBLIGATION_TYPE, VERDICT
from decider.evaluation.decision.citation_invariants import READINGS_OF_FACTS
from decider.evaluation.decision.policy_result import (
    Answer,
    AnswerBounds,
    AnswerInterpretation,
    AnswerLine,
    AnswerWarning,
    Disposition,
)
from decider.evaluation.policy_input import PolicyInput
from decider.evaluation.times import SECOND
from decider.v1 import decision_pb2, money_pb2

__all__ = ["NOT_YET", "to_proto"]

# These dispositions deny the refund for now, not for good (ruling 41).
NOT_YET: frozenset[Disposition] = frozenset({"NEEDS_INFORMATION", "MANUAL_REVIEW", "HOLD"})


def to_proto(
    answer: Answer, policy_input: PolicyInput, version: PolicyVersion, catalog: Catalog, *, input_digest: str
) -> decision_pb2.Decision:
    """Map an answer that keeps every invariant; `version` is the one that it names. PolicyRef.engine stays empty."""
    policy_id, evaluate_at = policy_input["policy_id"], policy_input["request"]["evaluate_at"]
    currency, texts, clauses = answer.currency, catalog.texts_of(policy_id), catalog.clauses
    return decision_pb2.Decision(
        verdict=VERDICT.value(answer.verdict),
        disposition=DISPOSITION.value(answer.disposition),
        amount=money_pb2.Money(currency_code=currency, amount_minor=answer.amount),
        bounds=_bounds(answer.bounds, currency, texts),
        breakdown=_lines(answer.breakdown, currency, texts),
        effects=[
            decision_pb2.Effect(
                type=EFFECT_TYPE.value(effect.type),
                lot_id=effect.lot,
                credits_micros=effect.credits,
                usage_event_id=effect.event,
                clause_id=effect.clause,
                order_ref=effect.order,
            )
            for effect in answer.effects
        ],
        obligations=[
            decision_pb2.Obligation(
                type=OBLIGATION_TYPE.value(duty.type),
                due_at=_time(duty.due_at),
                not_before=_time(duty.not_before),
                clause_id=duty.clause,
            )
            for duty in answer.obligations
        ],
        citations=[
            decision_pb2.Citation(
                clause_id=citation.clause,
                title=clauses[citation.clause].title,
                role=CITATION_ROLE.value(citation.role),
            )
            for citation in answer.citations
        ],
        interpretations=[
            decision_pb2.Interpretation(
                parameter=reading.parameter,
                value=_text(reading.value),
                clause_id=reading.clause,
                note=_note(reading, version),
            )
            for reading in answer.interpretations
        ],
        warnings=[
            decision_pb2.Warning(code=warning.code, message=_message(warning, texts), clause_id=warning.clause)
            for warning in answer.warnings
        ],
        missing=[
            decision_pb2.Missing(code=missing.code, clause_id=missing.clause, ask=texts.missing[missing.code])
            for missing in answer.missing
        ],
        refundable_until=_time(answer.refundable_until),
        policy=decision_pb2.PolicyRef(
            policy_id=policy_id,
            version=version.version,
            version_reason=answer.policy.reason,
            bundle_digest=catalog.digest,
        ),
        evaluated_at=Timestamp(seconds=evaluate_at // SECOND, nanos=evaluate_at % SECOND),
        expires_at=_time(answer.expires_at),
        input_digest=input_digest,
        final=answer.disposition not in NOT_YET,
        questions=[
            decision_pb2.Question(
                code=question.code, clause_id=question.clause, question=texts.questions[question.code]
            )
            for question in answer.questions
        ],
        refunds=[
            decision_pb2.PaymentRefund(
                payment_id=refund.payment, amount=money_pb2.Money(currency_code=currency, amount_minor=refund.amount)
            )
            for refund in answer.refunds
        ],
        fee_amount=money_pb2.Money(currency_code=currency, amount_minor=answer.fee),
        tax_amount=money_pb2.Money(currency_code=currency, amount_minor=answer.tax),
    )


def _time(instant: int) -> Timestamp | None:
    """Return nanoseconds since the epoch as a timestamp; 0 means that there is no time."""
    return Timestamp(seconds=instant // SECOND, nanos=instant % SECOND) if instant else None


def _message(warning: AnswerWarning, texts: Texts) -> str:
    """Return the text of a warning, with the last second of its window."""
    text = texts.warnings[warning.code]
    end = _time(warning.until)
    return text if end is None else f"{text} Its last second was {end.ToJsonString()}."


def _lines(lines: Iterable[AnswerLine], currency: str, texts: Texts) -> list[decision_pb2.LineItem]:
    return [
        decision_pb2.LineItem(
            code=line.code,
            amount=money_pb2.Money(currency_code=currency, amount_minor=line.amount),
            lot_id=line.lot,
            payment_id=line.payment,
            clause_id=line.clause,
            description=texts.lines[line.code],
        )
        for line in lines
    ]


def _bounds(bounds: AnswerBounds | None, currency: str, texts: Texts) -> decision_pb2.AmountBounds | None:
    if bounds is None:
        return None
    return decision_pb2.AmountBounds(
        min=money_pb2.Money(currency_code=currency, amount_minor=bounds.min),
        max=money_pb2.Money(currency_code=currency, amount_minor=bounds.max),
        max_credits_micros=bounds.max_credits,
        breakdown=_lines(bounds.breakdown, currency, texts),
    )


def _text(value: object) -> str:
    """Return the value of a parameter as text: a string as it is, anything else as JSON."""
    return value if isinstance(value, str) else orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def _note(reading: AnswerInterpretation, version: PolicyVersion) -> str:
    parameter = version.parameters.get(reading.parameter)
    return parameter.description if parameter is not None else READINGS_OF_FACTS[reading.parameter]
