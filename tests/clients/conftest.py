"""The real service, for clients that know nothing of this project but what it publishes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from shipped import ROOT


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Serve on a free port; give the address that the service names."""
    with subprocess.Popen(
        [Path(sys.executable).with_name("decider"), "serve", "--address", "127.0.0.1:0"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        lines = [line for line in iter(process.stdout.readline, "Ctrl-C stops.\n") if line]
        try:
            yield lines[0].removeprefix("decider serves on ").strip()
        finally:
            process.terminate()
            process.wait(timeout=20)
