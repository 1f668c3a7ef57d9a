"""Runs `opa build` with the capabilities file, and turns its messages into faults."""

from __future__ import annotations

import re
import subprocess
import tarfile
from collections.abc import Mapping
from pathlib import Path

import orjson

from decider.bundle.catalog import JSON
from decider.errors import Violation

__all__ = ["build", "data_of", "difference"]

CAPABILITIES = "capabilities.json"
BUILD_TIMEOUT_S = 120

# `policies/x/s1.rego:12: rego_type_error: undefined function foo`, also behind `error: 2 errors occurred:`
_LOCATED = re.compile(r"(?P<file>[^\s:]+\.(?:rego|yaml|json)):(?P<line>\d+): (?P<what>.+)$")


def build(opa: Path, staged: Path, capabilities: Path, revision: str, out: Path, faults: list[Violation]) -> bool:
    """Build the bundle `out` (.tar.gz) from `staged`; if OPA refuses, add its messages to `faults` and return False."""
    command = [str(opa.resolve()), "build", "-b", ".", "--capabilities", str(capabilities.resolve())]
    try:
        # Run in the folder itself, so that the paths in the bundle and in OPA's messages are relative to rego/.
        done = subprocess.run(
            [*command, "--revision", revision, "--output", str(out.resolve())],
            cwd=staged,
            env={},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,  # OPA writes errors to either stream
            text=True,
            timeout=BUILD_TIMEOUT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as failure:
        faults.append(Violation(str(opa), f"opa build did not run: {type(failure).__name__}"))
        return False
    if done.returncode == 0:
        return True
    located = [match for line in done.stdout.splitlines() if (match := _LOCATED.search(line))]
    faults += [Violation(f"{match['file'].removeprefix('./')}:{match['line']}", match["what"]) for match in located]
    if not located:
        faults.append(Violation("opa build", " ".join(done.stdout.split()) or f"ended with {done.returncode}"))
    return False


def data_of(bundle: Path) -> JSON:
    """Return the `data.json` of a built bundle, which is the data as OPA read it."""
    with tarfile.open(bundle) as archive:
        member = archive.extractfile("/data.json")
        document: JSON = orjson.loads(member.read()) if member else {}
    return document


def difference(ours: JSON, theirs: JSON, path: str = "data") -> str | None:
    """Return the path of the first value that OPA and Python read differently, such as `010` in YAML."""
    if isinstance(ours, Mapping) and isinstance(theirs, Mapping):
        keys = sorted({*ours, *theirs})
        found = (difference(ours.get(key), theirs.get(key), f"{path}.{key}") for key in keys)
        return next((where for where in found if where), None)
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        pairs = enumerate(zip(ours, theirs, strict=True))
        return next((where for index, (a, b) in pairs if (where := difference(a, b, f"{path}[{index}]"))), None)
    return None if type(ours) is type(theirs) and ours == theirs else path
