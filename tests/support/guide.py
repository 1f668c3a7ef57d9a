"""docs/changing-a-policy.md followed, step by step, in a copy of the project."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from support.pages import Block
from support.shipped import ROOT

_SECONDS = re.compile(r"[ (]*\d+\.\d s\b")
_FAILED = "gate FAILED"
_OF_THE_DECIDER = re.compile(r"rego/decider/.*_test\.rego")
_GIT = shutil.which("git") or "git"


def copy_of_project(folder: Path) -> None:
    """Copy what git knows of the project, changes included, to a repository whose main branch is that state.

    The Rego tests of the decider's own rules are left out. No step of the guide touches these rules, and their tests
    take longer than all others.
    """
    known = subprocess.run(
        [_GIT, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in known.stdout.split("\0"):
        if name and (ROOT / name).is_file() and not _OF_THE_DECIDER.fullmatch(name):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes((ROOT / name).read_bytes())
    program = folder / ".venv" / "bin" / "decider"
    program.parent.mkdir(parents=True)
    program.symlink_to(Path(sys.executable).with_name("decider"))
    _run([program, "reference"], folder)
    for command in ("init --quiet --initial-branch main", "add --all", "commit --quiet --message base"):
        _run([_GIT, *command.split()], folder)


def follow(block: Block, folder: Path) -> str:
    """Do what a block shows: make the edit of a diff, or run the commands; return what they print."""
    if block.language == "diff":
        return _run([_GIT, "apply", "--whitespace=nowarn", "-"], folder, stdin=block.text)
    expected = 1 if _FAILED in (block.answer or "") else 0
    return _run(["bash", "-euc", block.text], folder, expected=expected)


def unlike(printed: str, shown: str) -> list[str]:
    """Return the lines shown that were not printed, in their order.

    `...` stands for anything, and seconds are not compared.
    """
    lines, missing = [_plain(line) for line in printed.splitlines()], []
    for line in shown.splitlines():
        pattern = re.compile(".*".join(re.escape(part) for part in _plain(line).split("...")))
        index = next((index for index, one in enumerate(lines) if pattern.fullmatch(one)), None)
        if index is None:
            missing.append(line)
        else:
            del lines[: index + 1]
    return missing


def _plain(line: str) -> str:
    return _SECONDS.sub("  0.0 s", line).rstrip()


def _run(command: Sequence[str | Path], folder: Path, *, stdin: str = "", expected: int = 0) -> str:
    mine = {name: value for name, value in os.environ.items() if not name.startswith(("DECIDER_", "GIT_"))}
    who = {f"GIT_{role}_{what}": "reader@example.com" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    done = subprocess.run(
        command,
        cwd=folder,
        input=stdin,
        env={**mine, **who, "DECIDER_REGO": str(folder / "rego")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == expected, f"{' '.join(map(str, command))}\n{done.stdout}\n{done.stderr}"
    return done.stdout
