"""The canonical text of a policy input."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from decider.evaluation.policy_input import canonical_json, digest_of

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
JSON: st.SearchStrategy[Any] = st.recursive(
    st.booleans() | TEXT | st.integers(-(2**80), 2**80) | st.integers(0, 9),
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"b": 1, "a": [True, False]}, '{"a":[true,false],"b":1}'),
        ({"n": 2**53 + 1, "m": -1}, '{"m":-1,"n":9007199254740993}'),
        ({"n": 2**70}, '{"n":1180591620717411303424}'),
        ({"t": '\u20ac$\u000f\nA\'B"\\\\"/\u007f'}, '{"t":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/\u007f"}'),
        # RFC 8785 section 3.2.3: by UTF-16 code units, so the pair of an astral letter comes before U+FB33.
        (
            {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\u0080": 6, "\u00f6": 7},
            '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}',
        ),
        ({"x": {"\ufb33": 1, "\U0001f600": 2**70}}, '{"x":{"😀":1180591620717411303424,"\ufb33":1}}'),
    ],
)
def test_text(document: dict[str, Any], expected: str) -> None:
    assert canonical_json(document).decode() == expected


@given(st.dictionaries(TEXT, JSON))
def test_text_says_the_same_in_one_order(document: dict[str, Any]) -> None:
    text = canonical_json(document)

    assert json.loads(text) == document
    assert canonical_json(dict(reversed(document.items()))) == text
    ordered = list(json.loads(text))
    assert ordered == sorted(ordered, key=lambda key: key.encode("utf-16-be"))


@given(st.dictionaries(st.text(st.characters(codec="ascii")), st.integers(0, 2**63 - 1) | TEXT))
def test_both_ways_of_writing_agree(document: dict[str, Any]) -> None:
    """The quick one where it serves, the slow one where a key makes it necessary."""
    quick = canonical_json(document)
    slow = canonical_json({**document, "\U0001f600": 0})

    assert slow.replace(',"😀":0'.encode(), b"").replace('"😀":0'.encode(), b"") == quick
    assert orjson.loads(quick) == document


def test_digest_names_the_bytes() -> None:
    assert digest_of(b"{}") == f"sha256:{hashlib.sha256(b'{}').hexdigest()}"
