"""What stands in the way: identity and completeness (P2), holds (P3), disqualifiers (P7)."""

from __future__ import annotations

import unicodedata

from oracle.credit import usage_known
from oracle.times import SECOND, instant
from oracle.world import Doc, World, is_open


def _address(text: str) -> str:
    plain = unicodedata.normalize("NFC", text.strip()).lower()
    local, _, domain = plain.rpartition("@")
    try:
        return f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError:
        return plain


def identity(world: World) -> set[str]:
    """Return the codes that identity still misses."""
    request, account = world.request, world.facts["account"]
    missing = set() if request.get("sender_authenticated") else {"verify_identity"}
    known = list(account.get("verified_emails", []))
    if world.p["email_match"] == "any_verified_or_payer" and account.get("payer_email"):
        known.append(account["payer_email"])
    sender = request.get("sender_email")
    session = request.get("channel") in ("IN_APP", "WITHDRAWAL_FUNCTION") and request.get("sender_authenticated")
    if (not sender and not session) or (sender and _address(sender) not in {_address(one) for one in known}):
        missing.add("sender_email")
    return missing


def channel(world: World) -> set[str]:
    """Return `channel` where the request came by a wrong or untold one."""
    told = world.request.get("channel") or ""
    return set() if told == "WITHDRAWAL_FUNCTION" or told in world.p["allowed_channels"] else {"channel"}


def stale(world: World, lots: list[Doc]) -> set[str]:
    """Return `fresh_balance` where the balance is too old, or nothing says what was used."""
    if not lots:
        return set()
    taken = instant((world.facts.get("ledger") or {}).get("taken_at"))
    old = taken is None or world.now - taken > world.p["freshness_s"] * SECOND
    return {"fresh_balance"} if old or not all(usage_known(world, lot) for lot in lots) else set()


def held(world: World, lots: list[Doc], plan: Doc | None, payments: list[Doc]) -> bool:
    """Tell whether something else must end first."""
    for one in [*lots, *([plan] if plan else [])]:
        payment = world.payments.get(one.get("payment_id") or "", {})
        pending = [refund for refund in payment.get("refunds", []) if refund["status"] == "PENDING"]
        if any(not refund.get("lot_id") or refund["lot_id"] == one.get("id") for refund in pending):
            return True
        if is_open(payment.get("dispute")):
            return True
    if any(payment_held(one) for one in payments if one.get("duplicate_of")):
        return True
    status, reason = world.account()
    if not world.router:
        return bool(lots) and status in ("SUSPENDED", "TERMINATED") and reason == "UNDER_INVESTIGATION"
    if status != "SUSPENDED":
        return False
    disputes = [one.get("dispute") or {} for one in world.payments.values()]
    ended = any(one.get("status") in ("WON", "LOST") for one in disputes)
    return (
        reason == "UNDER_INVESTIGATION"
        or any(is_open(one) for one in disputes)
        or (reason == "CHARGEBACK" and not ended)
    )


def payment_held(payment: Doc) -> bool:
    """Tell whether a duplicate's own payment waits for something."""
    pending = any(refund["status"] == "PENDING" for refund in payment.get("refunds", []))
    return pending or is_open(payment.get("dispute"))


def standing(world: World, lots: list[Doc], payments: list[Doc]) -> tuple[str, frozenset[str]]:
    """Return what P7 says, `deny`, `review` or nothing, and the codes of what a reviewer has to decide."""
    status, reason = world.account()
    out = status in ("SUSPENDED", "TERMINATED")
    if not world.router:
        if not lots or not out:
            return "", frozenset()
        if reason == "TOS_VIOLATION":
            return "deny", frozenset()
        return ("", frozenset()) if reason else ("review", frozenset({"status_reason_unknown"}))
    forfeited = instant(world.facts["account"].get("forfeited_at"))
    if forfeited is not None and forfeited <= world.now:
        return "deny", frozenset()
    confirmed, weighed = _confirmed(world), _weighed(world, payments)
    if confirmed and world.p["s8_mode"] == "auto_deny":
        return "deny", frozenset()
    return "review" if confirmed or weighed else "", frozenset(confirmed | weighed)


def _confirmed(world: World) -> set[str]:
    """Return the codes of what section 8 refuses."""
    risk, (status, reason) = world.facts.get("risk") or {}, world.account()
    breach = status in ("SUSPENDED", "TERMINATED") and reason == "TOS_VIOLATION"
    found = {
        "fraud_confirmed": risk.get("fraud") == "CONFIRMED",
        "violation_confirmed": risk.get("tos_violation") == "CONFIRMED" or breach,
    }
    return {code for code, holds in found.items() if holds}


def _weighed(world: World, payments: list[Doc]) -> set[str]:
    """Return the codes of what a reviewer weighs."""
    risk, (status, reason) = world.facts.get("risk") or {}, world.account()
    disputes = [payment.get("dispute") or {} for payment in payments]
    found = {
        "fraud_suspected": risk.get("fraud") == "SUSPECTED",
        "violation_suspected": risk.get("tos_violation") == "SUSPECTED",
        "repeated_refunds": risk.get("approved_refunds_90d", 0) >= world.p["repeat_limit"],
        "status_reason_unknown": status in ("SUSPENDED", "TERMINATED") and not reason,
        "unauthorized_dispute": any(
            one.get("status") in ("WON", "LOST") and one.get("unauthorized") for one in disputes
        ),
    }
    return {code for code, holds in found.items() if holds}
