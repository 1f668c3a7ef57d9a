"""From a policy's answer to a decision that can be relied on; pure."""

from __future__ import annotations

from decider.evaluation.decision.canonical import canonical_json, digest_of
from decider.evaluation.decision.from_result import to_decision

__all__ = ["canonical_json", "digest_of", "to_decision"]
