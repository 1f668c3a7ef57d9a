"""A catalog made by hand, and requests to try it with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from decider.authoring.cases import changed, to_message
from decider.bundle import load_catalog
from decider.bundle.catalog import (
    WORKING_DAYS,
    Catalog,
    LawPeriod,
    Parameter,
    PolicyInfo,
    PolicyVersion,
    Texts,
)
from decider.evaluation.times import SECOND, nanoseconds
from decider.v1 import decision_service_pb2
from support.shipped import REGO, base_of

EU = (
    "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO".split()  # noqa: SIM905 (32 words read better)
)
PARAMETERS: dict[str, Any] = {
    "window.tz": "UTC",
    "window.days": 14,
    "business_tz": "UTC",
    "holidays": [],
    "payout.to_days": 10,
}
TEXTS = Texts({}, {}, {}, {})
# The shipped ones: what national law treats as holidays is the law's data.
HOLIDAYS = load_catalog(REGO).holidays
# 2026-04-01 and 2026-05-16, as ruling 1 has them.
EFFECTIVE = {"yunxin": ("2026-04", 1_775_001_600), "router-one": ("2026-05-16", 1_778_889_600)}


def version(name: str, effective_from: int, **parameters: Any) -> PolicyVersion:
    """Make a version in force from so many seconds on; parameters that are None are absent."""
    values = {**PARAMETERS, **{key.replace("__", "."): value for key, value in parameters.items()}}
    return PolicyVersion(
        version=name,
        effective_from_ns=effective_from * SECOND,
        rules="rules",
        parameters={
            key: Parameter(key, value, value, "", WORKING_DAYS if key.endswith(("_days", "review.days")) else "")
            for key, value in values.items()
            if value is not None
        },
    )


def catalog(**policies: tuple[PolicyVersion, ...]) -> Catalog:
    """Make the two shipped policies; `router_one=` and `yunxin=` replace their versions."""
    made = {}
    for policy_id, first in EFFECTIVE.items():
        versions = policies.get(policy_id.replace("-", "_"), (version(*first),))
        made[policy_id] = PolicyInfo(policy_id, policy_id, versions, (), TEXTS)
    return Catalog(
        digest="sha256:0",
        policies=made,
        clauses={},
        regimes={**dict.fromkeys(EU, "eu"), "GB": "uk"},
        country_aliases={"EL": "GR", "UK": "GB"},
        periods={"eu": LawPeriod(14, 12), "uk": LawPeriod(14, 12)},
        holidays=HOLIDAYS,
        texts=TEXTS,
    )


CATALOG = catalog()
BASE = base_of("router_one.yaml")


def document(change: Mapping[str, Any] | None = None, unset: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the base of the Router One cases with dotted paths set, then others removed."""
    return changed(BASE, {"set": change or {}, "unset": list(unset)})


def request(
    change: Mapping[str, Any] | None = None, unset: tuple[str, ...] = ()
) -> decision_service_pb2.EvaluateRefundRequest:
    """Return `document` as a message."""
    return to_message(document(change, unset))


def evaluate_at(message: decision_service_pb2.EvaluateRefundRequest) -> int:
    """Return a message's own time of decision (ns)."""
    return nanoseconds(message.evaluate_at)


def money(amount: int, currency: str = "USD") -> dict[str, Any]:
    """Return an amount in minor units as a document has it."""
    return {"currency_code": currency, "amount_minor": amount}
