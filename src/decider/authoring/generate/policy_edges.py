"""The limits of a policy that generated facts should meet: its first date and its numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from decider.bundle.catalog import JSON, Catalog

__all__ = ["Scope", "scope_of"]


@dataclass(frozen=True)
class Scope:
    """The edges of one policy.

    `versions` are its names and the instants (ns) from which they hold, the oldest first; `days` are the lengths of
    its windows, and `numbers` all the whole numbers among its parameters, whatever they limit.
    """

    policy_id: str
    versions: tuple[tuple[str, int], ...]
    days: tuple[int, ...] = (14,)
    numbers: tuple[int, ...] = ()

    @property
    def since_ns(self) -> int:
        """When the first version began to hold."""
        return self.versions[0][1]

    def limits(self, least: int, most: int) -> tuple[int, ...]:
        """Return the numbers between `least` and `most`, each with its neighbours."""
        near = {number + step for number in self.numbers if least <= number <= most for step in (-1, 0, 1)}
        return tuple(sorted(near))


def scope_of(catalog: Catalog, policy_id: str) -> Scope:
    """Read the edges of a loaded policy. Raises KeyError for one that is not loaded."""
    versions = catalog.policies[policy_id].versions
    values = [parameter.value for version in versions for parameter in version.parameters.values()]
    lengths = [version.parameters["window.days"].value for version in versions if "window.days" in version.parameters]
    return Scope(
        policy_id=policy_id,
        versions=tuple((version.version, version.effective_from_ns) for version in versions),
        days=tuple(sorted({*_numbers(lengths), *(period.days for period in catalog.periods.values())})),
        numbers=tuple(sorted(set(_numbers(values)))),
    )


def _numbers(value: JSON) -> Iterator[int]:
    if isinstance(value, int) and not isinstance(value, bool):
        yield value
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _numbers(item)
