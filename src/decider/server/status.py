"""The one place where an error becomes a google.rpc.Status."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import grpc
from google.rpc import error_details_pb2, status_pb2  # type: ignore[import-untyped] # ships stubs but no py.typed

from decider.errors import DeciderError, InvalidFacts, PolicyNotFound, Violation

__all__ = ["located", "to_status"]

DOMAIN = "decider"

# A status travels as trailing metadata, of which clients take 8 KiB in all: the details in base64 (4/3), the message
# percent-encoded (3), the names, and the caller's ids.
DETAILS_BYTES = 4608
MESSAGE_BYTES = 512

_BAD_REQUEST_URL_BYTES = 64  # the type's name and the lengths around it
_VIOLATION_BYTES = 8  # the tags and lengths around two strings of up to 2 MiB


def located(error: DeciderError, prefix: str) -> DeciderError:
    """Return an error of one item as an error of the message that holds it: field paths begin with `prefix`."""
    if isinstance(error, InvalidFacts):
        return InvalidFacts([Violation(prefix + one.field, one.description) for one in error.violations])
    if isinstance(error, PolicyNotFound):
        told = error.metadata
        return PolicyNotFound(
            told["policy_id"], told["policy_version"], prefix + told["field"], told.get("closest", "")
        )
    return error


def to_status(error: DeciderError, *, details_bytes: int = DETAILS_BYTES) -> status_pb2.Status:
    """Return the status of an error: its code and message, an ErrorInfo, and a BadRequest where fields are at fault.

    Of the violations as many are told as `details_bytes` hold. Where that is not all, the metadata say so:
    `violations` counts all, `violations_told` those that are there.
    """
    metadata = dict(error.metadata)
    told = list(_that_fit(error.violations, details_bytes))
    if len(told) < len(error.violations):
        metadata["violations_told"] = str(len(told))
    status = status_pb2.Status(code=grpc.StatusCode[error.code].value[0], message=_cut(error.message, MESSAGE_BYTES))
    info = error_details_pb2.ErrorInfo(reason=error.reason, domain=DOMAIN, metadata=metadata)
    status.details.add().Pack(info)
    if told:
        fields = [
            error_details_pb2.BadRequest.FieldViolation(field=one.field, description=one.description) for one in told
        ]
        status.details.add().Pack(error_details_pb2.BadRequest(field_violations=fields))
    return status


def _that_fit(violations: Sequence[Violation], details_bytes: int) -> Iterator[Violation]:
    left = details_bytes - _BAD_REQUEST_URL_BYTES
    for index, one in enumerate(violations):
        left -= len(one.field.encode()) + len(one.description.encode()) + _VIOLATION_BYTES
        if left < 0 and index:
            return
        yield one


def _cut(text: str, size: int) -> str:
    """Cut a text to so many bytes of UTF-8, at the border of a character."""
    raw = text.encode()
    return text if len(raw) <= size else raw[: size - 3].decode(errors="ignore") + "..."
