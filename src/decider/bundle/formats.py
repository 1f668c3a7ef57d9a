"""The formats of parameters that JSON Schema does not check by itself: days, and IANA time zones."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources
from zoneinfo import ZoneInfo

from jsonschema import FormatChecker

__all__ = ["FORMATS", "is_zone", "zone_of"]

FORMATS = FormatChecker(formats=["date"])
# These names of tzdata stand for the configuration of a machine, not for a place.
_NO_PLACE = frozenset({"Factory", "localtime", "posixrules"})


def is_zone(key: str) -> bool:
    """Whether a string is exactly the name of an IANA time zone."""
    return key in _zones()


@cache  # bounded by the number of zones: no other name gets past the check
def zone_of(key: str) -> ZoneInfo:
    """Return a zone of the pinned tzdata package. Raises ValueError if `key` is not the name of a zone."""
    if not is_zone(key):
        raise ValueError(f"{key!r} is no IANA time zone")
    with resources.files("tzdata.zoneinfo").joinpath(key).open("rb") as file:
        return ZoneInfo.from_file(file, key=key)


@FORMATS.checks("iana-time-zone")
def _is_zone_or_no_text(value: object) -> bool:
    # A format applies to strings only; the type of the schema checks other values.
    return not isinstance(value, str) or is_zone(value)


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    """Return the zones of the pinned tzdata package, never those of the machine."""
    names = resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    return frozenset(names) - _NO_PLACE
