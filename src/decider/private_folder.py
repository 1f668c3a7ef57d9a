"""A temporary folder that only this process uses, and the end of those whose process was killed.

The process holds a lock on its folder (flock). The kernel frees the lock when the process dies, however it dies, so a
folder whose lock is free belongs to nobody. Cleaners of /tmp leave locked folders alone too.
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
# Made after the lock: a folder without it may be one that another process has made and not locked yet.
_LOCKED = "locked"


class TemporaryFolderUnusable(DeciderError):
    """There is no folder for temporary files, or it is full (start-up only)."""

    code = "UNAVAILABLE"
    reason = "TEMPORARY_FOLDER_UNUSABLE"

    def __init__(self, failure: OSError) -> None:
        super().__init__(f"no temporary files can be written ({failure.strerror}): free some space, or set TMPDIR")


@contextmanager
def private_folder() -> Iterator[Path]:
    """Give a folder for as long as the block lasts, and first remove those of processes that were killed.

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
        except OSError:  # another user's, or removed in the meantime
            continue
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.fstat(lock).st_uid == os.geteuid() and (folder / _LOCKED).exists():
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:  # its process lives
            continue
        finally:
            os.close(lock)
