"""All errors, as one tree.

    DeciderError
    ├── MalformedRequest      INVALID_ARGUMENT   the bytes are not a message
    ├── InvalidFacts          INVALID_ARGUMENT   the facts are malformed or contradictory; every violation
    ├── PolicyNotFound        NOT_FOUND          the policy or version is not loaded
    ├── FactsInvalid          FAILED_PRECONDITION  the source of facts returns something wrong; every violation
    ├── FactsUnavailable      UNAVAILABLE        a database of the source of facts does not answer
    ├── OrderNotFound         NOT_FOUND          the source of facts does not have the order of this account
    ├── EngineUnavailable     UNAVAILABLE or DEADLINE_EXCEEDED   engine down, slow or starting, service stopping
    ├── ResponseTooLarge      RESOURCE_EXHAUSTED the answer is larger than clients can read
    ├── PolicyUndefined       INTERNAL           the policy gave no answer
    ├── PolicyError           INTERNAL           a builtin error or a conflict in the policy
    ├── PolicyResultInvalid   INTERNAL           the answer does not have the shape of a decision
    ├── DecisionInvariant     INTERNAL           the answer breaks an invariant of money or citations
    ├── BundleInvalid         (start-up only)    the rego folder, its data or an overlay is wrong
    └── SourceInvalid         (start-up only)    the folder of the source of facts is wrong

`code` is the name of a gRPC status, and `reason` is a name of decider.v1.ErrorReason without its prefix. Errors of the
start, which no caller sees, have their own reasons. `decider.server.status` turns an error into a google.rpc.Status.
No message contains exception text of a library.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = [
    "BundleInvalid",
    "DeciderError",
    "DecisionInvariant",
    "EngineUnavailable",
    "FactsInvalid",
    "FactsUnavailable",
    "InternalError",
    "InvalidFacts",
    "MalformedRequest",
    "OrderNotFound",
    "PolicyError",
    "PolicyNotFound",
    "PolicyResultInvalid",
    "PolicyUndefined",
    "ResponseTooLarge",
    "SourceInvalid",
    "Violation",
    "policy_failure",
]


@dataclass(frozen=True, order=True)
class Violation:
    """A violation of a request: the proto path of the field (`facts.lots[0].used_micros`) and what is wrong."""

    field: str
    description: str


class DeciderError(Exception):
    """The base of all errors; `metadata` repeats the dynamic parts of the message (AIP-193)."""

    code = "INTERNAL"
    reason = "POLICY_ERROR"

    def __init__(
        self, message: str, *, metadata: Mapping[str, str] | None = None, violations: Sequence[Violation] = ()
    ) -> None:
        super().__init__(message)
        self.message = message
        self.metadata: Mapping[str, str] = dict(metadata or {})
        self.violations: tuple[Violation, ...] = tuple(violations)


class MalformedRequest(DeciderError):
    """The bytes are not a message of the type that the method takes."""

    code = "INVALID_ARGUMENT"
    reason = "MALFORMED_REQUEST"


class InvalidFacts(DeciderError):
    """The request or its facts are malformed or contradict themselves; `violations` lists everything that is wrong."""

    code = "INVALID_ARGUMENT"
    reason = "INVALID_FACTS"

    def __init__(self, violations: Sequence[Violation]) -> None:
        faults = sorted(set(violations))
        super().__init__(_first_of(faults), metadata={"violations": str(len(faults))}, violations=faults)


def _first_of(faults: Sequence[Violation]) -> str:
    first = f"{faults[0].field}: {faults[0].description}" if faults else "invalid request"
    more = f" (and {len(faults) - 1} more, see the details)" if len(faults) > 1 else ""
    return first + more


class FactsInvalid(DeciderError):
    """The source of facts returns something wrong, which its operator must mend; `violations` lists everything.

    The field of a violation is `lots.sql row 3 (id=topup-17): base_price_minor`, or the path of a fact with the file
    and row that it comes from: `facts.lots[2].base_price (lots.sql row 3)`.
    """

    code = "FAILED_PRECONDITION"
    reason = "FACTS_INVALID"

    def __init__(self, violations: Sequence[Violation]) -> None:
        faults = list(dict.fromkeys(violations))
        super().__init__(_first_of(faults), metadata={"violations": str(len(faults))}, violations=faults)


class FactsUnavailable(DeciderError):
    """A database of the source of facts does not answer in time. Nothing was decided; a retry is safe."""

    code = "UNAVAILABLE"
    reason = "FACTS_UNAVAILABLE"


class OrderNotFound(DeciderError):
    """The source has no such order of this account; the message does not say which of the two is unknown."""

    code = "NOT_FOUND"
    reason = "ORDER_NOT_FOUND"

    def __init__(self) -> None:
        super().__init__("the account has no such order")


class PolicyNotFound(DeciderError):
    """A well-formed policy id or version that is not loaded.

    `field` is the field that named it, and `closest` is the most similar name that is loaded, if any is similar.
    """

    code = "NOT_FOUND"
    reason = "POLICY_NOT_FOUND"

    def __init__(self, policy_id: str, policy_version: str, field: str, closest: str = "") -> None:
        what = f"version {policy_version!r} of policy {policy_id!r}" if policy_version else f"policy {policy_id!r}"
        hint = f"did you mean {closest}?" if closest else "ListPolicies (`decider policies`) lists the loaded policies"
        named = {"policy_id": policy_id, "policy_version": policy_version, "field": field}
        super().__init__(f"{what} is not loaded; {hint}", metadata=named | ({"closest": closest} if closest else {}))


class EngineUnavailable(DeciderError):
    """The policy engine is down, starting or slow, or the service is stopping. Nothing was decided; a retry is safe."""

    code = "UNAVAILABLE"
    reason = "ENGINE_UNAVAILABLE"

    def __init__(self, message: str, *, deadline: bool = False) -> None:
        super().__init__(message)
        if deadline:
            self.code = "DEADLINE_EXCEEDED"


class ResponseTooLarge(DeciderError):
    """The answer would be larger than `limit_bytes`, the size of messages that clients read."""

    code = "RESOURCE_EXHAUSTED"
    reason = "RESPONSE_TOO_LARGE"

    def __init__(self, message: str, limit_bytes: int) -> None:
        super().__init__(message, metadata={"limit_bytes": str(limit_bytes)})


class PolicyUndefined(DeciderError):
    """The policy gave no answer for this input."""

    reason = "POLICY_UNDEFINED"


class PolicyError(DeciderError):
    """A builtin error or a rule conflict stopped the evaluation."""

    reason = "POLICY_ERROR"


def policy_failure(code: str, message: str) -> PolicyUndefined | PolicyError:
    """Return the error for an error code of the rules; `message` names the rule, except for `undefined`."""
    if code == "undefined":
        return PolicyUndefined("the policy gave no answer for this input", metadata={"code": code})
    return PolicyError(f"the policy failed: {message}", metadata={"code": code, "where": message})


class PolicyResultInvalid(DeciderError):
    """The policy's answer does not have the shape of a decision."""

    reason = "POLICY_RESULT_INVALID"


class DecisionInvariant(DeciderError):
    """The policy's answer breaks an invariant of money, effects or citations; it is withheld."""

    reason = "DECISION_INVARIANT"


class BundleInvalid(DeciderError):
    """The rego folder, its data or an overlay cannot be served; `violations` names file and parameter."""

    reason = "BUNDLE_INVALID"


class SourceInvalid(DeciderError):
    """The folder of the source of facts is wrong; `violations` names file and key."""

    code = "INVALID_ARGUMENT"
    reason = "SOURCE_INVALID"

    def __init__(self, folder: Path, violations: Sequence[Violation]) -> None:
        super().__init__(f"{folder} is no source of facts", violations=violations)


class InternalError(DeciderError):
    """A defect of the service itself; its place is in the log."""

    reason = "UNSPECIFIED"

    def __init__(self) -> None:
        super().__init__("internal error")
