"""Strings that would control a terminal, break a line or hide text, and the characters that must never be printed."""

from __future__ import annotations

import re

__all__ = ["HOSTILE", "STEERS", "hostile_text"]

HOSTILE = (
    "\x1b",  # ESC
    "\x1b[2J\x1b[31m",  # CSI: clears the screen, colours
    "\x1b]0;title\x07",  # OSC: names the window
    "\x1b]8;;http://example.com\x1b\\",  # OSC: a link
    "\x9b31m",  # CSI as a C1 control
    "\x9d0;title\x9c",  # OSC as C1 controls
    "\r",
    "\n",
    "\x0b",
    "\x0c",
    "\x08\x7f",
    "\x85",  # next line
    "\u2028",
    "\u2029",
    "\u200b",
    "\u200e",
    "\u200f",
    "\u061c",
    "\u202a",
    "\u202b",
    "\u202d",
    "\u202e",
    "\u2066",
    "\u2067",
    "\u2068",
    "\u2069",
    "\ufeff",
    "\U000e0041",  # a tag
)
STEERS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff"
    "\U000e0000-\U000e0fff]"
)
"""Any of these in an output is a fault; the line break (0x0a) is the output's own."""


def hostile_text(*, without: str = "") -> str:
    """Return one text with all hostile strings, except the characters in `without`."""
    text = "-".join(HOSTILE)
    return "".join(character for character in text if character not in without)
