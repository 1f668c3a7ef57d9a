"""Finds every violation of a request. Nothing else decides whether a request is valid."""

from __future__ import annotations

from decider.evaluation.validation.message_rules import require_valid
from decider.evaluation.validation.valid_facts import valid_facts

__all__ = ["require_valid", "valid_facts"]
