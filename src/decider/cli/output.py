"""The only module of the command line that prints: answers go to stdout, failures to stderr.

Every text passes through `printable`, so that no fact, key, file name or message of a service can control the terminal.
The linter keeps other modules from printing (`banned-api` in pyproject.toml).
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterable, Mapping
from typing import TextIO, TypeAlias

from google.protobuf.json_format import MessageToDict
from google.protobuf.message import Message
from rich.console import Console, RenderableType
from rich.text import Text

from decider.cli.failures import Failure
from decider.printable import printable

__all__ = [
    "Line",
    "console_of_stderr",
    "console_of_stdout",
    "escape_what_cannot_be_encoded",
    "flush",
    "json_of",
    "print_failure",
    "print_json",
    "print_lines",
    "print_parts",
    "print_progress",
    "print_unwrapped",
    "silence",
    "styled",
]

Line: TypeAlias = Text
"""A line that `styled` made."""

_PIPED_WIDTH = 100


def console_of_stdout() -> Console:
    """Return the console of stdout, as wide as the terminal, or 100 columns wide if it is piped."""
    return _console(sys.stdout)


def console_of_stderr() -> Console:
    """Return the console of stderr."""
    return _console(sys.stderr)


def _console(file: TextIO) -> Console:
    console = Console(file=file, highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = _PIPED_WIDTH
    return console


def styled(*parts: str | tuple[str, str]) -> Line:
    """Join parts to a line; a part with a style is a pair. No part can break the line."""
    return Text.assemble(*(_printable(part) for part in parts))


def _printable(part: str | tuple[str, str]) -> str | tuple[str, str]:
    return printable(part) if isinstance(part, str) else (printable(part[0]), part[1])


def print_parts(console: Console, *parts: RenderableType) -> None:
    """Print the parts below each other; if stdout is piped, without the trailing blanks of tables."""
    if console.is_terminal:
        for part in parts:
            console.print(part)
        return
    with console.capture() as captured:
        for part in parts:
            console.print(part)
    console.file.write("".join(f"{line.rstrip()}\n" for line in captured.get().split("\n")[:-1]))


def print_unwrapped(console: Console, *lines: Line) -> None:
    """Print lines without wrapping them, so that a reader can copy them."""
    for line in lines:
        if console.is_terminal:
            console.print(line, soft_wrap=True)
        else:
            console.file.write(f"{line.plain}\n")


def print_lines(*lines: str) -> None:
    """Print lines on stdout."""
    _write(sys.stdout, lines)


def print_progress(*lines: str) -> None:
    """Print lines on stderr."""
    _write(sys.stderr, lines)


def _write(out: TextIO, lines: Iterable[str]) -> None:
    out.write("".join(f"{printable(line)}\n" for line in lines))
    out.flush()


def print_json(document: object) -> None:
    """Print a document as one line of JSON. In a file name, a byte that is not UTF-8 becomes a question mark."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    print_lines(text.encode(errors="replace").decode())


def json_of(message: Message) -> Mapping[str, object]:
    """Return a message as proto JSON with all fields that have a default, so that it includes amounts of zero."""
    document: Mapping[str, object] = MessageToDict(
        message, preserving_proto_field_name=True, always_print_fields_with_no_presence=True
    )
    return document


def print_failure(failure: Failure, about: str = "") -> None:
    """Print a failure on stderr, after the name of its subject unless the message begins with that name."""
    first, *rest = failure.lines()
    if about and not first.startswith(about):
        first = f"{about}: {first}"
    print_progress(first, *rest)


def escape_what_cannot_be_encoded() -> None:
    """Make stdout and stderr write characters that their encoding lacks as escapes."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def flush() -> None:
    """Flush stdout. Raises BrokenPipeError if its reader has gone."""
    sys.stdout.flush()


def silence() -> None:
    """Discard the buffer of stdout, whose reader has gone; Python would flush it again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
