"""From the facts to the policy input: ages, attribution, calendars, totals. Pure."""

from __future__ import annotations

from decider.evaluation.policy_input.build import build_input, warm_up
from decider.evaluation.policy_input.document import PolicyInput

__all__ = ["PolicyInput", "build_input", "warm_up"]
