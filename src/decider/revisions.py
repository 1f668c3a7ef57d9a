"""Revisions of the git repository around a folder: the base of a comparison, its files, and the lines that changed.

Nothing here writes to the repository, not even to the index.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import tarfile
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

__all__ = ["NoRevision", "Revision", "RevisionFault", "changed_lines", "export_tree", "find_base", "resolve"]

_BRANCHES = ("main", "master")
# Git sets these for a hook, perhaps relative to another folder.
_OF_HOOKS = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"}
_FETCH = (
    "fetch the whole history (git fetch --unshallow; fetch-depth: 0 on GitHub, GIT_DEPTH: 0 on GitLab) and name the "
    "default branch (git remote set-head origin --auto), or name a revision: --base REV"
)
_HUNK = re.compile(r"@@ -\S+ \+(\d+)(?:,(\d+))? @@")


class NoRevision(ValueError):
    """There is no revision to compare with; the message says why."""


class RevisionFault(RuntimeError):
    """A revision that was requested, or that must exist, cannot be read; `hint` says what to do."""

    def __init__(self, message: str, hint: str = "name another revision: --base REV") -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True)
class Revision:
    """A commit; `why` says why it was chosen, such as `merge base with main`."""

    commit: str
    why: str


def find_base(root: Path, asked: str | None = None) -> Revision:
    """Find the revision that the work in `root` is compared with: the revision `asked`, or the base of the branch.

    The base is the commit at which the branch left the default branch. On the default branch it is HEAD if files are
    changed, otherwise the parent of HEAD. CI servers give an id of zeros for a push that has no earlier commit; it
    counts as not asked. Raises NoRevision if the repository has no history, and RevisionFault if the base cannot be
    found or read.
    """
    if asked and asked.strip("0"):
        return Revision(resolve(root, asked), f"--base {asked}")
    if not any((folder / ".git").exists() for folder in (root.resolve(), *root.resolve().parents)):
        raise NoRevision(f"{root} is not in a git repository")
    if not _git(root, "rev-list", "--max-count=1", "--all"):
        raise NoRevision("the git repository has no commit yet")
    head = _maybe(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    if head is None:
        raise _fault(root, "this branch has no commit yet")
    ref = _default_branch(root)
    if ref is None:
        raise _fault(root, "there is no default branch (origin/HEAD, main or master) to compare with")
    start = _maybe(root, "merge-base", "HEAD", ref)
    if start is None:
        raise _fault(root, f"this checkout and {ref} have no commit in common")
    current = _maybe(root, "symbolic-ref", "--quiet", "--short", "HEAD")
    if start != head or current not in (ref.removeprefix("origin/"), None):
        return Revision(start, f"merge base with {ref}")
    return _on_default_branch(root, ref, head)


def resolve(root: Path, name: str) -> str:
    """Return the commit that a name stands for. Raises RevisionFault."""
    commit = _maybe(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    if commit is None:
        raise _fault(root, f"{name!r} is not a revision of the repository at {root}")
    return commit


def export_tree(root: Path, commit: str, target: Path) -> None:
    """Write the files of `root` at a commit into `target`. Raises NoRevision if `root` did not exist at that commit."""
    prefix = _git(root, "rev-parse", "--show-prefix")
    if prefix and not _git(root, "ls-tree", "--full-tree", commit, "--", prefix.rstrip("/")):
        raise NoRevision(f"there was no {prefix.rstrip('/')} at {commit[:12]}")
    with tarfile.open(fileobj=io.BytesIO(_run(root, "archive", "--format=tar", commit).stdout)) as archive:
        archive.extractall(target, filter="tar")


def changed_lines(root: Path, revision: str) -> Mapping[str, AbstractSet[int]]:
    """Return the lines of the files in `root` that are new or changed since a revision, by path relative to `root`.

    Untracked files count, ignored files do not. Where lines were only removed, the lines beside the gap count as
    changed, because their meaning may have changed. Raises RevisionFault.
    """
    commit = resolve(root, revision)
    lines: dict[str, set[int]] = {}
    options = ("--unified=0", "--no-color", "--no-ext-diff", "--no-renames", "--relative", "--ignore-submodules")
    diff = _run(root, "diff", *options, "--src-prefix=a/", "--dst-prefix=b/", commit, "--", ".").stdout
    name = ""
    for line in diff.decode(errors="replace").split("\n"):
        if line.startswith("+++ "):
            # git adds a tab to a name that contains blanks
            name = line[4:].rstrip("\t").removeprefix("b/") if line != "+++ /dev/null" else ""
        elif name and (hunk := _HUNK.match(line)):
            first, count = int(hunk[1]), int(hunk[2] or 1)
            new = range(first, first + count) if count else range(max(first, 1), first + 2)
            lines.setdefault(name, set()).update(new)
    for untracked in _git(root, "ls-files", "--others", "--exclude-standard", "-z").split("\0"):
        if untracked and (root / untracked).is_file():
            lines[untracked] = set(range(1, (root / untracked).read_bytes().count(b"\n") + 2))
    return lines


def _default_branch(root: Path) -> str | None:
    """Return the name of the default branch, if possible the server's."""
    remote_head = _maybe(root, "symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD")
    found = [remote_head] if remote_head else []
    found += [f"{where}{name}" for where in ("origin/", "") for name in _BRANCHES]
    kinds = {True: "refs/remotes/", False: "refs/heads/"}
    return next(
        (ref for ref in found if _maybe(root, "rev-parse", "--verify", "--quiet", kinds["/" in ref] + ref)),
        None,
    )


def _on_default_branch(root: Path, ref: str, head: str) -> Revision:
    if _git(root, "status", "--porcelain", "--untracked-files=no", "--", "."):
        return Revision(head, f"HEAD of {ref}; the changes are not committed")
    parent = _maybe(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}^")
    if parent is None:
        if _is_shallow(root):
            raise _fault(root, f"the commit before HEAD of {ref} is missing")
        raise NoRevision(f"{ref} has a single commit")
    return Revision(parent, f"the commit before HEAD of {ref}")


def _fault(root: Path, message: str) -> RevisionFault:
    return RevisionFault(f"{message}: this clone is shallow" if _is_shallow(root) else message, _FETCH)


def _is_shallow(root: Path) -> bool:
    return _maybe(root, "rev-parse", "--is-shallow-repository") == "true"


def _git(root: Path, *arguments: str) -> str:
    return _run(root, *arguments).stdout.decode(errors="replace").strip()


def _maybe(root: Path, *arguments: str) -> str | None:
    """Return the output of git, or None if git fails."""
    done = _run(root, *arguments, check=False)
    return done.stdout.decode(errors="replace").strip() if done.returncode == 0 else None


def _run(root: Path, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[bytes]:
    environment = {name: value for name, value in os.environ.items() if name not in _OF_HOOKS}
    command: Sequence[str] = ["git", "-c", "core.quotePath=false", *arguments]
    try:
        done = subprocess.run(
            command, cwd=root, env=environment | {"GIT_OPTIONAL_LOCKS": "0"}, capture_output=True, check=False
        )
    except OSError as failure:
        raise RevisionFault(f"git did not run ({failure.strerror}): install git") from None
    if check and done.returncode:
        message = " ".join(done.stderr.decode(errors="replace").split())
        raise RevisionFault(f"git {arguments[0]} failed in {root}: {message}")
    return done
