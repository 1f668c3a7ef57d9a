from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decider.printable import printable
from support.hostile import HOSTILE

ANYTHING = st.text(st.characters(codec=None))  # lone surrogates too


@pytest.mark.parametrize("text", ["ORD-1", "", "Zürich", "注文\u3000一", "a\xa0b", "👩", r"C:\temp \u202e", "e\u0301"])
def test_what_everybody_sees_stays(text: str) -> None:
    assert printable(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31m", r"\u001b[31m"),
        ("a\r\nb", r"a\u000d\u000ab"),
        ("\u202egnp.exe", r"\u202egnp.exe"),
        ("a\x85b\x9bc", r"a\u0085b\u009bc"),
        ("a\u200bb\u2028c\ufeffd", r"a\u200bb\u2028c\ufeffd"),
        ("a\udc80b", r"a\udc80b"),
        ("\U000e0041", r"\udb40\udc41"),
    ],
)
def test_what_nobody_sees_is_escaped(text: str, shown: str) -> None:
    assert printable(text) == shown


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_passes(text: str) -> None:
    assert text not in printable(text)


@given(ANYTHING)
def test_nothing_that_steers_a_terminal_is_left(text: str) -> None:
    assert not {unicodedata.category(character) for character in printable(text)} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@given(ANYTHING)
def test_a_json_document_keeps_its_values(text: str) -> None:
    assert json.loads(printable(json.dumps({text: [text]}, ensure_ascii=False))) == {text: [text]}
