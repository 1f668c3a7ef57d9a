"""The breakdown as a table: from what was paid to what is due, with a bar for each line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.table import Table

from decider.cli.figures import amount_text
from decider.cli.output import styled
from decider.v1 import decision_pb2

__all__ = ["Step", "steps", "waterfall"]

_LONGEST_AMOUNT = len("USD -92233720368547758.08")


@dataclass(frozen=True)
class Step:
    """A line of a breakdown, the sum after it in minor units (`left`), and its bar.

    The bar begins at column `start` and is `length` columns long.
    """

    line: decision_pb2.LineItem
    left: int
    start: int
    length: int

    @property
    def adds(self) -> int:
        """The amount of the line, in minor units."""
        return self.line.amount.amount_minor


def steps(lines: Iterable[decision_pb2.LineItem], columns: int) -> list[Step]:
    """Lay out the lines of a breakdown; the highest sum takes all columns."""
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


def waterfall(lines: Sequence[decision_pb2.LineItem], label: str, width: int) -> Table:
    """Return a breakdown as a table for a console of this width; its last row is the sum, named `label`."""
    currency, columns = lines[0].amount.currency_code, width // 6
    laid = steps(lines, columns)
    total = laid[-1].left
    amounts = [f"{currency} {amount_text(minor, currency)}" for minor in (*(step.adds for step in laid), total)]
    several = len({line.payment_id for line in lines} - {""}) > 1
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(overflow="fold")
    table.add_column(justify="right", overflow="fold", no_wrap=max(map(len, amounts)) <= _LONGEST_AMOUNT)
    table.add_column(width=columns, no_wrap=True)
    table.add_column(style="dim", overflow="fold")
    for step, amount in zip(laid, amounts, strict=False):
        line = step.line
        places = filter(None, (line.clause_id, line.lot_id, line.payment_id if several else ""))
        bar = (" " * step.start + "#" * step.length, "red" if step.adds < 0 else "green")
        name = line.description or line.code
        table.add_row(styled(name), styled(amount), styled(bar), styled(" ".join(places)))
    whole = max(step.left for step in laid)
    left = "#" * (-(-total * columns // whole)) if whole > 0 else ""
    table.add_row(*(styled((cell, "bold")) for cell in (label, amounts[-1], left)))
    return table
