"""Loads what the first request would otherwise wait for."""

from __future__ import annotations

from decider.bundle.catalog import Catalog
from decider.bundle.formats import is_zone
from decider.currencies import is_currency
from decider.evaluation.facts.iso_codes import is_country, is_subdivision
from decider.evaluation.policy_input.days_off import load_holidays
from decider.evaluation.validation.message_rules import message_violations
from decider.v1 import decision_service_pb2

__all__ = ["warm_up"]


def warm_up(catalog: Catalog) -> None:
    """Load the lists of codes, zones and holidays, and compile the rules of the protos (half a second, once)."""
    load_holidays(catalog.regimes)
    is_currency("")
    is_country("")
    is_subdivision("")
    is_zone("")
    message_violations(decision_service_pb2.EvaluateRefundRequest())
