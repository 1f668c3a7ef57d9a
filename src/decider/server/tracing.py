"""The ids that identify a call in the caller's trace, in the trailing metadata of the answer, and in the log."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable

__all__ = ["as_logged", "ids_of"]

_REQUEST_ID = "x-request-id"
_TRACEPARENT = "traceparent"
# Other characters are neither returned nor logged, so that no id contains an address or controls a terminal.
_SOUND = {
    _REQUEST_ID: re.compile(r"[A-Za-z0-9._:/+=-]{1,128}"),
    _TRACEPARENT: re.compile(r"(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}"),
}


Ids = tuple[tuple[str, str], ...]


def ids_of(metadata: Iterable[tuple[str, str | bytes]] | None) -> Ids:
    """Return the caller's x-request-id and traceparent, as metadata of the answer.

    A request id that is absent or malformed is replaced by a new id, so that every answer can be found in the log. A
    traceparent belongs to the caller's trace, so it is never replaced.
    """
    sound: dict[str, str] = {}
    for name, value in metadata or ():
        if name in _SOUND and isinstance(value, str) and _SOUND[name].fullmatch(value):
            sound.setdefault(name, value)
    return tuple(({_REQUEST_ID: uuid.uuid4().hex} | sound).items())


def as_logged(ids: Ids) -> dict[str, str]:
    """Return the ids under their names in the log: request_id, traceparent."""
    return {name.removeprefix("x-").replace("-", "_"): value for name, value in ids}
