"""What is wrong with a request, collected: every fault, but none that only follows from another."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from decider.errors import Violation

__all__ = ["Faults"]


class Faults:
    """Collects violations, and knows which fields cannot be relied on.

    A check asks `sound` for the fields that it needs, and is left out where one of them, what it stands in, or a part
    of it is at fault already. Not safe for more than one thread; one is made for each request.
    """

    def __init__(self, known: Collection[str]) -> None:
        """Begin with the paths that were found at fault before."""
        self._found: list[Violation] = []
        self._fields: set[str] = set()
        self._above: set[str] = set()
        for field in known:
            self.distrust(field)

    @property
    def found(self) -> list[Violation]:
        """What was added, without what was known before."""
        return self._found

    def distrust(self, field: str) -> None:
        """Mark a field as one that cannot be relied on, without reporting it."""
        self._fields.add(field)
        self._above.update(_parents(field))

    def add(self, field: str, description: str) -> None:
        """Report a fault, unless the field itself was reported before."""
        if field not in self._fields:
            self._found.append(Violation(field, description))
            self.distrust(field)

    def sound(self, *fields: str) -> bool:
        """Whether no field, nothing that one stands in and no part of one is at fault."""
        if not self._fields:
            return True
        return not any(
            field in self._fields or field in self._above or any(above in self._fields for above in _parents(field))
            for field in fields
        )

    def parts_sound(self, path: str, *names: str) -> bool:
        """Whether the fields `names` of the message at `path` are sound."""
        return not self._fields or self.sound(*(f"{path}.{name}" for name in names))


def _parents(field: str) -> Iterator[str]:
    """Yield what a path stands in: `a.b[0].c` is in `a.b[0]`, `a.b` and `a`."""
    for index, sign in enumerate(field):
        if sign in ".[" and index:
            yield field[:index]
