"""The reference schema of examples/billing, seeded at a fixed moment, and sources that are changed for a test."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from support.shipped import ROOT

__all__ = ["BILLING", "NOW", "billing_source", "seed"]

BILLING = ROOT / "examples" / "billing"
# 2026-07-15T12:00:00Z, when the platform is seeded.
NOW = 1_784_116_800


def seed(file: Path) -> None:
    """Write a database of the reference schema."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with sqlite3.connect(file) as connection:
        connection.executescript((BILLING / "schema.sql").read_text())
        connection.execute("CREATE TEMP TABLE clock AS SELECT ? AS now", [NOW])
        connection.executescript((BILLING / "seed.sql").read_text())
    connection.close()


def billing_source(folder: Path, seeded: Path) -> Path:
    """Copy a seeded database below a folder, and return a copy of the source beside it."""
    (folder / "build").mkdir(parents=True)
    shutil.copy(seeded, folder / "build" / "billing.db")
    source = folder / "examples" / "billing" / "source"
    shutil.copytree(BILLING / "source", source)
    return source
