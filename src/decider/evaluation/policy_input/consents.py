"""The consent to a purchase as the policy sees it."""

from __future__ import annotations

from decider.evaluation.facts.model import Consent
from decider.evaluation.policy_input.purchase_types import ConsentInput

__all__ = ["consent_input"]


def consent_input(consent: Consent) -> ConsentInput:
    """Return what is on record of a consent."""
    return {
        "express_request": consent.express_request,
        "loss_acknowledged": consent.loss_acknowledged,
        "confirmation_sent": consent.confirmation_sent,
        "information_given": consent.information_given,
    }
