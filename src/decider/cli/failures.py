"""The failures of commands, and the exit codes."""

from __future__ import annotations

from collections.abc import Sequence

import grpc
import grpc.aio

from decider.client import read_error
from decider.errors import BundleInvalid, DeciderError, EngineUnavailable, Violation

__all__ = [
    "ALLOWED",
    "DENIED",
    "FAILED",
    "NOT_FOUND",
    "NOT_YET",
    "UNAVAILABLE",
    "USAGE",
    "Failure",
    "of_call",
    "of_start",
]

ALLOWED = 0  # also: the command succeeded
FAILED = 1
USAGE = 2
DENIED = 3
NOT_FOUND = 4
UNAVAILABLE = 5
NOT_YET = 6

_EXITS = {
    "INVALID_ARGUMENT": USAGE,
    "NOT_FOUND": NOT_FOUND,
    "UNAVAILABLE": UNAVAILABLE,
    "DEADLINE_EXCEEDED": UNAVAILABLE,
}


class Failure(Exception):
    """The failure of a command: a message without its full stop, violations by field, and the exit code.

    `details` are further lines for the user. `code` is the name of the gRPC status and `reason` is the reason of the
    ErrorInfo; both are empty if no call was made.
    """

    def __init__(
        self,
        message: str,
        exit_code: int,
        *,
        violations: Sequence[Violation] = (),
        details: Sequence[str] = (),
        code: str = "",
        reason: str = "",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.exit_code = exit_code
        self.violations = tuple(violations)
        self.details = tuple(details)
        self.code = code
        self.reason = reason

    def lines(self) -> list[str]:
        """Return what to print: the sentence, a line for each violation, the details."""
        listed = [f"  {violation.field}: {violation.description}" for violation in self.violations]
        return [f"{self.message}:" if listed else self.message, *listed, *self.details]


def of_call(error: grpc.aio.AioRpcError, address: str) -> Failure:
    """Turn the error of a call to the service at `address` into a failure."""
    failed = read_error(error)
    code, reason, message = failed.code.name, failed.reason, failed.message or failed.code.name
    violations = [Violation(one.field, one.description) for one in failed.violations]
    if violations:
        told = failed.metadata.get("violations_told", "")
        more = f" (the first {told} of {failed.metadata.get('violations', '')} violations)" if told else ""
        message = f"the facts cannot be decided{more}"
    elif code == "UNAVAILABLE" and not reason:
        message = (
            f"no service answers at {address}. Start it with `make run`, or use --local to decide without a service"
        )
    elif code == "DEADLINE_EXCEEDED" and not reason:
        message = f"the service at {address} did not answer in time"
    elif code == "UNIMPLEMENTED":
        message = f"the service at {address} is not decider, or is too old: {message}"
    return Failure(message, _EXITS.get(code, FAILED), violations=violations, code=code, reason=reason)


def of_start(error: DeciderError) -> Failure:
    """Turn the error of starting a service or an engine into a failure."""
    if isinstance(error, BundleInvalid):
        message, *details = error.message.split("\n")  # the message lists the violations
        return Failure(message, USAGE, details=details, code=error.code, reason=error.reason)
    exit_code = UNAVAILABLE if isinstance(error, EngineUnavailable) else _EXITS.get(error.code, FAILED)
    return Failure(error.message, exit_code, violations=error.violations, code=error.code, reason=error.reason)
