"""Breaking changes of the wire contract: those that buf finds, and bounds that are gone."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson

from decider.authoring.gate.baseline import Base
from decider.authoring.gate.proto_bounds import Bounds, bounds_of, lost_bounds
from decider.authoring.gate.report import Finding
from decider.bundle.yaml_core import YamlFault, parse_yaml
from decider.workspace import Workspace

__all__ = ["breaking_protos"]

_TIMEOUT_S = 120
_FOUND = 100  # how buf ends where it has found something
_KEEP = "keep the field and add a new one; or reserve both its name and its number"
_CORRECT = "correct the file"
_KEEP_BOUND = "bring the bound back: policies rely on it; `make test` shows what depends on it"


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
        done = _run(
            *(buf, "breaking", ".", "--against", str(base.workspace.root), "--error-format", "json"),
            *("--config", _configuration(workspace), "--against-config", _configuration(base.workspace)),
            cwd=workspace.root,  # its paths are relative to where it runs
        )
        if done.returncode:
            yield from _failed(done)
        else:
            lost = lost_bounds(_bounds(buf, base.workspace), _bounds(buf, workspace))
            yield from (Finding(bounds.file, bounds.line, told, _KEEP_BOUND) for bounds, told in lost)
    except (OSError, subprocess.SubprocessError) as failure:
        yield Finding("", 0, f"buf did not run: {failure}", "see whether `buf --version` does")


def _run(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=_TIMEOUT_S, check=False)


def _failed(done: subprocess.CompletedProcess[str]) -> Iterator[Finding]:
    lines = [orjson.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode != _FOUND or not lines:
        told = " ".join((done.stderr or done.stdout).split()) or f"it ended with {done.returncode}"
        yield Finding("", 0, f"buf cannot compare the contract: {told}", _CORRECT)
    yield from (_finding(one) for one in lines if done.returncode == _FOUND)


def _bounds(buf: str, workspace: Workspace) -> Mapping[str, Bounds]:
    command = (buf, "build", ".", "--config", _configuration(workspace), "-o", "-#format=json")
    done = _run(*command, cwd=workspace.root)
    done.check_returncode()
    return bounds_of(orjson.loads(done.stdout))


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
