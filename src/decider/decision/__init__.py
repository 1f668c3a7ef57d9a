"""From a policy's answer to a decision that can be relied on; pure."""

from __future__ import annotations

from decider.decision.canonical import canonical_json, digest_of
from decider.decision.deciding import to_decision

__all__ = ["canonical_json", "digest_of", "to_decision"]
