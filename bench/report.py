"""Print the measurements as a table, and whether each target is met."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from load import Sample

__all__ = ["Row", "Target", "percentile", "ratio", "table"]

PROCESSES = ("service", "OPA", "client")
HEADINGS = (
    ("", "decisions", "p50", "p99", *PROCESSES, "rate", "CPU"),
    ("", "/s", "ms", "ms", "CPU ms", "CPU ms", "CPU ms", ": raw", ": raw"),
)
NOT_MEASURED = "-"
_HOLDS: Mapping[str, Callable[[float, float], bool]] = {
    "at most": operator.le,
    "at least": operator.ge,
    "more than": operator.gt,
}


@dataclass(frozen=True)
class Row:
    """One line of the table: a sample from each round, and the samples of raw OPA to compare with."""

    name: str
    samples: Sequence[Sample]
    raw: Sequence[Sample]

    def cells(self) -> Sequence[str]:
        """Return the texts of the line."""
        calls_ms = [second * 1000 for sample in self.samples for second in sample.calls_s]
        spent, spent_by_raw = cpu_ms(self.samples, "service", "OPA"), cpu_ms(self.raw, "OPA")
        return [
            self.name,
            f"{median(sample.rate for sample in self.samples):.0f}",
            f"{percentile(calls_ms, 50):.2f}",
            f"{percentile(calls_ms, 99):.2f}",
            *(_number(cpu_ms(self.samples, process)) for process in PROCESSES),
            _number(ratio(self.samples, self.raw)),
            _number(spent / spent_by_raw if spent and spent_by_raw else None),
        ]


@dataclass(frozen=True)
class Target:
    """A target for a value: "at most", "at least" or "more than" the bound."""

    what: str
    value: float
    wanted: str
    bound: float
    unit: str

    @property
    def met(self) -> bool:
        """Tell whether the value meets the target."""
        return _HOLDS[self.wanted](self.value, self.bound)

    def line(self) -> str:
        """Return a line with the verdict, the measured value and the target."""
        verdict = "met" if self.met else "missed"
        return f"{verdict:<6}  {self.what}: {self.value:.2f} {self.unit} ({self.wanted} {self.bound:g})"


def percentile(values: Sequence[float], percent: float) -> float:
    """Return a percentile of the values (nearest rank)."""
    return sorted(values)[max(0, math.ceil(len(values) * percent / 100) - 1)]


def ratio(samples: Sequence[Sample], others: Sequence[Sample]) -> float:
    """Return how many times faster `samples` decided: the median of the ratios of each round.

    A disturbance of the machine that is longer than a round affects both sides of the ratio.
    """
    return median(one.rate / other.rate for one, other in zip(samples, others, strict=True))


def cpu_ms(samples: Sequence[Sample], *processes: str) -> float | None:
    """Return the CPU time of the processes for each decision, or None if it was not measured."""
    spent = [seconds for sample in samples for name, seconds in sample.cpu_s.items() if name in processes]
    return 1000 * sum(spent) / sum(sample.decisions for sample in samples) if spent else None


def table(rows: Sequence[Row]) -> str:
    """Return the rows under their headings; numbers are aligned to the right."""
    lines = [*HEADINGS, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join(
        "  ".join([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])]).rstrip() for line in lines
    )


def _number(value: float | None) -> str:
    return NOT_MEASURED if value is None else f"{value:.2f}"
