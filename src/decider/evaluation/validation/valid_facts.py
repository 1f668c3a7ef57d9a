"""Validates a whole request: first its message, then its facts."""

from __future__ import annotations

from collections.abc import Mapping

from decider.errors import InvalidFacts
from decider.evaluation.facts import Facts, read_facts
from decider.evaluation.validation.facts_rules import facts_violations
from decider.evaluation.validation.message_rules import message_violations
from decider.v1 import decision_service_pb2

__all__ = ["valid_facts"]

# The source of the facts is a oneof of the message. protovalidate reports its absence under the name of the oneof.
_SOURCE, _FACTS = "source", "facts"


def valid_facts(
    message: decision_service_pb2.EvaluateRefundRequest, now_ns: int, country_aliases: Mapping[str, str]
) -> Facts:
    """Return the facts of a request. Raises InvalidFacts with every violation.

    The request is decided at evaluate_at, or at `now_ns` if that is absent. `country_aliases` maps country codes that
    the law's data accepts to the codes of ISO 3166-1. Paths are relative to the EvaluateRefundRequest.
    """
    message, violations = message_violations(message)
    facts = read_facts(message, now_ns, country_aliases)
    known = {_FACTS if violation.field == _SOURCE else violation.field for violation in violations}
    violations += facts_violations(facts, known)
    if violations:
        raise InvalidFacts(violations)
    return facts
