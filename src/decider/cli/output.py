"""Where the command line writes: cards and tables or JSON on stdout, what went wrong on stderr."""

from __future__ import annotations

import sys

import orjson
from rich.console import Console, RenderableType

from decider.cli.failures import Failure

__all__ = ["console_of_stdout", "print_failure", "print_json", "print_plainly"]

_PIPED_WIDTH = 100
_LEAST_WIDTH = 80


def console_of_stdout() -> Console:
    """Return the console of stdout: as wide as the terminal, but at least 80; 100 columns where it is piped."""
    console = Console(highlight=False, soft_wrap=False)
    console.width = max(_LEAST_WIDTH, console.width) if console.is_terminal else _PIPED_WIDTH
    return console


def print_plainly(console: Console, *parts: RenderableType) -> None:
    """Print; where it is piped, without the blanks that tables leave at the ends of lines."""
    if console.is_terminal:
        console.print(*parts, sep="\n")
        return
    with console.capture() as captured:
        console.print(*parts, sep="\n")
    console.file.write("".join(f"{line.rstrip()}\n" for line in captured.get().splitlines()))


def print_json(console: Console, document: object) -> None:
    """Print a document as one line of JSON."""
    console.file.write(orjson.dumps(document).decode() + "\n")


def print_failure(failure: Failure, about: str = "") -> None:
    """Print on stderr what went wrong, after the name of what it is about unless the sentence has that itself."""
    first, *rest = failure.lines()
    if about and not first.startswith(about):
        first = f"{about}: {first}"
    sys.stderr.write("\n".join([first, *rest]) + "\n")
