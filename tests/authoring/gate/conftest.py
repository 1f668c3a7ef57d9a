from __future__ import annotations

from pathlib import Path

import pytest

from decider.authoring.gate import sources
from support.seeded import copy_of_policies, remembered


@pytest.fixture(autouse=True)
def _parse_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "_tree", remembered)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return copy_of_policies(tmp_path)
