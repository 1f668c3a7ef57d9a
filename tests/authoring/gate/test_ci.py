"""What is ready to copy into a CI calls the gate, safely; and `.ci/run` calls it before the tests."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from decider.authoring.gate.checks import CHECKS
from support.shipped import ROOT

COMMAND = ".venv/bin/decider gate"


def parsed(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text())


def test_github() -> None:
    workflow = parsed(".github/workflows/policy.yml")
    [job] = workflow["jobs"].values()
    actions = [step["uses"] for step in job["steps"] if "uses" in step]

    assert workflow["permissions"] == {}
    assert job["permissions"] == {"contents": "read"}
    assert set(workflow[True]) == {"pull_request", "push"}  # `on`, as YAML 1.1 reads it
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", action) for action in actions)
    assert job["steps"][0]["with"] == {"fetch-depth": 0, "persist-credentials": False}
    assert job["steps"][-1]["run"] == f'{COMMAND} --format markdown >> "$GITHUB_STEP_SUMMARY"'
    assert not [step for step in job["steps"] if "${{" in step.get("run", "")]


def test_gitlab() -> None:
    job = parsed(".gitlab-ci.yml")["policy"]

    assert job["script"][-1] == f"{COMMAND} --format junit > gate.xml"
    assert job["artifacts"] == {"when": "always", "reports": {"junit": "gate.xml"}}
    assert job["variables"] == {"GIT_DEPTH": "0"}


def test_pre_commit() -> None:
    [repository] = parsed(".pre-commit-config.yaml")["repos"]
    quick, whole = repository["hooks"]

    assert repository["repo"] == "local"
    assert (whole["entry"], whole["pass_filenames"]) == (COMMAND, False)
    command, names = quick["entry"].split(" --only ")
    assert (command, quick["pass_filenames"]) == (COMMAND, False)
    assert set(names.split(",")) <= {check.name for check in CHECKS}


@pytest.mark.parametrize("failing", ["", "policy", "test"])
def test_ci_run_fails_if_either_does_and_ends_with_the_tests(tmp_path: Path, failing: str) -> None:
    make = tmp_path / "make"
    make.write_text('#!/bin/sh\necho "ran $2"\n[ "$2" != "$FAILING" ]\n')
    make.chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "FAILING": failing}

    done = subprocess.run([ROOT / ".ci" / "run"], env=environment, capture_output=True, text=True, check=False)

    assert done.stdout == "ran policy\nran test\n"
    assert (done.returncode == 0) == (failing == "")
