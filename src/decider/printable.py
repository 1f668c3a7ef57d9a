"""Printable text: no character controls a terminal or hides from a reader."""

from __future__ import annotations

import unicodedata

__all__ = ["printable"]


def printable(text: str) -> str:
    r"""Replace each control, format, separator and surrogate character by its escape in JSON.

    ESC becomes `\u001b`, a line break `\u000a`, a bidi override `\u202e`. Because the escapes are those of JSON, a JSON
    document without line breaks keeps its values.
    """
    if text.isprintable():
        return text
    return "".join(character if _shows(character) else _escaped(character) for character in text)


def _shows(character: str) -> bool:
    return character.isprintable() or unicodedata.category(character) == "Zs"


def _escaped(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
