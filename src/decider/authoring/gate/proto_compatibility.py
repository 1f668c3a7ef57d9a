"""Breaking changes of the wire contract, as buf finds them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from decider.authoring.gate.baseline import Base
from decider.authoring.gate.report import Finding
from decider.bundle.yaml_core import YamlFault, parse_yaml
from decider.workspace import Workspace

__all__ = ["breaking_protos"]

_TIMEOUT_S = 120
_FOUND = 100  # how buf ends where it has found something
_KEEP = "keep the field and add a new one; or reserve both its name and its number"
_CORRECT = "correct the file"


def breaking_protos(workspace: Workspace, base: Base) -> Iterator[Finding]:
    """Find what is no longer compatible, in binary or in JSON, with the contract of the base, which has one."""
    if workspace.proto is None:
        yield Finding("proto", 0, f"the contract is gone, and the base has it ({base.why})", "bring it back")
        return
    buf = _find_buf()
    if buf is None:
        yield Finding("", 0, "buf is not there to compare the contract", "install it: pip install buf-bin")
        return
    try:
        done = subprocess.run(
            [
                *(buf, "breaking", ".", "--against", base.workspace.root, "--error-format", "json"),
                *("--config", _configuration(workspace), "--against-config", _configuration(base.workspace)),
            ],
            cwd=workspace.root,  # its paths are relative to where it runs
            capture_output=True,
            text=True,
            timeout=_TIMEOUT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as failure:
        yield Finding("", 0, f"buf did not run: {failure}", "see whether `buf --version` does")
        return
    if done.returncode == 0:
        return
    lines = [orjson.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode != _FOUND or not lines:
        told = " ".join((done.stderr or done.stdout).split()) or f"it ended with {done.returncode}"
        yield Finding("", 0, f"buf cannot compare the contract: {told}", _CORRECT)
        return
    yield from (_finding(one) for one in lines)


def _finding(one: dict[str, Any]) -> Finding:
    hint = _CORRECT if one["type"] == "COMPILE" else _KEEP
    return Finding(one.get("path", "proto"), int(one.get("start_line", 0)), f"{one['message']} ({one['type']})", hint)


def _configuration(workspace: Workspace) -> str:
    """Return buf.yaml with breaking changes judged as WIRE_JSON, so that no change can relax its own judgement."""
    file = workspace.root / "buf.yaml"
    try:
        known = parse_yaml(file.read_bytes()) if file.is_file() else None
    except YamlFault as fault:
        raise ValueError(f"buf.yaml: {fault}") from None
    own = known if isinstance(known, dict) else {"version": "v2", "modules": [{"path": "proto"}]}
    return orjson.dumps({**own, "breaking": {"use": ["WIRE_JSON"]}}).decode()


def _find_buf() -> str | None:
    """Return the buf beside this Python, as pip installs it, else the one on PATH."""
    beside = Path(sys.executable).parent / "buf"
    return str(beside) if beside.is_file() else shutil.which("buf")
