"""The random choices of one document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import TypeVar

__all__ = ["Dice"]

_T = TypeVar("_T")


class Dice:
    """Draw from a `Random` alone, so that the same seed makes the same document.

    `unrest` is how much is out of the ordinary in this document. Where everything went wrong at once, only the first
    thing that stands in the way would ever be seen.
    """

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._unrest = self.pick((0.2, 0.6, 1.0, 1.0, 2.0))

    def chance(self, probability: float) -> bool:
        """Return true with this probability."""
        return self._rng.random() < probability

    def upset(self, probability: float) -> bool:
        """Return true with this probability, more or less as the document is unquiet."""
        return self._rng.random() < min(0.9, probability * self._unrest)

    def pick(self, choices: Sequence[_T]) -> _T:
        """Return one of the choices."""
        return choices[self._rng.randrange(len(choices))]

    def weighted(self, choices: Mapping[_T, int]) -> _T:
        """Return one of the choices, with the probability of its weight."""
        at = self._rng.randrange(sum(choices.values()))
        for choice, weight in choices.items():
            at -= weight
            if at < 0:
                return choice
        raise AssertionError("the weights add up")

    def between(self, least: int, most: int) -> int:
        """Return a whole number, both ends included."""
        return self._rng.randint(least, most)

    def part_of(self, whole: int) -> int:
        """Return 0 to `whole`: its ends and their neighbours more often than the rest."""
        if whole <= 0:
            return 0
        kind = self.weighted({"none": 5, "all": 3, "one": 1, "all but one": 1, "some": 10})
        ends = {"none": 0, "all": whole, "one": 1, "all but one": whole - 1}
        return ends[kind] if kind in ends else self.between(0, whole)

    def shuffled(self, items: Sequence[_T]) -> list[_T]:
        """Return the items in any order."""
        mixed = list(items)
        self._rng.shuffle(mixed)
        return mixed
