"""The changes from a base to a document, as a worked case writes them, and the smallest sufficient set of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from decider.authoring.cases import Document, changed

__all__ = ["Change", "applied", "changes_between", "reduced", "written"]


@dataclass(frozen=True)
class Change:
    """One entry of a case's `set`, or of its `unset` if `gone`."""

    path: str
    value: Any = None
    gone: bool = False


def changes_between(base: Any, document: Any, path: str = "") -> Iterator[Change]:  # noqa: ANN401 (of JSON)
    """Yield the changes that turn one document into the other; items of a list are removed from its end."""
    dot = f"{path}." if path else ""
    if isinstance(base, Mapping) and isinstance(document, Mapping):
        for key in document:
            if key in base:
                yield from changes_between(base[key], document[key], f"{dot}{key}")
            else:
                yield Change(f"{dot}{key}", document[key])
        yield from (Change(f"{dot}{key}", gone=True) for key in base if key not in document)
    elif isinstance(base, list) and isinstance(document, list):
        for index, (one, other) in enumerate(zip(base, document, strict=False)):
            yield from changes_between(one, other, f"{dot}{index}")
        for index in range(len(base), len(document)):
            yield Change(f"{dot}{index}", document[index])
        yield from (Change(f"{dot}{index}", gone=True) for index in range(len(base) - 1, len(document) - 1, -1))
    elif base != document:
        yield Change(path, document)


def written(changes: Sequence[Change]) -> Document:
    """Write changes as in a case: `set` and `unset`, each only if it is not empty."""
    what: Document = {}
    values = {change.path: change.value for change in changes if not change.gone}
    gone = [change.path for change in changes if change.gone]
    if values:
        what["set"] = values
    if gone:
        what["unset"] = gone
    return what


def applied(base: Document, changes: Sequence[Change]) -> Document | None:
    """Return the base with changes, or None if the changes contradict each other."""
    try:
        return changed(base, written(changes))
    except (LookupError, TypeError, ValueError, AttributeError):
        return None


async def reduced(changes: Sequence[Change], enough: Callable[[Sequence[Change]], Awaitable[bool]]) -> Sequence[Change]:
    """Leave out changes while the rest is `enough`: first whole parts of a document, then single changes."""
    kept = list(changes)
    for group in _groups(kept):
        fewer = [change for change in kept if change not in group]
        if len(fewer) < len(kept) and await enough(fewer):
            kept = fewer
    shorter = True
    while shorter:
        shorter = False
        for change in list(kept):
            fewer = [one for one in kept if one is not change]
            if await enough(fewer):
                kept, shorter = fewer, True
    return await _smaller_values(kept, enough)


def _groups(changes: Sequence[Change]) -> Sequence[Sequence[Change]]:
    """Return groups of changes, the largest first: by part of the document, and by name such as currency_code."""
    found: dict[str, list[Change]] = {}
    for change in changes:
        parts = change.path.split(".")
        for depth in range(1, len(parts)):
            found.setdefault(".".join(parts[:depth]), []).append(change)
        found.setdefault(f"*.{parts[-1]}", []).append(change)
    return sorted((group for group in found.values() if len(group) > 1), key=len, reverse=True)


async def _smaller_values(
    changes: Sequence[Change], enough: Callable[[Sequence[Change]], Awaitable[bool]]
) -> Sequence[Change]:
    """Remove the unnecessary keys of the objects that changes add."""
    kept = list(changes)
    for index, change in enumerate(kept):
        value = change.value
        for key in list(value) if isinstance(value, dict) else ():
            less = Change(change.path, {name: item for name, item in value.items() if name != key})
            if await enough([*kept[:index], less, *kept[index + 1 :]]):
                kept[index], value = less, less.value
    return kept
