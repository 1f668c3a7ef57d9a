"""Reads the hand-written pages: their fenced blocks, and the answer under each command."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from support.shipped import ROOT

README = ROOT / "README.md"
DOCS = ROOT / "docs"
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, its text, and the text of the answer that follows it, if one does."""

    language: str
    text: str
    answer: str | None


def blocks(text: str) -> list[Block]:
    """Return the blocks of a page; a block of text or JSON directly under a command is its answer."""
    return list(_paired(text, list(_FENCE.finditer(text))))


def prose(text: str) -> str:
    """Return a page without its blocks."""
    return _FENCE.sub("", text)


def _paired(text: str, found: list[re.Match[str]]) -> Iterator[Block]:
    for index, block in enumerate(found):
        following = found[index + 1] if index + 1 < len(found) else None
        answers = (
            following is not None
            and following[1] in {"text", "json"}
            and not text[block.end() : following.start()].strip()
        )
        yield Block(block[1], block[2], following[2] if following is not None and answers else None)
