"""Turns errors into google.rpc.Status; nothing else does."""

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
    """Return the error of an item as an error of the message around it: field paths begin with `prefix`."""
    if isinstance(error, InvalidFacts):
        return InvalidFacts([Violation(prefix + each.field, each.description) for each in error.violations])
    if isinstance(error, PolicyNotFound):
        metadata = error.metadata
        return PolicyNotFound(
            metadata["policy_id"], metadata["policy_version"], prefix + metadata["field"], metadata.get("closest", "")
        )
    return error


def to_status(error: DeciderError, *, details_bytes: int = STATUS_DETAILS_BYTES) -> status_pb2.Status:
    """Return the status of an error: its code and message, an ErrorInfo, and a BadRequest if fields are at fault.

    The BadRequest holds as many violations as fit into `details_bytes`. If that is not all, the metadata count them:
    `violations` is the number of all, `violations_told` the number of those in the BadRequest.
    """
    metadata = dict(error.metadata)
    shown = list(_that_fit(error.violations, details_bytes))
    if len(shown) < len(error.violations):
        metadata["violations_told"] = str(len(shown))
    status = status_pb2.Status(
        code=grpc.StatusCode[error.code].value[0], message=_cut(error.message, STATUS_MESSAGE_BYTES)
    )
    info = error_details_pb2.ErrorInfo(reason=error.reason, domain=DOMAIN, metadata=metadata)
    status.details.add().Pack(info)
    if shown:
        fields = [
            error_details_pb2.BadRequest.FieldViolation(field=each.field, description=each.description)
            for each in shown
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
    """Cut a text to a number of UTF-8 bytes, between two characters."""
    raw = text.encode()
    return text if len(raw) <= size else raw[: size - 3].decode(errors="ignore") + "..."
