from __future__ import annotations

from pathlib import Path

import pytest

from support.tiny import copy_rego


@pytest.fixture
def rego(tmp_path: Path) -> Path:
    """A copy of the tiny policies to load, or to break first."""
    return copy_rego(tmp_path)
