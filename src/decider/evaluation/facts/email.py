"""E-mail addresses in one canonical form, so that they can be compared (ruling 5)."""

from __future__ import annotations

import unicodedata

import idna

__all__ = ["canonical_email"]


def canonical_email(address: str) -> str:
    """Return an address trimmed, in NFC and lower case, with its domain in IDNA form.

    Any text is accepted. A domain that IDNA refuses stays in lower case.
    """
    # Lower case can undo NFC (a capital I with a dot), so NFC is applied again at the end.
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFC", address.strip()).lower())
    local, at, domain = plain.rpartition("@")
    if domain.isascii():
        return plain
    try:
        return local + at + idna.encode(domain, uts46=True).decode("ascii")
    except UnicodeError:
        return plain
