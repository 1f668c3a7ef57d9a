"""From a request and its facts to what a policy sees: checked, attributed, dated; no wire, no clock, no engine."""

from __future__ import annotations

from decider.context.build import build_input, warm_up
from decider.context.finding import find_faults
from decider.context.policy_input import PolicyInput

__all__ = ["PolicyInput", "build_input", "find_faults", "warm_up"]
