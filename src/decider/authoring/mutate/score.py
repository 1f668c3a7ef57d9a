"""How many mutants were noticed: by area, and in all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from decider.authoring.mutate.kept_results import Fate, Result
from decider.authoring.mutate.mutants import Mutant
from decider.authoring.mutate.waivers import Waiver

__all__ = ["THRESHOLD", "MutationReport", "Score", "Survivor", "report_of"]

# Per cent that must be noticed, in every area and in all.
THRESHOLD = 95


@dataclass
class Score:
    """The mutants of an area. Those that do not compile, and those that are waived, do not count."""

    killed: int = 0
    survived: int = 0
    waived: int = 0
    invalid: int = 0

    @property
    def percent(self) -> float:
        """How many of a hundred were noticed; all where there is none."""
        counted = self.killed + self.survived
        return 100 * self.killed / counted if counted else 100.0

    @property
    def enough(self) -> bool:
        """Whether that is at or above the threshold."""
        return self.percent >= THRESHOLD

    def __add__(self, other: Score) -> Score:
        return Score(
            self.killed + other.killed,
            self.survived + other.survived,
            self.waived + other.waived,
            self.invalid + other.invalid,
        )


@dataclass(frozen=True)
class Survivor:
    """A mutant that nothing noticed, and the smallest input that tells it from the original, as YAML, or ""."""

    mutant: Mutant
    case: str


@dataclass(frozen=True)
class MutationReport:
    """What a run found. `stale` are the waivers that hold no more, each with why."""

    areas: Mapping[str, Score]
    survivors: Sequence[Survivor]
    stale: Sequence[tuple[Waiver, str]]
    seconds: float = 0.0
    total: Score = field(default_factory=Score)

    @property
    def passed(self) -> bool:
        """Whether every area has the score it needs and every waiver holds."""
        return not self.stale and all(score.enough for score in self.areas.values())


def report_of(
    mutants: Sequence[Mutant],
    found: Mapping[str, Result],
    waived: AbstractSet[str],
    stale: Sequence[tuple[Waiver, str]],
    seconds: float,
) -> MutationReport:
    """Count what became of mutants, all of which must be found."""
    areas: dict[str, Score] = {}
    survivors = []
    for mutant in mutants:
        result, score = found[mutant.key], areas.setdefault(mutant.area, Score())
        if result.fate is Fate.INVALID:
            score.invalid += 1
        elif result.fate is Fate.KILLED:
            score.killed += 1
        elif mutant.key in waived:
            score.waived += 1
        else:
            score.survived += 1
            survivors.append(Survivor(mutant, result.case or ""))
    return MutationReport(areas, survivors, stale, seconds, sum(areas.values(), Score()))
