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

# Names of release tags: v1.2.0, 2026-05-16, release-7
_RELEASES = ("v[0-9]*", "[0-9]*", "release[-/]*")
_BRANCHES = ("main", "master")
# Git sets these for a hook, perhaps relative to another folder.
_OF_HOOKS = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"}
_HUNK = re.compile(r"@@ -\S+ \+(\d+)(?:,(\d+))? @@")


class NoRevision(ValueError):
    """There is no revision to compare with; the message says why."""


class RevisionFault(RuntimeError):
    """A revision that was requested, or that must exist, cannot be read; the message says what to do."""


@dataclass(frozen=True)
class Revision:
    """A commit; `why` says why it was chosen, such as `merge base with main`."""

    commit: str
    why: str


def find_base(root: Path, asked: str | None = None) -> Revision:
    """Find the revision that the work in `root` is compared with: the revision `asked`, or the base of the branch.

    The base is the commit at which the branch left the default branch; on the default branch it is the newest release.
    Raises NoRevision if there is no base, and RevisionFault if there should be a base and it cannot be read.
    """
    if asked is not None:
        return Revision(resolve(root, asked), f"--base {asked}")
    if not any((folder / ".git").exists() for folder in (root.resolve(), *root.resolve().parents)):
        raise NoRevision(f"{root} is not in a git repository")
    if not _git(root, "rev-list", "--max-count=1", "--all"):
        raise NoRevision("the git repository has no commit yet")
    head = _maybe(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    if head is None:
        raise NoRevision("this branch has no commit yet")
    ref = _default_branch(root)
    if ref is None:
        raise NoRevision("there is no default branch (origin/HEAD, main or master): name a revision, --base REV")
    start = _maybe(root, "merge-base", "HEAD", ref)
    current = _maybe(root, "symbolic-ref", "--quiet", "--short", "HEAD")
    if current == ref.removeprefix("origin/") or (current is None and start == head):
        return _newest_release(root, ref)
    if start is not None:
        return Revision(start, f"merge base with {ref}")
    _refuse_shallow(root)
    raise NoRevision(f"this branch and {ref} have no commit in common: name a revision, --base REV")


def resolve(root: Path, name: str) -> str:
    """Return the commit that a name stands for. Raises RevisionFault."""
    commit = _maybe(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    if commit is None:
        raise RevisionFault(f"{name!r} is not a revision of the repository at {root}: fetch it, or name another")
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


def _newest_release(root: Path, branch: str) -> Revision:
    patterns = [f"--match={pattern}" for pattern in _RELEASES]
    tag = _maybe(root, "describe", "--tags", "--abbrev=0", *patterns, "HEAD")
    if tag is None:
        _refuse_shallow(root)
        raise NoRevision(f"this is the default branch ({branch}), and it has no release tag such as v1.0")
    return Revision(resolve(root, f"refs/tags/{tag}"), f"newest release, {tag}")


def _refuse_shallow(root: Path) -> None:
    """Raise RevisionFault if the clone is shallow: the base may exist and be missing from this clone only."""
    if _git(root, "rev-parse", "--is-shallow-repository") == "true":
        raise RevisionFault(
            "this clone is shallow, so the revision to compare with is missing: fetch the whole history with its tags "
            "(git fetch --unshallow --tags; fetch-depth: 0 or GIT_DEPTH: 0 in CI), or name a revision, --base REV"
        )


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
