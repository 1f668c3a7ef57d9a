"""Values and domains of parameters in words, and texts made fit for Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from decider.bundle import JSON

__all__ = ["cell", "choices", "domain", "listed", "spoken", "value"]

_FORMATS = {"iana-time-zone": "a time zone such as `UTC` or `Europe/Berlin`", "date": "days such as `2026-12-25`"}


def value(one: JSON) -> str:
    """Write a value as the versions of a policy do."""
    if isinstance(one, bool):
        return "true" if one else "false"
    if isinstance(one, Mapping):
        return "{" + ", ".join(f"{key}: {value(below)}" for key, below in one.items()) + "}"
    if isinstance(one, Sequence) and not isinstance(one, str):
        return "[" + ", ".join(value(below) for below in one) + "]"
    return str(one)


def choices(schema: Mapping[str, JSON]) -> list[JSON]:
    """Return every value that a parameter may have, where they can be counted."""
    if schema.get("type") == "boolean":
        return [True, False]
    enum = schema.get("enum")
    return list(enum) if isinstance(enum, list) else []


def domain(schema: Mapping[str, JSON]) -> str:
    """Say in words which values a parameter may have."""
    kind, counted = schema.get("type"), choices(schema)
    if counted:
        return listed([f"`{value(one)}`" for one in counted], "or")
    if kind == "integer":
        other = schema.get("at_most")
        return _whole(schema.get("minimum"), schema.get("maximum")) + (f", at most `{other}`" if other else "")
    if kind == "array":
        items = schema.get("items")
        return _list(items if isinstance(items, Mapping) else {})
    if kind == "object":
        names = schema.get("propertyNames")
        below = schema.get("additionalProperties")
        keys = names.get("enum") if isinstance(names, Mapping) else None
        of = f" for any of {len(keys)} names ({', '.join(map(str, keys))})" if isinstance(keys, list) else " by name"
        return (domain(below) if isinstance(below, Mapping) else "a value") + of
    return _FORMATS.get(str(schema.get("format", "")), "a text")


def listed(items: Sequence[str], last: str = "and") -> str:
    """Join items as a sentence does: a, b and c."""
    return ", ".join(items[:-1]) + f" {last} {items[-1]}" if len(items) > 1 else "".join(items)


def spoken(name: str) -> str:
    """Read the name of a test aloud: test_grants_14_days is "grants 14 days"."""
    return name.removeprefix("test_").replace("_", " ")


def cell(text: str) -> str:
    """Keep a text within one cell of a table."""
    return text.replace("|", "\\|").replace("\n", " ")


def _whole(least: JSON, most: JSON) -> str:
    if least is not None and most is not None:
        return f"a whole number from {least} to {most}"
    if least is not None:
        return f"a whole number, at least {least}"
    return f"a whole number, at most {most}" if most is not None else "a whole number"


def _list(items: Mapping[str, JSON]) -> str:
    counted = choices(items)
    if counted:
        return f"any of {', '.join(f'`{value(one)}`' for one in counted)}"
    return f"a list of {_FORMATS.get(str(items.get('format', '')), 'texts')}"
