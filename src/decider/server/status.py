"""The only module that turns an error into a google.rpc.Status."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import grpc
from google.rpc import error_details_pb2, status_pb2  # type: ignore[import-untyped] # ships stubs but no py.typed

from decider.errors import DeciderError, InvalidFacts, PolicyNotFound, Violation
from decider.server.limits import STATUS_DETAILS_BYTES, STATUS_MESSAGE_BYTES

__all__ = ["located", "to_status"]

DOMAIN = "decider"

_BAD_REQUEST_URL_BYTES = 64  # the type's name and the lengths around it
_VIOLATION_BYTES = 8  # the tags and lengths around two strings of up to 2 MiB


def located(error: DeciderError, prefix: str) -> DeciderError:
    """Return the error of an item as an error of the message that contains it: field paths begin with `prefix`."""
    if isinstance(error, InvalidFacts):
        return InvalidFacts([Violation(prefix + fault.field, fault.description) for fault in error.violations])
    if isinstance(error, PolicyNotFound):
        named = error.metadata
        return PolicyNotFound(
            named["policy_id"], named["policy_version"], prefix + named["field"], named.get("closest", "")
        )
    return error


def to_status(error: DeciderError, *, details_bytes: int = STATUS_DETAILS_BYTES) -> status_pb2.Status:
    """Return the status of an error: its code and message, an ErrorInfo, and a BadRequest if fields are at fault.

    The BadRequest contains as many violations as fit into `details_bytes`. If some do not fit, the metadata
    `violations` counts all violations and `violations_told` those in the BadRequest.
    """
    metadata = dict(error.metadata)
    fitting = list(_that_fit(error.violations, details_bytes))
    if len(fitting) < len(error.violations):
        metadata["violations_told"] = str(len(fitting))
    status = status_pb2.Status(
        code=grpc.StatusCode[error.code].value[0], message=_cut(error.message, STATUS_MESSAGE_BYTES)
    )
    info = error_details_pb2.ErrorInfo(reason=error.reason, domain=DOMAIN, metadata=metadata)
    status.details.add().Pack(info)
    if fitting:
        fields = [
            error_details_pb2.BadRequest.FieldViolation(field=fault.field, description=fault.description)
            for fault in fitting
        ]
        status.details.add().Pack(error_details_pb2.BadRequest(field_violations=fields))
    return status


def _that_fit(violations: Sequence[Violation], details_bytes: int) -> Iterator[Violation]:
    left = details_bytes - _BAD_REQUEST_URL_BYTES
    for index, violation in enumerate(violations):
        left -= len(violation.field.encode()) + len(violation.description.encode()) + _VIOLATION_BYTES
        if left < 0 and index:
            return
        yield violation


def _cut(text: str, size: int) -> str:
    """Cut a text to at most `size` bytes of UTF-8, between characters."""
    raw = text.encode()
    return text if len(raw) <= size else raw[: size - 3].decode(errors="ignore") + "..."
