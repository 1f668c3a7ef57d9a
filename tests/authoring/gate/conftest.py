from __future__ import annotations

from pathlib import Path

import pytest

from support.policy_copies import copy_of_policies


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return copy_of_policies(tmp_path)
