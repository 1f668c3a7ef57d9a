"""A temporary folder for this process, and the removal of folders whose process was killed.

The process holds a lock on its folder (flock). The kernel releases the lock however the process dies, so a folder whose
lock is free is abandoned. Programs that clean /tmp do not touch locked folders either.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from decider.errors import DeciderError

__all__ = ["TemporaryFolderUnusable", "private_folder"]

_PREFIX = "decider-run-"
# This file is made after the lock: without it, another process may have made the folder and not locked it yet.
_LOCKED = "locked"


class TemporaryFolderUnusable(DeciderError):
    """There is no folder for temporary files, or it is full (start-up only)."""

    code = "UNAVAILABLE"
    reason = "TEMPORARY_FOLDER_UNUSABLE"

    def __init__(self, failure: OSError) -> None:
        super().__init__(f"no temporary files can be written ({failure.strerror}): free some space, or set TMPDIR")


@contextmanager
def private_folder() -> Iterator[Path]:
    """Make a folder for the duration of the block, and remove the folders of processes that were killed.

    Raises TemporaryFolderUnusable.
    """
    try:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX))  # mode 0700
        lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        (folder / _LOCKED).touch()
    except OSError as failure:
        raise TemporaryFolderUnusable(failure) from None
    try:
        _remove_abandoned(folder.parent)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def _remove_abandoned(parent: Path) -> None:
    for folder in parent.glob(f"{_PREFIX}*"):
        try:
            lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        except OSError:  # the folder belongs to another user, or has been removed
            continue
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.fstat(lock).st_uid == os.geteuid() and (folder / _LOCKED).exists():
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:  # its process is running
            continue
        finally:
            os.close(lock)
