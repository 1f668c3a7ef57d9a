"""From what was paid to what is due: the lines of a breakdown, what is left after each, and a bar for each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rich.table import Table
from rich.text import Text

from decider.cli.figures import amount_text, money_text
from decider.v1 import decision_pb2

__all__ = ["Step", "steps", "waterfall"]

_BAR = 24  # columns


@dataclass(frozen=True)
class Step:
    """One line: what it adds (minor units, below 0 for what comes off), what is left after it, and its bar.

    The bar begins at column `start` and is `length` columns long, of the columns that `steps` was given.
    """

    line: decision_pb2.LineItem
    left: int
    start: int
    length: int


def steps(lines: Iterable[decision_pb2.LineItem], columns: int) -> list[Step]:
    """Lay out the lines of a breakdown; the highest sum on the way takes all columns."""
    spans: list[tuple[decision_pb2.LineItem, int, int]] = []
    left = 0
    for line in lines:
        spans.append((line, left, left + line.amount.amount_minor))
        left = spans[-1][2]
    highest = max((max(before, after) for _, before, after in spans), default=0)
    return [_step(line, before, after, highest, columns) for line, before, after in spans]


def _step(line: decision_pb2.LineItem, before: int, after: int, highest: int, columns: int) -> Step:
    low, high = sorted((max(before, 0), max(after, 0)))
    if highest == 0:
        return Step(line, after, 0, 0)
    start = low * columns // highest
    end = -(-high * columns // highest)  # rounded up, so that a cent still shows
    return Step(line, after, min(start, end), max(end - start, 0) if high > low else 0)


def waterfall(decision: decision_pb2.Decision) -> Table:
    """Return the breakdown of a decision as a table; its last line is the amount that is due."""
    currency = decision.amount.currency_code
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(min_width=18)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(width=_BAR, no_wrap=True)
    table.add_column(style="dim", overflow="fold")
    for step in steps(decision.breakdown, _BAR):
        adds = step.line.amount.amount_minor
        style = "red" if adds < 0 else "green"
        where = " ".join(part for part in (step.line.clause_id, step.line.lot_id) if part)
        table.add_row(
            Text(step.line.description or step.line.code),
            f"{currency} {amount_text(adds, currency)}",
            Text(" " * step.start + "#" * step.length, style=style),
            Text(where),  # a lot's id is the caller's text, and no markup
        )
    due = decision.amount.amount_minor
    whole = max((step.left for step in steps(decision.breakdown, _BAR)), default=0)
    bar = "#" * (-(-due * _BAR // whole)) if whole > 0 else ""
    table.add_row("[bold]due now[/]", f"[bold]{money_text(decision.amount)}[/]", f"[bold]{bar}[/]", "")
    return table
