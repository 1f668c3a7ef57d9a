"""Every fault of a request, found in one place."""

from __future__ import annotations

from decider.evaluation.validation.facts_rules import find_faults
from decider.evaluation.validation.message_rules import faults_of_fields

__all__ = ["faults_of_fields", "find_faults"]
