"""What is ready to copy into a CI asks for checks that there are; and `.ci/run` runs the gate before the tests."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from decider.authoring.gate.checks import CHECKS
from support.shipped import ROOT


def test_only_names_checks_that_there_are() -> None:
    named = re.findall(r"--only (\S+)", (ROOT / ".pre-commit-config.yaml").read_text())

    assert named
    assert {name for names in named for name in names.split(",")} <= {check.name for check in CHECKS}


@pytest.mark.parametrize("failing", ["", "policy", "test"])
def test_ci_run_fails_if_either_does_and_ends_with_the_tests(tmp_path: Path, failing: str) -> None:
    make = tmp_path / "make"
    make.write_text('#!/bin/sh\necho "ran $2"\n[ "$2" != "$FAILING" ]\n')
    make.chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "FAILING": failing}

    done = subprocess.run([ROOT / ".ci" / "run"], env=environment, capture_output=True, text=True, check=False)

    assert done.stdout == "ran policy\nran test\n"
    assert (done.returncode == 0) == (failing == "")
