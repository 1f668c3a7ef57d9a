"""Collects the violations of a request: all of them, but none that only follows from another one."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from decider.errors import Violation

__all__ = ["Violations"]


class Violations:
    """Collects violations and knows which fields cannot be relied on.

    A rule first asks whether the fields that it reads are sound. The rule is skipped if one of them, a message around
    it or a part of it is already at fault. Not safe for more than one thread.
    """

    def __init__(self, known: Collection[str]) -> None:
        """Begin with the fields that are known to be at fault."""
        self._found: list[Violation] = []
        self._fields: set[str] = set()
        self._above: set[str] = set()
        for field in known:
            self._distrust(field)

    @property
    def found(self) -> list[Violation]:
        """The violations that were added."""
        return self._found

    def add(self, field: str, description: str) -> None:
        """Report a violation, unless its field is already at fault."""
        if field not in self._fields:
            self._found.append(Violation(field, description))
            self._distrust(field)

    def sound(self, *fields: str) -> bool:
        """Whether no field, no message around one and no part of one is at fault."""
        if not self._fields:
            return True
        return not any(
            field in self._fields or field in self._above or any(above in self._fields for above in _parents(field))
            for field in fields
        )

    def parts_sound(self, path: str, *names: str) -> bool:
        """Whether the fields `names` of the message at `path` are sound."""
        return not self._fields or self.sound(*(f"{path}.{name}" for name in names))

    def _distrust(self, field: str) -> None:
        self._fields.add(field)
        self._above.update(_parents(field))


def _parents(field: str) -> Iterator[str]:
    """Yield the paths around a path: `a.b[0].c` stands in `a.b[0]`, `a.b` and `a`."""
    for index, sign in enumerate(field):
        if sign in ".[" and index:
            yield field[:index]
