"""README.md taken apart: its fenced blocks, each command with the answer that stands under it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, its text, and the text of the answer that follows it, if one does."""

    language: str
    text: str
    answer: str | None


def blocks(text: str) -> list[Block]:
    """Return the blocks of a README; a block of text or JSON directly under a command is its answer."""
    return list(_paired(text, list(_FENCE.finditer(text))))


def _paired(text: str, found: list[re.Match[str]]) -> Iterator[Block]:
    for index, one in enumerate(found):
        following = found[index + 1] if index + 1 < len(found) else None
        answers = (
            following is not None
            and following[1] in {"text", "json"}
            and not text[one.end() : following.start()].strip()
        )
        yield Block(one[1], one[2], following[2] if following is not None and answers else None)
