"""Puts the rows of all queries together to the facts of one order, and keeps where each fact comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp

from decider.errors import FactsInvalid, Violation
from decider.sources.queries import QUERIES
from decider.sources.rows import RawRows, Row, read_rows
from decider.v1 import facts_pb2

__all__ = ["LoadedFacts", "assemble"]

# The queries that fill a single message of the facts, and those that fill a list of them. Both have the field's name.
_SINGLE = ("account", "customer", "subscription", "agreement", "risk", "ledger")
_LISTS = ("lots", "usage_events", "incidents", "payments")


@dataclass(frozen=True)
class LoadedFacts:
    """The facts of an order. `origins` has the file and row of each part by its path, such as `facts.lots[2]`."""

    account_id: str
    facts: facts_pb2.RefundFacts
    origins: Mapping[str, str]

    def names_order(self, order_ref: str) -> bool:
        """Whether a lot or the plan belongs to an order."""
        return order_ref in {self.facts.subscription.order_ref, *(lot.order_ref for lot in self.facts.lots)}

    def located(self, violation: Violation) -> Violation:
        """Return a violation with both of its paths: that in the facts, and the file and row, if it has one."""
        path = violation.field
        while path and path not in self.origins:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        if not path:
            return violation
        return Violation(f"{violation.field} ({self.origins[path]})", violation.description)


def assemble(
    raw: Mapping[str, RawRows],
    zones: Mapping[str, ZoneInfo | None],
    taken_at: Timestamp,
    consumption_order: facts_pb2.ConsumptionOrder.ValueType,
) -> LoadedFacts:
    """Return the facts of an order from what its queries returned. Raises FactsInvalid with every fault.

    `zones` are the zones of times without an offset, by query. `taken_at` is the time of the snapshot.
    """
    return _Assembly(raw, zones).facts(taken_at, consumption_order)


class _Assembly:
    def __init__(self, raw: Mapping[str, RawRows], zones: Mapping[str, ZoneInfo | None]) -> None:
        self._raw = raw
        self._zones = zones
        self._faults: list[Violation] = []
        self._facts = facts_pb2.RefundFacts()
        self._origins: dict[str, str] = {
            f"facts.{name}": QUERIES[name].file for name in raw if name in {*_SINGLE, *_LISTS}
        }

    def facts(self, taken_at: Timestamp, consumption_order: facts_pb2.ConsumptionOrder.ValueType) -> LoadedFacts:
        facts = self._facts
        for name in _SINGLE:
            for row in self._rows(name):
                self._fill(getattr(facts, name), row, f"facts.{name}")
        for name in _LISTS:
            held = getattr(facts, name)
            for row in self._rows(name):
                self._fill(held.add(), row, f"facts.{name}[{len(held) - 1}]")
        for row in self._rows("verified_emails"):
            facts.account.verified_emails.append(row.values["email"])
            self._origins[f"facts.account.verified_emails[{len(facts.account.verified_emails) - 1}]"] = row.place
        if facts.HasField("agreement"):
            facts.agreement.order_refs.extend(row.values["order_ref"] for row in self._rows("agreement_orders"))
        self._join_payments()
        self._join_consents()
        if not facts.ledger.HasField("taken_at"):
            facts.ledger.taken_at.CopyFrom(taken_at)
        facts.ledger.consumption_order = facts.ledger.consumption_order or consumption_order
        if self._faults:
            raise FactsInvalid(self._faults)
        return LoadedFacts(facts.account.id, facts, self._origins)

    def _rows(self, name: str, currencies: Mapping[str, str] | None = None) -> list[Row]:
        """Return the rows of a query; `currencies` are those of payments, for rows that state none."""
        raw = self._raw.get(name)
        if raw is None:
            return []

        def currency_of(values: Mapping[str, Any]) -> str:
            return (currencies or {}).get(values.get("payment_id", ""), "")

        return read_rows(QUERIES[name], raw, self._zones.get(name), self._faults, currency_of)

    def _fill(self, message: Message, row: Row, path: str, key: str = "") -> None:
        """Set the fields of a message that stands at `path`; the value of `key` named the message around it."""
        message.SetInParent()
        self._origins[path] = row.place
        for name, value in row.values.items():
            if name == key:
                continue
            if isinstance(value, Message):
                getattr(message, name).CopyFrom(value)
            else:
                setattr(message, name, value)

    def _join_payments(self) -> None:
        payments = {payment.id: index for index, payment in enumerate(self._facts.payments)}
        currencies = {payment.id: payment.captured.currency_code for payment in self._facts.payments}
        for name in ("refunds", "disputes"):
            for row in self._rows(name, currencies):
                index = payments.get(row.values["payment_id"])
                if index is None:
                    if not self._faulty("payments"):
                        self._faults.append(row.fault("payment_id", "payments.sql returns no payment with this id"))
                    continue
                payment, path = self._facts.payments[index], f"facts.payments[{index}]"
                if name == "refunds":
                    refund = payment.refunds.add()
                    self._fill(refund, row, f"{path}.refunds[{len(payment.refunds) - 1}]", "payment_id")
                elif payment.HasField("dispute"):
                    fault = "is the second dispute of this payment; choose the worst in SQL"
                    self._faults.append(row.fault("payment_id", fault))
                else:
                    self._fill(payment.dispute, row, f"{path}.dispute", "payment_id")

    def _join_consents(self) -> None:
        lots = {lot.id: index for index, lot in enumerate(self._facts.lots)}
        for row in self._rows("consents"):
            lot_id = row.values.get("lot_id")
            if lot_id is None:
                if not self._facts.HasField("subscription"):
                    continue  # the order is no plan
                holder: facts_pb2.Subscription | facts_pb2.CreditLot = self._facts.subscription
                path = "facts.subscription"
            elif lot_id in lots:
                holder, path = self._facts.lots[lots[lot_id]], f"facts.lots[{lots[lot_id]}]"
            else:
                if not self._faulty("lots"):
                    self._faults.append(row.fault("lot_id", "lots.sql returns no lot with this id"))
                continue
            if holder.HasField("consent"):
                self._faults.append(row.fault("lot_id", "is the second consent for the same purchase; choose in SQL"))
            else:
                self._fill(holder.consent, row, f"{path}.consent", "lot_id")

    def _faulty(self, name: str) -> bool:
        """Whether rows of a query are missing because they have faults."""
        return any(fault.field.startswith(QUERIES[name].file) for fault in self._faults)
