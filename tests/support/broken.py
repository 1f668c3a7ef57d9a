"""Breaking a folder of policies, and asking what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from decider.errors import BundleInvalid
from support.tiny import load

VERSIONS = "policies/tiny-shop/versions/data.yaml"


def faults(rego: Path) -> dict[str, str]:
    """Load a broken folder: field → description of every fault."""
    with pytest.raises(BundleInvalid) as raised:
        load(rego)
    assert all(fault.field in raised.value.message for fault in raised.value.violations)
    return {fault.field: fault.description for fault in raised.value.violations}


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
