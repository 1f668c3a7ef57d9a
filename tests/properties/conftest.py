"""One service for all properties, and the documents that it has decided already."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from properties.decided import Bench
from properties.engine import Engine


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    """The service under the shipped parameters."""
    with Engine() as running:
        yield running


@pytest.fixture(scope="session")
def bench(engine: Engine) -> Bench:
    """Made-up documents with their decisions, each decided once."""
    return Bench(engine)
