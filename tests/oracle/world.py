"""One document and the parameters it is judged by, with the plain look-ups that every rule needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from oracle.credit import Credits, credits_of
from oracle.groups import lost_of, moved, original_of, room_of, taken_of
from oracle.overcharge import without_returned
from oracle.times import instant

Doc: TypeAlias = dict[str, Any]
POLICIES = Path(__file__).parents[2] / "rego" / "policies"
FIRST = {"yunxin": "2026-04-01T00:00:00Z", "router-one": "2026-05-16T00:00:00Z"}
OPEN = ("NEEDS_RESPONSE", "UNDER_REVIEW")


@cache
def defaults(policy: str) -> Doc:
    """Return the parameters of a policy's one version."""
    versions = yaml.safe_load((POLICIES / policy / "versions" / "data.yaml").read_text())
    return dict(next(iter(versions.values()))["parameters"])


def minor(money: Doc | None) -> int:
    """Return an amount, 0 for an absent one."""
    return int((money or {}).get("amount_minor", 0))


def is_open(dispute: Doc | None) -> bool:
    """Tell whether a dispute must end first."""
    if not dispute:
        return False
    return dispute["status"] in OPEN or (dispute["status"] == "INQUIRY" and not dispute.get("refundable"))


def shared(parts: list[int], total: int) -> list[int]:
    """Split `total` in proportion, the rest by largest remainder, ties by their order (4.4)."""
    whole = sum(parts)
    floors = [part * total // whole for part in parts]
    order = sorted(range(len(parts)), key=lambda one: (-(parts[one] * total % whole), one))
    for one in order[: total - sum(floors)]:
        floors[one] += 1
    return floors


@dataclass
class World:
    """The facts of one request, read once; `facts` hold the figures that rulings 12 and 34 move."""

    document: Doc
    overrides: Doc
    request: Doc = field(init=False)
    facts: Doc = field(init=False)
    lots: list[Doc] = field(init=False)
    payments: dict[str, Doc] = field(init=False)

    def __post_init__(self) -> None:
        self.request = self.document["request"]
        self.facts = without_returned(moved(self.document["facts"]))
        self.policy = self.request["policy_id"]
        self.router = self.policy == "router-one"
        self.p = {**defaults(self.policy), **self.overrides}
        self.lots = sorted(self.facts.get("lots", []), key=lambda lot: str(lot["id"]))
        self.payments = {one["id"]: one for one in self.facts.get("payments", [])}
        self.plan: Doc | None = self.facts.get("subscription") or None
        self.now = instant(self.document["evaluate_at"]) or 0
        self.asked = instant(self.request["requested_at"]) or 0
        self.remedy = self.request.get("remedy") or "REFUND"

    def account(self) -> tuple[str, str]:
        """Return status and reason, as of the request where the policy reads it so."""
        account = self.facts["account"]
        since = instant(account.get("status_since"))
        if self.p["account_state_as_of"] == "request" and since is not None and since > self.asked:
            return "ACTIVE", ""
        return account["status"], account.get("status_reason") or ""

    @property
    def part(self) -> int | None:
        """How many base credits the request names."""
        return self.request.get("requested_credits_micros")

    @cached_property
    def credits(self) -> dict[str, Credits]:
        """The credits of every lot by its id."""
        return credits_of(self)

    def captured(self, payment: str | None) -> int:
        """Return what was captured by a payment."""
        return minor(self.payments.get(payment or "", {}).get("captured"))

    def currency(self, item: Doc) -> str:
        """Return the currency in which a lot or plan was paid."""
        payment = self.payments.get(item.get("payment_id") or "", {})
        told = payment.get("captured") or item.get("base_price") or item.get("amount") or {}
        return str(told.get("currency_code", ""))

    def refunds(self, payment: str | None) -> list[Doc]:
        """Return the refunds of a payment that took or will take money."""
        return taken_of(self.payments.get(payment or "", {}))

    def lost(self, payment: str | None) -> int:
        """Return what a lost dispute took of a payment."""
        return lost_of(self.payments.get(payment or "", {}))

    def left(self, payment: str | None) -> int:
        """Return what of a payment has not gone back yet."""
        return room_of(self.payments[payment]) if payment in self.payments else 0

    def really_left(self, payment: str) -> int:
        """Return what of a payment has not gone back yet, by the figures that were given."""
        return next(room_of(one) for one in self.document["facts"]["payments"] if one["id"] == payment)

    def original(self, payment: str) -> str:
        """Return the payment that a payment duplicates in the end; itself where it duplicates none."""
        return original_of(self.payments, payment)

    def lost_share(self, item: Doc) -> int:
        """Return how much of the lost dispute of its payment falls on a lot or plan (ruling 24)."""
        payment = item.get("payment_id") or ""
        lost = self.lost(payment)
        bought = [self.plan] if self.plan and self.plan.get("payment_id") == payment else []
        bought += [lot for lot in self.lots if lot.get("payment_id") == payment]
        prices = [minor(one.get("base_price") or one.get("amount")) for one in bought]
        if not lost or item not in bought:
            return 0
        if not sum(prices):
            return lost if item is bought[0] else 0
        return shared(prices, lost)[bought.index(item)]

    def overcharge(self, payment: str | None) -> int:
        """Return what was captured beyond what was expected."""
        one = self.payments.get(payment or "", {})
        return max(0, minor(one["captured"]) - minor(one["expected"])) if one.get("expected") else 0

    def refunds_of(self, lot: Doc) -> list[Doc]:
        """Return the refunds of a lot; one without a lot belongs to its payment's first."""
        sharing = [one["id"] for one in self.lots if one.get("payment_id") == lot.get("payment_id")]
        own = [r for r in self.refunds(lot.get("payment_id")) if (r.get("lot_id") or sharing[0]) == lot["id"]]
        return own if lot.get("payment_id") else []
