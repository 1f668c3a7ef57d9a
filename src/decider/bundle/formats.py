"""The formats of parameters that JSON Schema does not check by itself: days, and IANA time zones."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from jsonschema import FormatChecker

__all__ = ["FORMATS", "is_zone"]

FORMATS = FormatChecker(formats=["date"])
# These names of tzdata stand for the configuration of a machine, not for a place.
_NO_PLACE = frozenset({"Factory", "localtime", "posixrules"})


def is_zone(key: str) -> bool:
    """Whether a string is exactly the name of an IANA time zone."""
    return key in _zones()


@FORMATS.checks("iana-time-zone")
def _is_zone_or_no_text(value: object) -> bool:
    # A format applies to strings only; the type of the schema checks other values.
    return not isinstance(value, str) or is_zone(value)


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    """Return the zones of the pinned tzdata package, never those of the machine."""
    names = resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    return frozenset(names) - _NO_PLACE
