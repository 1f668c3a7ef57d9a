"""The queries of a source, and the columns that each may return.

The columns follow from the messages of the contract: a query fills the fields of one message, row by row. The name of a
column says its unit. Money is `x` (major units) or `x_minor`, and credits are `x_credits` or `x_micros`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from google.protobuf.descriptor import Descriptor, EnumDescriptor, FieldDescriptor

from decider.descriptors import option
from decider.v1 import facts_pb2

__all__ = ["ACCOUNT", "FIRST", "ORDER", "QUERIES", "SAMPLE", "Column", "Kind", "Query"]

_PARAMETERS = frozenset({"account_id", "order_ref", "requested_at", "requested_at_epoch"})

_MICROS = "_micros"


class Kind(Enum):
    """The kinds of values that a column holds."""

    TEXT = auto()
    EMAIL = auto()
    CURRENCY = auto()
    TIME = auto()
    FLAG = auto()
    NAME = auto()  # of an enum
    INTEGER = auto()
    SHORT = auto()  # a whole number of 32 bits
    MINOR = auto()
    MAJOR = auto()
    MICROS = auto()
    CREDITS = auto()


@dataclass(frozen=True)
class Column:
    """A column, and the field of the message that it fills; columns with the same field exclude each other."""

    name: str
    kind: Kind
    field: str
    required: bool = False
    enum: EnumDescriptor | None = None


@dataclass(frozen=True, eq=False)
class Query:
    """A query: the most rows that it may return, its columns by name, and what its absence costs."""

    name: str
    rows: int
    columns: Mapping[str, Column]
    absence: str

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.name}.sql"

    @property
    def parameters(self) -> frozenset[str]:
        """The parameters that it may use, beside the constants of the source."""
        return _PARAMETERS | ({"usage_event_ids"} if self.name == "usage_events" else frozenset())


def _columns(field: FieldDescriptor, called: str) -> Iterator[Column]:
    """Return the columns that may fill a field; messages and lists have queries of their own."""
    required: bool = option(field, "buf.validate.field").required
    name = field.name
    if field.is_repeated:
        return
    if field.message_type is not None:
        if field.message_type.name == "Timestamp":
            yield Column(called, Kind.TIME, name, required)
        elif field.message_type.name == "Money":
            yield Column(called, Kind.MAJOR, name, required)
            yield Column(f"{called}_minor", Kind.MINOR, name, required)
    elif field.enum_type is not None:
        yield Column(called, Kind.NAME, name, required, field.enum_type)
    elif field.type == FieldDescriptor.TYPE_BOOL:
        yield Column(called, Kind.FLAG, name, required)
    elif field.type == FieldDescriptor.TYPE_STRING:
        yield Column(called, Kind.EMAIL if name.endswith("email") else Kind.TEXT, name, required)
    elif name.endswith(_MICROS):
        yield Column(called, Kind.MICROS, name, required)
        yield Column(f"{called.removesuffix(_MICROS)}_credits", Kind.CREDITS, name, required)
    else:
        kind = Kind.SHORT if field.type == FieldDescriptor.TYPE_INT32 else Kind.INTEGER
        yield Column(called, kind, name, required)


def _query(
    name: str,
    rows: int,
    absence: str,
    message: Descriptor | None = None,
    keys: Collection[str] = (),
    optional_keys: Collection[str] = (),
    renamed: Mapping[str, str] | None = None,
) -> Query:
    """Return a query that fills `message`. Keys are required columns, beside the fields that the contract requires."""
    columns = {key: Column(key, Kind.TEXT, key, required=True) for key in keys}
    columns |= {key: Column(key, Kind.TEXT, key) for key in optional_keys}
    for field in message.fields if message is not None else ():
        for column in _columns(field, (renamed or {}).get(field.name, field.name)):
            columns.setdefault(column.name, column)
    if any(column.kind is Kind.MAJOR for column in columns.values()):
        columns["currency"] = Column("currency", Kind.CURRENCY, "currency")
    return Query(name, rows, columns, absence)


_FACTS: Mapping[str, Descriptor] = facts_pb2.DESCRIPTOR.message_types_by_name

ORDER = _query("order", 1, "callers must send the account with each order", keys=["account_id"])
ACCOUNT = _query("account", 1, "", _FACTS["Account"], keys=["id"])
SAMPLE = _query("sample", 100_000, "", keys=["order_ref"], optional_keys=["account_id"])
_EMAILS = Query(
    "verified_emails",
    100,
    {"email": Column("email", Kind.EMAIL, "email", required=True)},
    "a request by e-mail cannot be matched with its account, and asks for information",
)
# In the order in which they are read: balances come first, refunds and disputes last, so that money that moves in
# between is seen as gone and not as left.
QUERIES: Mapping[str, Query] = {
    query.name: query
    for query in (
        ORDER,
        ACCOUNT,
        _query("ledger", 1, "the use of lots that do not tell it is unknown", _FACTS["LedgerSnapshot"]),
        _query("lots", 1000, "credits are not seen: only plans can be refunded", _FACTS["CreditLot"]),
        _EMAILS,
        _query("customer", 1, "no consumer is known: no right of withdrawal counts", _FACTS["Customer"]),
        _query(
            "consents",
            1000,
            "a consumer of the EU or the UK who used something goes to manual review",
            _FACTS["WithdrawalConsent"],
            optional_keys=["lot_id"],
        ),
        _query("subscription", 1, "plans are not seen: only credits can be refunded", _FACTS["Subscription"]),
        _query("usage_events", 1000, "credits of failed API requests are not restored", _FACTS["UsageEvent"]),
        _query("incidents", 100, "no service credit is granted for an outage", _FACTS["Incident"]),
        _query("agreement", 1, "a separate agreement is not seen: the policy alone decides", _FACTS["Agreement"]),
        _query("agreement_orders", 1000, "an agreement covers orders by its minimum alone", keys=["order_ref"]),
        _query("risk", 1, "no suspicion and no earlier refund is seen", _FACTS["Risk"]),
        _query("payments", 1000, "nothing that was paid can be refunded", _FACTS["Payment"]),
        _query(
            "refunds",
            10_000,
            "money that went back is not seen: it could be refunded twice",
            _FACTS["Refund"],
            keys=["payment_id"],
            renamed={"credits_micros": "base_micros"},
        ),
        _query(
            "disputes",
            1000,
            "a chargeback is not seen: its money could be refunded as well",
            _FACTS["Dispute"],
            keys=["payment_id"],
        ),
    )
}
FIRST = frozenset({ORDER.name, ACCOUNT.name})
