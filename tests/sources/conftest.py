"""A small platform, and a source in which a test replaces single queries."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from decider.sources import Asked, LoadedFacts, open_source
from support.billing import NOW, billing_source

Load: TypeAlias = Callable[..., LoadedFacts]
REQUESTED_AT = Timestamp(seconds=NOW)


@pytest.fixture
def source(tmp_path: Path, seeded: Path) -> Path:
    """The folder of a source over a seeded database."""
    return billing_source(tmp_path, seeded)


@pytest.fixture
def load(source: Path) -> Load:
    """Load an order of the source, after queries were replaced: `load("eva", "ORD-EVA-1", lots="SELECT ...")`."""

    def loaded(account_id: str = "ben", order_ref: str = "ORD-BEN-1", *events: str, **queries: str) -> LoadedFacts:
        for name, sql in queries.items():
            (source / f"{name}.sql").write_text(sql)
        asked = Asked(account_id, order_ref, REQUESTED_AT, events)
        with open_source(source) as opened:
            return opened.load_now(asked, time.monotonic() + 10)

    return loaded
