"""Builds the wheel, and installs it into a virtual environment of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from support.shipped import ROOT


def pip(*arguments: str | Path) -> None:
    subprocess.run([sys.executable, "-m", "pip", "--quiet", *arguments], cwd=ROOT, check=True, timeout=300)


def build_wheel(folder: Path) -> Path:
    """Build the wheel of this project in an empty folder."""
    pip("wheel", "--no-deps", "--build-constraint", "constraints.txt", "--wheel-dir", folder, ".")
    [file] = folder.iterdir()
    return file


def installed(folder: Path, *packages: str | Path) -> Path:
    """Create a virtual environment without pip, and install packages into it; return its folder of programs."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True, timeout=60)
    pip("--python", folder / "bin" / "python", "install", "--no-compile", *packages)
    return folder / "bin"
