"""Generates the reference of the policies from rules, METADATA, tests and cases, for readers who know no Rego."""

from __future__ import annotations

from decider.authoring.reference.pages import pages
from decider.authoring.reference.writing import Stale, stale, write

__all__ = ["Stale", "pages", "stale", "write"]
