"""All errors, as one tree.

    DeciderError
    ├── MalformedRequest      INVALID_ARGUMENT   the bytes are no message
    ├── InvalidFacts          INVALID_ARGUMENT   the facts are malformed or contradictory, with every violation
    ├── PolicyNotFound        NOT_FOUND          the policy or version is not loaded
    ├── EngineUnavailable     UNAVAILABLE or DEADLINE_EXCEEDED   the engine is down, slow or starting, or it stops
    ├── ResponseTooLarge      RESOURCE_EXHAUSTED the answer is larger than clients read
    ├── PolicyUndefined       INTERNAL           the policy gives no answer
    ├── PolicyError           INTERNAL           a builtin error or a conflict in the policy
    ├── PolicyResultInvalid   INTERNAL           the answer does not have the shape of a decision
    ├── DecisionInvariant     INTERNAL           the answer breaks an invariant of money or citation
    └── BundleInvalid         (start-up only)    the rego folder, its data or an overlay is invalid

`code` is the name of a gRPC status. `reason` is a decider.v1.ErrorReason without its prefix, or a reason of its own for
errors of start-up, which no caller sees. decider.server.status turns errors into a google.rpc.Status. No message holds
the text of a library's exception.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

__all__ = [
    "BundleInvalid",
    "DeciderError",
    "DecisionInvariant",
    "EngineUnavailable",
    "InternalError",
    "InvalidFacts",
    "MalformedRequest",
    "PolicyError",
    "PolicyNotFound",
    "PolicyResultInvalid",
    "PolicyUndefined",
    "ResponseTooLarge",
    "Violation",
    "policy_failure",
]


@dataclass(frozen=True, order=True)
class Violation:
    """A violation of a rule: the dotted path of the field (`facts.lots[0].used_micros`) and a description."""

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
    """The request or its facts are malformed or contradictory; `violations` holds every violation."""

    code = "INVALID_ARGUMENT"
    reason = "INVALID_FACTS"

    def __init__(self, violations: Sequence[Violation]) -> None:
        ordered = sorted(set(violations))
        first = f"{ordered[0].field}: {ordered[0].description}" if ordered else "invalid request"
        more = f" (and {len(ordered) - 1} more, see the details)" if len(ordered) > 1 else ""
        super().__init__(first + more, metadata={"violations": str(len(ordered))}, violations=ordered)


class PolicyNotFound(DeciderError):
    """A well-formed policy id or version that is not loaded.

    `field` is the field that names it. `closest` is the name that was probably meant, if one is close.
    """

    code = "NOT_FOUND"
    reason = "POLICY_NOT_FOUND"

    def __init__(self, policy_id: str, policy_version: str, field: str, closest: str = "") -> None:
        what = f"version {policy_version!r} of policy {policy_id!r}" if policy_version else f"policy {policy_id!r}"
        hint = f"did you mean {closest}?" if closest else "ListPolicies (`decider policies`) lists the loaded policies"
        named = {"policy_id": policy_id, "policy_version": policy_version, "field": field}
        super().__init__(f"{what} is not loaded; {hint}", metadata=named | ({"closest": closest} if closest else {}))


class EngineUnavailable(DeciderError):
    """The policy engine is down, starting or slow, or the service is stopping, so there is no decision.

    Retrying is safe.
    """

    code = "UNAVAILABLE"
    reason = "ENGINE_UNAVAILABLE"

    def __init__(self, message: str, *, deadline: bool = False) -> None:
        super().__init__(message)
        if deadline:
            self.code = "DEADLINE_EXCEEDED"


class ResponseTooLarge(DeciderError):
    """The answer would be larger than `limit_bytes`, the most that clients read."""

    code = "RESOURCE_EXHAUSTED"
    reason = "RESPONSE_TOO_LARGE"

    def __init__(self, message: str, limit_bytes: int) -> None:
        super().__init__(message, metadata={"limit_bytes": str(limit_bytes)})


class PolicyUndefined(DeciderError):
    """The policy gives no answer for this input."""

    reason = "POLICY_UNDEFINED"


class PolicyError(DeciderError):
    """A builtin error or a rule conflict stopped the evaluation."""

    reason = "POLICY_ERROR"


def policy_failure(code: str, message: str) -> PolicyUndefined | PolicyError:
    """Return the error for a failure that the decider reports; `message` names the rule, except for `undefined`."""
    if code == "undefined":
        return PolicyUndefined("the policy gave no answer for this input", metadata={"code": code})
    return PolicyError(f"the policy failed: {message}", metadata={"code": code, "where": message})


class PolicyResultInvalid(DeciderError):
    """The answer of the policy does not have the shape of a decision."""

    reason = "POLICY_RESULT_INVALID"


class DecisionInvariant(DeciderError):
    """The answer of the policy breaks an invariant of money, effects or citations, and is withheld."""

    reason = "DECISION_INVARIANT"


class BundleInvalid(DeciderError):
    """The rego folder, its data or an overlay is invalid; `violations` name file and parameter."""

    reason = "BUNDLE_INVALID"


class InternalError(DeciderError):
    """A defect of the service itself. The log has its place, and its ErrorReason is UNSPECIFIED."""

    reason = "UNSPECIFIED"

    def __init__(self) -> None:
        super().__init__("internal error")
