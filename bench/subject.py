"""The measured request: a typical Router One case with one partly used lot of a customer in the US."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from google.protobuf import json_format

from decider.bundle import LoadedBundle
from decider.evaluation.policy_input import canonical_json, policy_input_of
from decider.evaluation.validation import valid_facts
from decider.v1 import decision_pb2, decision_service_pb2

__all__ = ["BATCH", "QUERY", "Subject", "check", "prepare"]

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "router-one-partly-used.json"
AMOUNT_MINOR = 7400
BATCH = 100
QUERY = "data.decider.decisions"


@dataclass(frozen=True)
class Subject:
    """One request and a batch of it, serialized for gRPC, and `input`, the JSON that OPA gets for the request."""

    request: bytes
    batch: bytes
    input: bytes


def prepare(bundle: LoadedBundle) -> Subject:
    """Read the example and build its policy input as the service does."""
    request = json_format.Parse(EXAMPLE.read_text(), decision_service_pb2.EvaluateRefundRequest())
    batch = decision_service_pb2.BatchEvaluateRefundsRequest(requests=[request] * BATCH)
    facts = valid_facts(request, 0, bundle.catalog.country_aliases)
    item = canonical_json(policy_input_of(facts, bundle.catalog))
    return Subject(request.SerializeToString(), batch.SerializeToString(), b'{"items":[' + item + b"]}")


def check(one: bytes, many: bytes) -> None:
    """Fail if an answer to the request or to the batch is wrong: the speed of wrong answers does not count."""
    decision = decision_service_pb2.EvaluateRefundResponse.FromString(one).decision
    assert decision.verdict == decision_pb2.VERDICT_ALLOW, decision
    assert decision.amount.amount_minor == AMOUNT_MINOR, decision
    results = decision_service_pb2.BatchEvaluateRefundsResponse.FromString(many).results
    assert [result.decision for result in results] == [decision] * BATCH
