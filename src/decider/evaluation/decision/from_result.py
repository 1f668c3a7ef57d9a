"""From what the engine said to the Decision: decoded, guarded, put in words."""

from __future__ import annotations

from collections.abc import Mapping

from decider.bundle.catalog import Catalog
from decider.errors import DecisionInvariant
from decider.evaluation.decision.facts import read_facts
from decider.evaluation.decision.invariants import broken, codes_without_texts, version_of
from decider.evaluation.decision.policy_result import decode_answer
from decider.evaluation.decision.to_proto import map_answer
from decider.v1 import decision_pb2

__all__ = ["to_decision"]


def to_decision(
    result: Mapping[str, object],
    policy_input: Mapping[str, object],
    catalog: Catalog,
    *,
    evaluate_at_ns: int,
    input_digest: str,
) -> decision_pb2.Decision:
    """Return the decision that a policy result amounts to.

    `policy_input` is what the policy was given (rego/schemas/input.json) and `input_digest` names it; `catalog` is of
    the bundle that answered. PolicyRef.engine is left to whoever knows the engine.

    Raises InvalidFacts where the policy found the facts at fault, PolicyUndefined where it gave no answer,
    PolicyResultInvalid where the answer is off its shape, and DecisionInvariant, with the names of the guards in its
    metadata, where the answer breaks one.
    """
    answer = decode_answer(result)
    facts = read_facts(policy_input)
    names = broken(answer, facts, catalog)
    version = version_of(answer, facts, catalog)
    if names or version is None:
        without = "; ".join(codes_without_texts(answer, facts, catalog))
        raise DecisionInvariant(
            f"the policy's answer is withheld: it breaks {', '.join(names)}{without and f' (no text: {without})'}",
            metadata={"guards": ",".join(names)} | ({"codes": without} if without else {}),
        )
    return map_answer(
        answer, facts.policy_id, version, catalog, evaluate_at_ns=evaluate_at_ns, input_digest=input_digest
    )
