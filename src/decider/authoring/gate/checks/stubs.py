"""The Python stubs are what the protos give."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from decider.authoring.gate.report import CannotCheck, Finding, NotApplicable, Outcome
from decider.authoring.gate.runner import Context
from decider.authoring.opa import printed
from decider.authoring.opa import run as run_program

__all__ = ["run"]

_HINT = "make stubs"


def run(context: Context) -> Outcome:
    """Generate the stubs elsewhere and compare."""
    root = context.workspace.root
    script, checked_in = root / "scripts" / "stubs.py", root / "src" / "decider" / "v1"
    if context.workspace.proto is None:
        raise NotApplicable("no proto/ here, so no stubs")
    if not script.is_file():
        raise CannotCheck("missing, so the stubs cannot be compared with proto/", file="scripts/stubs.py")
    with tempfile.TemporaryDirectory(prefix="decider-stubs-") as folder:
        done = run_program([sys.executable, script, "--out", Path(folder, "v1")], root)
        if done.returncode:
            raise CannotCheck(
                f"the stubs cannot be generated: {printed(done)}", file="scripts/stubs.py", hint="make setup"
            )
        generated, present = _sources(Path(folder, "v1")), _sources(checked_in)
    findings = []
    for name in sorted({*generated, *present}):
        if generated.get(name) != present.get(name):
            kind = "missing" if name not in present else "not what proto/ gives" if name in generated else "of no proto"
            findings.append(Finding(context.workspace.name(checked_in / name), 0, kind, _HINT))
    return Outcome(findings, f"{len(generated)} files")


def _sources(folder: Path) -> Mapping[str, bytes]:
    """Return the content of every generated file below a folder, by its relative path."""
    files = [path for path in folder.rglob("*") if path.suffix in {".py", ".pyi", ".binpb"}]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
