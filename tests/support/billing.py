"""The platform of examples/billing, seeded at a fixed moment, and copies of its source that a test may change."""

from __future__ import annotations

import shutil
from pathlib import Path

from seed_billing import BILLING, seed

__all__ = ["BILLING", "NOW", "billing_source", "seed_platform"]

# 2026-07-15T12:00:00Z, when the platform is seeded.
NOW = 1_784_116_800


def seed_platform(file: Path) -> None:
    """Seed the platform into a file."""
    seed(file, NOW)


def billing_source(folder: Path, seeded: Path) -> Path:
    """Copy a seeded database below a folder, and return a copy of the source beside it."""
    (folder / "build").mkdir(parents=True)
    shutil.copy(seeded, folder / "build" / "billing.db")
    source = folder / "examples" / "billing" / "source"
    shutil.copytree(BILLING / "source", source)
    return source
