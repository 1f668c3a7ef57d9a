"""The short names of enum values: the LOT_CATEGORY_PAID of the contract is PAID everywhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from decider.v1 import decision_pb2, facts_pb2, request_pb2

if TYPE_CHECKING:
    from google.protobuf.internal.enum_type_wrapper import _EnumTypeWrapper

__all__ = ["EnumNames"]

_Value = TypeVar("_Value", bound=int)

# The name of a number that the contract does not define; validation refuses it.
_UNDEFINED = "UNDEFINED"


class EnumNames(Generic[_Value]):
    """Translates between the values of one enum and their short names.

    `unspecified` is the name of the value 0. It is None where a message must state another value.
    """

    def __init__(self, enum: _EnumTypeWrapper[_Value], unspecified: str | None = "UNSPECIFIED") -> None:
        prefix = enum.Name(enum.values()[0]).removesuffix("UNSPECIFIED")
        values = {name.removeprefix(prefix): value for name, value in enum.items()}
        values.pop("UNSPECIFIED")
        self._names: dict[int, str] = {0: unspecified or ""} | {value: name for name, value in values.items()}
        self._values = values
        self.names = tuple(dict.fromkeys(name for name in self._names.values() if name))

    def name(self, value: int) -> str:
        """Return the name of a value; the value may be one that the contract does not define."""
        return self._names.get(value, _UNDEFINED)

    def value(self, name: str) -> _Value:
        """Return the value with a name."""
        return self._values[name]


REMEDY = EnumNames(request_pb2.Remedy, "REFUND")
CHANNEL = EnumNames(request_pb2.Channel)
ACCOUNT_STATUS = EnumNames(facts_pb2.AccountStatus, None)
STATUS_REASON = EnumNames(facts_pb2.StatusReason)
CUSTOMER_TYPE = EnumNames(facts_pb2.CustomerType, "UNKNOWN")
LOT_CATEGORY = EnumNames(facts_pb2.LotCategory, None)
CONSUMPTION_ORDER = EnumNames(facts_pb2.ConsumptionOrder)
REFUND_STATUS = EnumNames(facts_pb2.RefundStatus, None)
REFUND_KIND = EnumNames(facts_pb2.RefundKind, "UNUSED_CREDITS")
DISPUTE_STATUS = EnumNames(facts_pb2.DisputeStatus, "NONE")
USAGE_OUTCOME = EnumNames(facts_pb2.UsageOutcome, None)
ERROR_ORIGIN = EnumNames(facts_pb2.ErrorOrigin)
INCIDENT_ATTRIBUTION = EnumNames(facts_pb2.IncidentAttribution)
AGREEMENT_TERMS = EnumNames(facts_pb2.AgreementTerms, "NOT_MODELLED")
SUSPICION = EnumNames(facts_pb2.Suspicion, "NONE")

VERDICT = EnumNames(decision_pb2.Verdict)
DISPOSITION = EnumNames(decision_pb2.Disposition)
EFFECT_TYPE = EnumNames(decision_pb2.EffectType)
OBLIGATION_TYPE = EnumNames(decision_pb2.ObligationType)
CITATION_ROLE = EnumNames(decision_pb2.CitationRole)
