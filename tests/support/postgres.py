"""A PostgreSQL cluster of its own in a temporary folder, which ends with the tests."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["MISSING", "cluster", "programs"]

MISSING = "PostgreSQL is not installed; on Debian: apt-get install postgresql"
_ROOT = 0


def programs() -> Path | None:
    """Return the folder of initdb and pg_ctl, the newest that is installed."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return max((one.parent for one in installed), key=lambda one: int(one.parent.name), default=None)


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """Run a cluster that listens on a socket only; yield the URL of its superuser."""
    found = programs()
    assert found is not None
    data, sockets = folder / "data", folder / "socket"
    for one in (data, sockets):
        one.mkdir(parents=True)
    as_user: list[str] = []
    if os.geteuid() == _ROOT:  # PostgreSQL does not run as root
        user = pwd.getpwnam("postgres")
        as_user = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
        for one in (data, sockets):
            os.chown(one, user.pw_uid, user.pw_gid)
        for one in (folder, *folder.parents):
            if one.stat().st_uid == _ROOT and one != one.parent:
                one.chmod(one.stat().st_mode | 0o011)

    def run(*command: str | Path) -> None:
        subprocess.run([*as_user, *command], check=True, capture_output=True, cwd="/", timeout=120)

    options = f"-c listen_addresses='' -c unix_socket_directories={sockets} -c fsync=off -c timezone=Asia/Tokyo"
    control: list[str | Path] = [found / "pg_ctl", "-D", data, "-w", "-l", data / "log"]
    run(found / "initdb", "-D", data, "-U", "owner", "--auth=trust", "--no-sync", "--locale=C.UTF-8")
    run(*control, "-o", options, "start")
    try:
        yield f"postgresql://owner@/postgres?host={sockets}"
    finally:
        run(*control, "-m", "immediate", "stop")
