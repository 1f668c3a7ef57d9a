"""Facts by reference: an account and an order are given, and the facts are read from SQL databases."""

from __future__ import annotations

from decider.sources.assembly import LoadedFacts
from decider.sources.definition import SourceDefinition, read_source
from decider.sources.loading import Asked
from decider.sources.source import Source, open_source

__all__ = ["Asked", "LoadedFacts", "Source", "SourceDefinition", "open_source", "read_source"]
