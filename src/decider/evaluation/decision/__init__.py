"""From the answer of a policy to a decision that callers can rely on. Pure."""

from __future__ import annotations

from decider.evaluation.decision.from_result import to_decision

__all__ = ["to_decision"]
