"""Turns the result of the engine into a Decision: decodes it, checks it, and adds the texts."""

from __future__ import annotations

from collections.abc import Mapping

from decider.bundle.catalog import Catalog
from decider.errors import DecisionInvariant
from decider.evaluation.decision.citation_invariants import codes_without_texts, version_of
from decider.evaluation.decision.invariants import broken_invariants
from decider.evaluation.decision.policy_result import decode_answer
from decider.evaluation.decision.to_proto import to_proto
from decider.evaluation.policy_input import PolicyInput
from decider.v1 import decision_pb2

__all__ = ["to_decision"]


def to_decision(
    result: Mapping[str, object], policy_input: PolicyInput, catalog: Catalog, *, input_digest: str
) -> decision_pb2.Decision:
    """Return the decision of a policy result.

    `policy_input` is the input of that result, `input_digest` is its digest, and `catalog` is of the bundle that
    answered. The caller sets PolicyRef.engine.

    Raises InvalidFacts if the policy finds the facts invalid, PolicyUndefined if it gives no answer,
    PolicyResultInvalid if the answer has another shape, and DecisionInvariant, with their names in the metadata, if it
    breaks invariants.
    """
    answer, policy_id = decode_answer(result), policy_input["policy_id"]
    names = broken_invariants(answer, policy_input, catalog)
    version = version_of(answer, policy_id, catalog)
    if names or version is None:
        without = "; ".join(codes_without_texts(answer, policy_id, catalog))
        raise DecisionInvariant(
            f"the policy's answer is withheld: it breaks {', '.join(names)}{without and f' (no text: {without})'}",
            metadata={"guards": ",".join(names)} | ({"codes": without} if without else {}),
        )
    return to_proto(answer, policy_input, version, catalog, input_digest=input_digest)
