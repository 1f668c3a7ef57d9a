"""`make bench` works from end to end; how fast anything is, is no test's business."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from run import LOADS

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.long
def test_a_quick_run_measures_everything_and_says_what_is_met() -> None:
    # a service must not be set otherwise by what the environment of a developer holds
    environment = {**os.environ, "DECIDER_ADDRESS": "127.0.0.1:1"}
    command = [sys.executable, str(ROOT / "bench" / "run.py"), "--quick"]

    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)

    lines = done.stdout.splitlines()
    verdicts = [line.split()[0] for line in lines if line.startswith(("met", "missed"))]
    assert done.stderr == ""
    assert [name for name in LOADS if not any(line.startswith(name) for line in lines)] == []
    assert len(verdicts) == 4
    assert done.returncode == ("missed" in verdicts)
