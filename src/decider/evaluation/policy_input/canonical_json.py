"""The canonical JSON of a policy input (RFC 8785), and its digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import cast

import orjson

__all__ = ["canonical_json", "digest_of"]


def canonical_json(document: Mapping[str, object]) -> bytes:
    """Return a document without floats as RFC 8785 JSON.

    The RFC reads numbers as IEEE doubles. This text departs from it and writes integers of more than 53 bits with all
    their digits, so that two inputs that differ by a nanosecond have two texts.
    """
    try:
        text = orjson.dumps(document, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # an integer of more than 64 bits: a sum over many purchases
        return _slowly(document)
    # orjson sorts by code point. UTF-16 has another order beyond the 16-bit plane only, which no ASCII text reaches.
    return text if text.isascii() else _slowly(document)


def digest_of(canonical: bytes) -> str:
    """Return `sha256:` and the hex digest of a canonical JSON text."""
    return f"sha256:{hashlib.sha256(canonical).hexdigest()}"


def _slowly(document: Mapping[str, object]) -> bytes:
    text = json.dumps(_sorted(document), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode()


def _sorted(value: object) -> object:
    if isinstance(value, Mapping):
        by_key = cast("Mapping[str, object]", value)
        return {key: _sorted(by_key[key]) for key in sorted(by_key, key=_utf16)}
    if isinstance(value, list | tuple):
        return [_sorted(item) for item in value]
    return value


def _utf16(key: str) -> bytes:
    return key.encode("utf-16-be")
