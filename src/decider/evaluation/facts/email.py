"""Who sent the request: e-mail addresses are brought to one form, then compared (ruling 5)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

import idna

__all__ = ["canonical_email", "is_among"]


def canonical_email(address: str) -> str:
    """Return an address as it is compared: trimmed, NFC, lower case, its domain in IDNA form; nothing else is folded.

    Any string is taken; a domain that IDNA refuses stays as it is in lower case.
    """
    # Lower case can undo NFC (a capital I with a dot), so the form is made last.
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFC", address.strip()).lower())
    local, at, domain = plain.rpartition("@")
    if domain.isascii():
        return plain
    try:
        return local + at + idna.encode(domain, uts46=True).decode("ascii")
    except UnicodeError:
        return plain


def is_among(address: str, known: Iterable[str]) -> bool:
    """Whether a non-empty address equals one of the known ones."""
    wanted = canonical_email(address)
    return bool(wanted) and any(canonical_email(one) == wanted for one in known)
