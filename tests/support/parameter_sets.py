"""Sets of parameters with other values than the shipped policies; a few sets, so that few services have to start."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from support.shipped import REGO

SETS: Mapping[str, Mapping[str, Any]] = {
    "strict": {
        "partial_use": "strict",
        "window.mode": "calendar",
        "window.tz": "Europe/London",
        "refund_fee": True,
        "rounding": "up",
        "statutory_vs_disqualifier": "ignore",
        "min_refund_minor": 300,
    },
    "review": {
        "partial_use": "review",
        "duplicate_mode": "review",
        "s8_mode": "review",
        "account_state_as_of": "request",
        "refund_fee": False,
        "refund_tax": False,
        "freshness_s": 100_000,
    },
    "generous": {
        "unused_mode": "review",
        "statutory_vs_disqualifier": "allow",
        "no_consent_mode": "allow",
        "infer_order_ref": True,
        "rounding": "half_even",
        "error_split": "upstream_billed_wins",
    },
    "digital": {
        "statutory.class": "digital_content",
        "statutory_vs_disqualifier": "allow",
        "statutory.fee_included": False,
        "statutory.rollover": {"GB": True, "DE": False, "FR": False},
        "covered_countries": ["DE", "FR", "GB", "NO", "GR"],
        "allowed_channels": ["SOCIAL_MEDIA", "EMAIL"],
    },
    "thrifty": {
        "deduct_consumed_bonus": True,
        "bonus_removal": "pro_rata",
        "deemed_consent": True,
        "unknown_as_consumer": False,
        "email_match": "any_verified_or_payer",
        "repeat_limit": 1,
        "agreement.threshold_usd_minor": 1000,
        "window.days": 7,
        "version_rule": "at_purchase",
    },
}


def known(policy_id: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values whose parameters the shipped policy has."""
    versions = yaml.safe_load((REGO / "policies" / policy_id / "versions" / "data.yaml").read_text())
    named = {name for version in versions.values() for name in version["parameters"]}
    return {name: value for name, value in values.items() if name in named}
