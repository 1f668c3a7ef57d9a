"""The formats of parameters that JSON Schema leaves to whoever checks: days, and time zones by their IANA names."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from jsonschema import FormatChecker

__all__ = ["FORMATS", "is_zone"]

FORMATS = FormatChecker(formats=["date"])
# tzdata's word for "this machine was never told": a place for no one to live in.
_NO_PLACE = frozenset({"Factory", "localtime", "posixrules"})


def is_zone(key: str) -> bool:
    """Whether `key` is, letter for letter, the name of an IANA time zone; any string may be asked."""
    return key in _zones()


@FORMATS.checks("iana-time-zone")
def _is_zone_or_no_text(value: object) -> bool:
    # A format is about strings only: what else is wrong with the value, its type says.
    return not isinstance(value, str) or is_zone(value)


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    """Return the zones of the pinned tzdata package, never those of the machine."""
    names = resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    return frozenset(names) - _NO_PLACE
