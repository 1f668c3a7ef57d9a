"""Small git repositories for tests."""

from __future__ import annotations

import subprocess
from pathlib import Path

QUIET = ("-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false", "-c", "tag.gpgsign=false")


def git(root: Path, *arguments: str) -> str:
    """Run git and return what it says."""
    command = ["git", *QUIET, *arguments]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def commit(root: Path, **files: str) -> str:
    """Write files (`a__b` is a/b), commit everything and return the commit."""
    for name, text in files.items():
        path = root / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message", "change")
    return git(root, "rev-parse", "HEAD")
