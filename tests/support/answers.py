"""A catalog with words, a policy input, and answers that keep every guard."""

from __future__ import annotations

from typing import Any

from decider.bundle.catalog import JSON, Catalog, Clause, LawHolidays, Parameter, PolicyInfo, PolicyVersion, Texts

SECOND = 1_000_000_000
QUESTION = {"code": "fraud_suspected", "clause": "router-one/2.1-prorata"}
EVALUATE_AT = 1_781_170_200 * SECOND + 7
CLAUSES = ("router-one/2.1-prorata", "router-one/4-payout", "router-one/2.3-bonus-removed", "law/eu/14-3")
PARAMETERS: dict[str, JSON] = {
    "partial_use": "pro_rata",
    "window.days": 14,
    "statutory.rollover": {"GB": False, "AT": True},
}
TEXTS = Texts(
    warnings={"credits_reserved": "Some credits are reserved."},
    missing={"order_ref": "Which order is it about?"},
    lines={"paid": "Paid", "fee": "Transaction fee"},
    questions={"fraud_suspected": "Is the suspicion of fraud confirmed?"},
)


def _policy(policy_id: str, *versions: tuple[str, int]) -> PolicyInfo:
    return PolicyInfo(
        policy_id=policy_id,
        title=f"Title of {policy_id}",
        versions=tuple(
            PolicyVersion(
                version=name,
                effective_from_ns=since * SECOND + 5,
                rules=policy_id,
                parameters={key: Parameter(key, value, 0, f"About {key}") for key, value in PARAMETERS.items()},
            )
            for name, since in versions
        ),
        clauses=tuple(Clause(one, one, "2.1", one) for one in CLAUSES if one.startswith(f"{policy_id}/")),
        texts=TEXTS,
    )


CATALOG = Catalog(
    digest="sha256:b0",
    policies={
        "yunxin": _policy("yunxin", ("2026-04", 1_775_001_600)),
        "router-one": _policy("router-one", ("2026-05-16", 1_778_889_600), ("2027-01-01", 1_798_761_600)),
    },
    clauses={one: Clause(one, f"Title of {one}", "2.1", f"Summary of {one}") for one in CLAUSES},
    regimes={},
    country_aliases={},
    periods={},
    holidays=LawHolidays({}, {}, {}),
    texts=TEXTS,
)


def policy_input(**parts: Any) -> Any:
    """Return the parts of an input that a decision reads: one lot of 100.00 USD and a fee of 3.50, nothing used."""
    request = {"amount": None, "currency": "USD", "remedy": "REFUND", "evaluate_at": EVALUATE_AT}
    whole = {
        "policy_id": "router-one",
        "request": request,
        "lots": [{"id": "lot-1", "left": 100_000_000, "bonus_left": 4_000_000, "used": 0}],
        "payments": [{"id": "pay-1", "captured": 10350, "refunded": 0, "pending": 0, "lost": 0}],
        "usage_events": [],
        "incidents": [],
        "refund_sources": [{"payment_id": "pay-1", "left": 10350}],
        "repaid_lots": [],
        "possible_orders": [],
    }
    return whole | parts


def cash() -> dict[str, Any]:
    """Return an answer that pays all that the base request may get."""
    return {
        "verdict": "ALLOW",
        "disposition": "CASH_REFUND",
        "amount": 10000,
        "currency": "USD",
        "bounds": None,
        "refunds": [{"payment": "pay-1", "amount": 10000}],
        "fee": 30,
        "tax": 20,
        "breakdown": [
            {"code": "paid", "amount": 10350, "lot": "", "payment": "", "clause": "router-one/2.1-prorata"},
            {"code": "fee", "amount": -350, "lot": "lot-1", "payment": "pay-1", "clause": "router-one/2.1-prorata"},
        ],
        "effects": [
            effect("REMOVE_CREDITS", lot="lot-1", credits=100_000_000),
            effect("REMOVE_BONUS", lot="lot-1", credits=4_000_000),
        ],
        "obligations": [
            {"type": "PAY_BY", "due_at": 1_782_000_000_000_000_001, "not_before": 5, "clause": "router-one/4-payout"},
            {"type": "ORIGINAL_PAYMENT_METHOD", "due_at": 0, "not_before": 0, "clause": "router-one/4-payout"},
        ],
        "citations": [{"clause": "router-one/2.1-prorata", "role": "GRANTS"}],
        "interpretations": [
            {"parameter": "partial_use", "value": "pro_rata", "clause": "router-one/2.1-prorata"},
            {"parameter": "statutory.rollover", "value": {"GB": False, "AT": True}, "clause": "law/eu/14-3"},
        ],
        "questions": [],
        "warnings": [{"code": "credits_reserved", "clause": "router-one/2.1-prorata", "until": 0}],
        "missing": [],
        "refundable_until": 1_782_000_000_000_000_000,
        "expires_at": 1_781_170_260_000_000_000,
        "policy": {"version": "2026-05-16", "reason": "at_purchase"},
    }


def effect(type_: str, *, lot: str = "", credits: int = 0, event: str = "", order: str = "") -> dict[str, Any]:  # noqa: A002 (the key's name)
    """Return an effect."""
    clause = "router-one/2.3-bonus-removed"
    return {"type": type_, "lot": lot, "credits": credits, "event": event, "order": order, "clause": clause}


def denied(disposition: str = "NOT_REFUNDABLE") -> dict[str, Any]:
    """Return an answer that pays nothing."""
    missing = [{"code": "order_ref", "clause": "router-one/4-payout"}] if disposition == "NEEDS_INFORMATION" else []
    return {
        **cash(),
        "verdict": "DENY",
        "disposition": disposition,
        "amount": 0,
        "refunds": [],
        "fee": 0,
        "tax": 0,
        "breakdown": [],
        "effects": [],
        "missing": missing,
    }


def review(least: int = 0, most: int = 10000, most_credits: int = 0) -> dict[str, Any]:
    """Return an answer that leaves it to a reviewer."""
    bounds = {"min": least, "max": most, "max_credits": most_credits, "breakdown": []}
    return {**denied("MANUAL_REVIEW"), "bounds": bounds, "questions": [QUESTION]}


def allowed(disposition: str, *effects: dict[str, Any]) -> dict[str, Any]:
    """Return an ALLOW that pays nothing."""
    return {**denied(), "verdict": "ALLOW", "disposition": disposition, "effects": list(effects)}
