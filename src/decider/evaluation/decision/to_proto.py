"""Answer → Decision: field by field, with the words of the catalog."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import orjson
from google.protobuf.timestamp_pb2 import Timestamp

from decider.bundle.catalog import Catalog, PolicyVersion, Texts
from decider.evaluation.decision.invariants import READINGS_OF_FACTS
from decider.evaluation.decision.policy_result import (
    Answer,
    AnswerBounds,
    AnswerInterpretation,
    AnswerLine,
    AnswerWarning,
    Disposition,
    EffectName,
    ObligationName,
    Role,
    Verdict,
)
from decider.v1 import decision_pb2, money_pb2

__all__ = ["map_answer"]

_SECOND = 1_000_000_000

# Not yet, rather than no (ruling 41).
NOT_YET: frozenset[Disposition] = frozenset({"NEEDS_INFORMATION", "MANUAL_REVIEW", "HOLD"})
VERDICTS: Mapping[Verdict, decision_pb2.Verdict.ValueType] = {
    "ALLOW": decision_pb2.VERDICT_ALLOW,
    "DENY": decision_pb2.VERDICT_DENY,
}
DISPOSITIONS: Mapping[Disposition, decision_pb2.Disposition.ValueType] = {
    "CASH_REFUND": decision_pb2.DISPOSITION_CASH_REFUND,
    "RESTORE_CREDITS": decision_pb2.DISPOSITION_RESTORE_CREDITS,
    "SERVICE_CREDIT": decision_pb2.DISPOSITION_SERVICE_CREDIT,
    "NOT_REFUNDABLE": decision_pb2.DISPOSITION_NOT_REFUNDABLE,
    "NEEDS_INFORMATION": decision_pb2.DISPOSITION_NEEDS_INFORMATION,
    "MANUAL_REVIEW": decision_pb2.DISPOSITION_MANUAL_REVIEW,
    "HOLD": decision_pb2.DISPOSITION_HOLD,
    "CANCELLATION": decision_pb2.DISPOSITION_CANCELLATION,
}
EFFECTS: Mapping[EffectName, decision_pb2.EffectType.ValueType] = {
    "REMOVE_CREDITS": decision_pb2.EFFECT_TYPE_REMOVE_CREDITS,
    "REMOVE_BONUS": decision_pb2.EFFECT_TYPE_REMOVE_BONUS,
    "RESTORE_CREDITS": decision_pb2.EFFECT_TYPE_RESTORE_CREDITS,
    "GRANT_SERVICE_CREDIT": decision_pb2.EFFECT_TYPE_GRANT_SERVICE_CREDIT,
    "CANCEL_AT_PERIOD_END": decision_pb2.EFFECT_TYPE_CANCEL_AT_PERIOD_END,
    "CANCEL_NOW": decision_pb2.EFFECT_TYPE_CANCEL_NOW,
    "STOP_RENEWAL": decision_pb2.EFFECT_TYPE_STOP_RENEWAL,
}
OBLIGATIONS: Mapping[ObligationName, decision_pb2.ObligationType.ValueType] = {
    "RESPOND_BY": decision_pb2.OBLIGATION_TYPE_RESPOND_BY,
    "REVIEW_BY": decision_pb2.OBLIGATION_TYPE_REVIEW_BY,
    "PAY_BY": decision_pb2.OBLIGATION_TYPE_PAY_BY,
    "REFUND_BY": decision_pb2.OBLIGATION_TYPE_REFUND_BY,
    "ORIGINAL_PAYMENT_METHOD": decision_pb2.OBLIGATION_TYPE_ORIGINAL_PAYMENT_METHOD,
    "MANUAL_PAYOUT": decision_pb2.OBLIGATION_TYPE_MANUAL_PAYOUT,
    "ACKNOWLEDGE_WITHDRAWAL": decision_pb2.OBLIGATION_TYPE_ACKNOWLEDGE_WITHDRAWAL,
}
ROLES: Mapping[Role, decision_pb2.CitationRole.ValueType] = {
    "GRANTS": decision_pb2.CITATION_ROLE_GRANTS,
    "BARS": decision_pb2.CITATION_ROLE_BARS,
    "LIMITS": decision_pb2.CITATION_ROLE_LIMITS,
    "REQUIRES": decision_pb2.CITATION_ROLE_REQUIRES,
}


def map_answer(
    answer: Answer, policy_id: str, version: PolicyVersion, catalog: Catalog, *, evaluate_at_ns: int, input_digest: str
) -> decision_pb2.Decision:
    """Map an answer that keeps every guard; `version` is the one that it names. PolicyRef.engine stays empty."""
    currency, texts, clauses = answer.currency, catalog.texts_of(policy_id), catalog.clauses
    return decision_pb2.Decision(
        verdict=VERDICTS[answer.verdict],
        disposition=DISPOSITIONS[answer.disposition],
        amount=money_pb2.Money(currency_code=currency, amount_minor=answer.amount),
        bounds=_bounds(answer.bounds, currency, texts),
        breakdown=_lines(answer.breakdown, currency, texts),
        effects=[
            decision_pb2.Effect(
                type=EFFECTS[effect.type],
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
                type=OBLIGATIONS[one.type],
                due_at=_time(one.due_at),
                not_before=_time(one.not_before),
                clause_id=one.clause,
            )
            for one in answer.obligations
        ],
        citations=[
            decision_pb2.Citation(clause_id=one.clause, title=clauses[one.clause].title, role=ROLES[one.role])
            for one in answer.citations
        ],
        interpretations=[
            decision_pb2.Interpretation(
                parameter=one.parameter, value=_text(one.value), clause_id=one.clause, note=_note(one, version)
            )
            for one in answer.interpretations
        ],
        warnings=[
            decision_pb2.Warning(code=one.code, message=_message(one, texts), clause_id=one.clause)
            for one in answer.warnings
        ],
        missing=[
            decision_pb2.Missing(code=one.code, clause_id=one.clause, ask=texts.missing[one.code])
            for one in answer.missing
        ],
        refundable_until=_time(answer.refundable_until),
        policy=decision_pb2.PolicyRef(
            policy_id=policy_id,
            version=version.version,
            version_reason=answer.policy.reason,
            bundle_digest=catalog.digest,
        ),
        evaluated_at=Timestamp(seconds=evaluate_at_ns // _SECOND, nanos=evaluate_at_ns % _SECOND),
        expires_at=_time(answer.expires_at),
        input_digest=input_digest,
        final=answer.disposition not in NOT_YET,
        questions=[
            decision_pb2.Question(code=one.code, clause_id=one.clause, question=texts.questions[one.code])
            for one in answer.questions
        ],
        refunds=[
            decision_pb2.PaymentRefund(
                payment_id=one.payment, amount=money_pb2.Money(currency_code=currency, amount_minor=one.amount)
            )
            for one in answer.refunds
        ],
        fee_amount=money_pb2.Money(currency_code=currency, amount_minor=answer.fee),
        tax_amount=money_pb2.Money(currency_code=currency, amount_minor=answer.tax),
    )


def _time(instant: int) -> Timestamp | None:
    """Return nanoseconds since the epoch as a timestamp; 0 is no time."""
    return Timestamp(seconds=instant // _SECOND, nanos=instant % _SECOND) if instant else None


def _message(warning: AnswerWarning, texts: Texts) -> str:
    """Return the text of a warning, with the last second of the window that it speaks of."""
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
    """Return a parameter's value as text: a string bare, anything else as JSON."""
    return value if isinstance(value, str) else orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def _note(one: AnswerInterpretation, version: PolicyVersion) -> str:
    parameter = version.parameters.get(one.parameter)
    return parameter.description if parameter is not None else READINGS_OF_FACTS[one.parameter]
