"""The temporary folder of a process: its own, gone with it, and gone at the next start where the process was killed."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from decider.private_folder import TemporaryFolderUnusable, private_folder

HOLDER = """
import sys
from decider.private_folder import private_folder
with private_folder() as folder:
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def holder() -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.kill()


def folder_of(holder: subprocess.Popen[str]) -> Path:
    assert holder.stdout is not None
    return Path(holder.stdout.readline().strip())


def test_it_is_private_and_goes_with_its_block(temporary: Path) -> None:
    with private_folder() as folder:
        assert folder.parent == temporary
        assert folder.stat().st_mode & 0o777 == 0o700
        (folder / "below").mkdir()

    assert list(temporary.iterdir()) == []


def test_the_folder_of_a_living_process_stays(holder: subprocess.Popen[str]) -> None:
    theirs = folder_of(holder)
    with private_folder() as folder:
        assert folder != theirs

    assert theirs.is_dir()


def test_the_folder_of_a_killed_process_goes_at_the_next_start(holder: subprocess.Popen[str]) -> None:
    theirs = folder_of(holder)
    (theirs / "below").mkdir()
    holder.kill()
    holder.wait()
    assert theirs.is_dir()

    with private_folder():
        assert not theirs.exists()


def test_what_is_not_certainly_abandoned_stays(temporary: Path) -> None:
    just_made = temporary / "decider-run-just-made"
    just_made.mkdir()
    elsewhere = temporary / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "locked").touch()
    (temporary / "decider-run-link").symlink_to(elsewhere)
    (temporary / "decider-run-file").touch()

    with private_folder():
        pass

    assert just_made.is_dir()
    assert (elsewhere / "locked").is_file()
    assert (temporary / "decider-run-file").is_file()


def test_no_folder_to_be_had(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    with pytest.raises(TemporaryFolderUnusable, match="No such file or directory"), private_folder():
        pass
