"""Writes a repository of policies alone: the shared rules, the files for CI, and no policy yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path

from decider.authoring.shipped_files import LIST, as_list
from decider.shipped import shipped

__all__ = ["FILES", "RepositoryRefused", "new_repository"]

# Each file of a repository, and its template. No name of a template is hidden, so that the wheel includes it.
FILES: Mapping[str, str] = {
    ".github/workflows/policy.yml": "github.yml",
    ".gitignore": "gitignore",
    ".gitlab-ci.yml": "gitlab.yml",
    ".pre-commit-config.yaml": "pre-commit.yaml",
    "README.md": "README.md",
}
# The policies, corrections and waivers of this project are its own.
_OWN = frozenset({"policies", "gate"})
_FIXTURE = "lib/fixture/fixture_test.rego"  # the facts that the tests of policies use


class RepositoryRefused(ValueError):
    """The repository cannot be written; the text says why, and what to do."""


def new_repository(folder: Path) -> Sequence[str]:
    """Write a repository to a new or empty folder, and return the names of its files. Raises RepositoryRefused."""
    shared = _shared_files(shipped("rego"))
    templates = files("decider.authoring.scaffold") / "repository"
    written = {name: (templates / template).read_bytes() for name, template in FILES.items()}
    written |= {f"rego/{name}": content for name, content in shared.items()}
    written |= {
        f"rego/{LIST}": as_list(shared).encode(),
        "rego/policies/.gitkeep": b"",  # git keeps no empty folder
        ".regal/config.yaml": shipped("regal.yaml").read_bytes(),
    }
    try:
        if folder.exists() and any(folder.iterdir()):
            raise RepositoryRefused(f"{folder} is not empty: take a new folder")
        for name, content in written.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    except OSError as failure:
        raise RepositoryRefused(f"{failure.filename} cannot be written: {failure.strerror}") from None
    return sorted(written)


def _shared_files(rego: Path) -> Mapping[str, bytes]:
    """Return what every policy needs, by its name below `rego`: rules, data and schemas."""
    found = {path.relative_to(rego).as_posix(): path for path in rego.rglob("*") if path.is_file()}
    return {
        name: path.read_bytes()
        for name, path in found.items()
        if name.split("/")[0] not in _OWN
        and not any(part.startswith(".") for part in name.split("/"))
        and (name == _FIXTURE or not name.endswith("_test.rego"))
    }
