"""The CPU time of processes, as the kernel of Linux counts it; elsewhere nothing is measured."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

__all__ = ["cpu_s", "only_child"]

# Behind the name in /proc/<pid>/stat, which may hold blanks: the fields from the third on, of which these are two.
_UTIME, _STIME = 11, 12


def cpu_s(pids: Mapping[str, int]) -> dict[str, float]:
    """Return the seconds of CPU that each process has used so far, in steps of 10 ms; empty where it is not Linux."""
    if sys.platform != "linux":
        return {}
    return {name: _ticks(pid) / os.sysconf("SC_CLK_TCK") for name, pid in pids.items()}


def only_child(pid: int) -> int:
    """Return the one child that a process has (Linux)."""
    parents = {int(stat.parent.name): _parent(stat) for stat in Path("/proc").glob("[0-9]*/stat")}
    [child] = [one for one, parent in parents.items() if parent == pid]
    return child


def _ticks(pid: int) -> int:
    fields = _fields(Path(f"/proc/{pid}/stat"))
    return int(fields[_UTIME]) + int(fields[_STIME])


def _parent(stat: Path) -> int:
    try:
        return int(_fields(stat)[1])
    except OSError:  # it has ended meanwhile
        return 0


def _fields(stat: Path) -> list[str]:
    return stat.read_text().rpartition(")")[2].split()
