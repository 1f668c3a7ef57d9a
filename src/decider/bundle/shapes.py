"""Typed reading of data documents: a value of the wrong shape is a fault, and is replaced by a neutral value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from decider.bundle.catalog import JSON
from decider.errors import Violation

__all__ = ["Reader", "at", "instant_ns"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_RFC3339 = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)")


def instant_ns(text: str) -> int | None:
    """Read an RFC 3339 time with its zone as nanoseconds since the epoch, or None."""
    match = _RFC3339.fullmatch(text)
    if match is None:
        return None
    seconds, fraction, zone = match.groups()
    try:
        since = datetime.fromisoformat(seconds + zone.replace("Z", "+00:00")) - _EPOCH
    except ValueError:
        return None
    return (since.days * 86400 + since.seconds) * 10**9 + int((fraction or "").ljust(9, "0"))


def at(field: str, key: str) -> str:
    """Return the place of a key, such as `law/data.yaml: periods.eu` for `law/data.yaml: periods` and `eu`."""
    return f"{field}.{key}" if ": " in field else f"{field}: {key}"


class Reader:
    """Reads parts of documents; `field` names the file and the path in it, for faults."""

    def __init__(self, data: Mapping[str, JSON], faults: list[Violation]) -> None:
        self._data = data
        self._faults = faults

    def fault(self, field: str, description: str) -> None:
        """Add a fault."""
        self._faults.append(Violation(field, description))

    def has(self, file: str) -> bool:
        """Whether there is such a file."""
        return file in self._data

    def document(self, file: str) -> Mapping[str, JSON]:
        """Return the mapping in a file. A missing file is a fault, and gives {}."""
        if file not in self._data:
            self.fault(file, "missing")
            return {}
        return self.mapping(self._data[file], file)

    def closed(self, file: str, keys: frozenset[str], may_lack: frozenset[str] = frozenset()) -> Mapping[str, JSON]:
        """Return the mapping of exactly `keys` in a file. A missing file is one fault, and gives {}."""
        document = self.document(file)
        return self.entry(document, file, keys, may_lack) if file in self._data else document

    def mapping(self, value: JSON, field: str) -> Mapping[str, JSON]:
        """Return a mapping of any keys."""
        if isinstance(value, dict):
            return value
        self.fault(field, "not a mapping")
        return {}

    def entry(
        self, value: JSON, field: str, keys: frozenset[str], may_lack: frozenset[str] = frozenset()
    ) -> Mapping[str, JSON]:
        """Return a mapping that has all `keys`, perhaps those of `may_lack`, and no others; else there are faults."""
        mapping = self.mapping(value, field)
        for key in sorted(mapping.keys() - keys - may_lack):
            self.fault(at(field, key), "unknown key")
        for key in sorted(keys - mapping.keys()) if isinstance(value, dict) else ():
            self.fault(at(field, key), "missing")
        return mapping

    def text(self, mapping: Mapping[str, JSON], key: str, field: str) -> str:
        """Return a string that is not empty, or "" if the key is absent, which is a fault of `entry`."""
        value = mapping.get(key, "")
        if key in mapping and (not isinstance(value, str) or not value.strip()):
            self.fault(at(field, key), "not a text, or empty")
        return value if isinstance(value, str) else ""

    def flag(self, mapping: Mapping[str, JSON], key: str, field: str) -> bool:
        """Return a boolean, or false if the key is absent."""
        value = mapping.get(key, False)
        if not isinstance(value, bool):
            self.fault(at(field, key), "not true or false")
        return value is True

    def texts(self, value: JSON, field: str) -> dict[str, str]:
        """Return a mapping of key to text."""
        mapping = self.mapping(value, field)
        return {key: self.text(mapping, key, field) for key in mapping}

    def list_of_texts(self, value: JSON, field: str) -> list[str]:
        """Return a list of texts, none of them empty."""
        if isinstance(value, list) and all(isinstance(text, str) and text.strip() for text in value):
            return [str(text) for text in value]
        self.fault(field, "not a list of texts")
        return []

    def whole(self, mapping: Mapping[str, JSON], key: str, field: str, *, least: int = 1) -> int:
        """Return an integer of at least `least`, or 0 for a fault."""
        value = mapping.get(key)
        if isinstance(value, int) and not isinstance(value, bool) and value >= least:
            return value
        self.fault(at(field, key), f"not a whole number of at least {least}")
        return 0
