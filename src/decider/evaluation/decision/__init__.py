"""Turns the answer of a policy into a decision that callers can rely on. Pure."""

from __future__ import annotations

from decider.evaluation.decision.from_result import to_decision

__all__ = ["to_decision"]
