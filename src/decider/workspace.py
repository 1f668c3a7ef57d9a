"""The parts of a policy repository, which is a checkout of this project or a folder of policies alone.

| part | a checkout | policies alone |
|---|---|---|
| policies | `rego/` | the folder itself, or `rego/` in it |
| golden cases | `tests/cases/` | `cases/` |
| generated reference | `docs/policies/` | the same |
| contract | `proto/` | none |
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["NoPolicies", "Workspace"]


class NoPolicies(ValueError):
    """The folder contains no policies."""


@dataclass(frozen=True)
class Workspace:
    """A policy repository; paths in reports are relative to `root`.

    A part that does not exist is None, except `docs`, which may be created.
    """

    root: Path
    rego: Path
    cases: Path | None
    docs: Path
    proto: Path | None

    @classmethod
    def find(cls, root: Path) -> Workspace:
        """Find the parts in a folder. Raises NoPolicies."""
        root = root.resolve()
        rego = next((folder for folder in (root / "rego", root) if (folder / "policies").is_dir()), None)
        if rego is None:
            raise NoPolicies(f"{root} contains neither policies/ nor rego/policies/")
        cases = next((folder for folder in (root / "tests" / "cases", root / "cases") if folder.is_dir()), None)
        proto = root / "proto"
        return cls(root, rego, cases, root / "docs" / "policies", proto if proto.is_dir() else None)

    @property
    def policy_ids(self) -> Sequence[str]:
        """The ids of the policies, sorted."""
        return sorted(path.parents[1].name for path in self.rego.glob("policies/*/versions/data.yaml"))

    def name(self, path: Path) -> str:
        """Name a file as reports do: relative to the root, with `/`; a link that leads out keeps its own name."""
        file = path.resolve()
        return (file if file.is_relative_to(self.root) else path.absolute()).relative_to(self.root).as_posix()
