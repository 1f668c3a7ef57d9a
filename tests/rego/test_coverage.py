"""The Rego tests pass, and reach every line of every rule that decides."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_rule_is_reached() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/rego_coverage.py"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert "all" in done.stdout
