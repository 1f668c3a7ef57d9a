"""The reference of the policies, for readers of no Rego: written from the rules, their METADATA, tests and cases."""

from __future__ import annotations

from decider.authoring.reference.pages import pages
from decider.authoring.reference.writing import Stale, stale, write

__all__ = ["Stale", "pages", "stale", "write"]
