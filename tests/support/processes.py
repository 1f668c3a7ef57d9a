"""Processes and files as the tests look at them; blocking, but short."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

TIMEOUT_S = 60.0


def state(pid: int) -> str:
    """The kernel's letter for the state of a process (T: stopped, Z: zombie), or "" if there is none."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""


def alive(pid: int) -> bool:
    """Whether the process runs: a zombie is dead, though init may not have collected it yet."""
    return state(pid) not in {"", "Z"}


def read(file: Path) -> bytes:
    return file.read_bytes()


def target(link: Path) -> Path:
    return link.readlink()


def peak_mib(pid: int) -> int:
    """The most memory that a process ever had."""
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) // 1024


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def holding(folder: Path, what: bytes) -> list[Path]:
    """The files below `folder` that hold these bytes; there are files."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return [path for path in files if what in path.read_bytes()]


async def until(condition: Callable[[], bool]) -> None:
    """Wait until the condition holds."""
    for _ in range(int(TIMEOUT_S / 0.002)):
        if condition():
            return
        await asyncio.sleep(0.002)
    raise TimeoutError
