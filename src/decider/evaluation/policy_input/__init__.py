"""The policy input of valid facts: ages, attribution, calendars and totals, as one JSON document. Pure."""

from __future__ import annotations

from decider.evaluation.policy_input.assembly import policy_input_of
from decider.evaluation.policy_input.canonical_json import canonical_json, digest_of
from decider.evaluation.policy_input.input_types import PolicyInput

__all__ = ["PolicyInput", "canonical_json", "digest_of", "policy_input_of"]
