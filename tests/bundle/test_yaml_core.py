"""YAML without its traps."""

from __future__ import annotations

import pytest

from decider.bundle.catalog import JSON
from decider.bundle.yaml_core import YamlFault, parse_yaml


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NO", "NO"),
        ("yes", "yes"),
        ("on", "on"),
        ("y", "y"),
        ("true", True),
        ("False", False),
        ("~", None),
        ("null", None),
        ("", None),
        ("2026-05-16", "2026-05-16"),
        ("2026-05-16T00:00:00Z", "2026-05-16T00:00:00Z"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("-17", -17),
        ("9223372036854775808", 9223372036854775808),
        ("'1'", "1"),
        ("<<: {a: 1}", {"<<": {"a": 1}}),
        ("[1, [NO]]", [1, ["NO"]]),
        ("a: {b: c}", {"a": {"b": "c"}}),
        (r'"\ud83d\ude00"', "😀"),  # as JSON escapes it
        ("😀", "😀"),
    ],
)
def test_scalars(text: str, value: JSON) -> None:
    read = parse_yaml(text.encode())

    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize("text", ["1.5", ".5", "1e3", "1.0", ".inf", ".nan"])
def test_fractions_are_refused(text: str) -> None:
    with pytest.raises(YamlFault, match="not a whole number"):
        parse_yaml(text.encode())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"\xff\xfe\x00", "not valid YAML in UTF-8"),
        (b"a: *b", "line 1: found undefined alias 'b'"),
        (b"--- 1\n--- 2", "line 2: expected a single document in the stream, but found another document"),
        (b"a: 1\nb: [1\nc: 2", "line 3: while parsing a flow sequence, expected ',' or ']', but got ':'"),
        (b"[" * 1500, "not valid YAML in UTF-8"),
    ],
)
def test_what_is_no_document(text: bytes, said: str) -> None:
    with pytest.raises(YamlFault) as raised:
        parse_yaml(text)

    assert str(raised.value) == said


def test_half_of_a_surrogate_pair_is_no_text() -> None:
    with pytest.raises(YamlFault, match=r"^line 2: half of a surrogate pair is not text$"):
        parse_yaml(b'a: 1\n"\\ud83d": 1')
