"""Loads rego/: the catalog for Python and the bundle for OPA, under one digest."""

from __future__ import annotations

from decider.bundle.catalog import (
    JSON,
    Catalog,
    Clause,
    LawHolidays,
    LawPeriod,
    NationalDays,
    Parameter,
    PolicyInfo,
    PolicyVersion,
    Texts,
    YearlyDay,
)
from decider.bundle.loading import LoadedBundle, load_bundle, load_catalog
from decider.bundle.overlay import Overlay, load_overlay

__all__ = [
    "JSON",
    "Catalog",
    "Clause",
    "LawHolidays",
    "LawPeriod",
    "LoadedBundle",
    "NationalDays",
    "Overlay",
    "Parameter",
    "PolicyInfo",
    "PolicyVersion",
    "Texts",
    "YearlyDay",
    "load_bundle",
    "load_catalog",
    "load_overlay",
]
