"""Reads the comments of ErrorReason: the example of each reason, and the statuses that it comes with."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

import stubs

_VALUE = re.compile(r"((?:  //.*\n)+)  ERROR_REASON_(\w+) = ")
_STATUS = re.compile(r"Status ([A-Z_]+)(?: or\s+([A-Z_]+))?")


@dataclass(frozen=True)
class Promise:
    """One reason: the ErrorInfo of its example, and the names of the gRPC statuses."""

    info: dict[str, Any]
    codes: frozenset[str]


def promises() -> dict[str, Promise]:
    """Return the promise of every reason; fails if a reason has no example or no status."""
    text = (stubs.PROTO / "decider" / "v1" / "error_reason.proto").read_text()
    return {
        name: _promise(re.sub(r"^  // ?", "", comment, flags=re.MULTILINE)) for comment, name in _VALUE.findall(text)
    }


def _promise(comment: str) -> Promise:
    said, _, example = comment.partition("\n\n    ")
    codes = _STATUS.search(said)
    assert codes is not None, f"no status: {comment}"
    return Promise(json.loads(example), frozenset(filter(None, codes.groups())))
