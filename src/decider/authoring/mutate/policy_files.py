"""The policies to mutate: their files, their data, and the catalog under changed parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from decider.bundle.build import CAPABILITIES
from decider.bundle.catalog import JSON, Catalog
from decider.bundle.files import CONVENTIONS, DATA, read_files
from decider.bundle.loading import add_bindings, parse_data
from decider.bundle.overlay import apply_overlay
from decider.bundle.reading import read_catalog
from decider.errors import Violation

__all__ = ["MutationFault", "Policies", "Setting", "Versions"]

# The versions of one policy, as OPA holds them.
Versions = Mapping[str, Any]
_TESTS = "_test.rego"
_LEFT_OUT = (f"{CONVENTIONS}/", ".")


class MutationFault(RuntimeError):
    """The policies cannot be mutated; the message names the cause and the place."""


@dataclass(frozen=True)
class Setting:
    """Changed parameters of `policy_id` in all versions, and added versions.

    `changes` are values by their paths in OPA's data.
    """

    policy_id: str = ""
    parameters: Mapping[str, JSON] | None = None
    versions: Sequence[Mapping[str, Any]] = ()
    changes: Mapping[tuple[str, ...], JSON] | None = None

    @property
    def has_own_versions(self) -> bool:
        """Tell whether OPA must get other versions of the policy than those that it holds."""
        return bool(self.parameters or self.versions)


@dataclass(frozen=True)
class Policies:
    """The folder `rego` as it is served, and its test files; `data` holds every `data.yaml`, parsed."""

    rego: Path
    files: Mapping[str, bytes]
    tests: Mapping[str, bytes]
    data: Mapping[str, JSON]

    @classmethod
    def read(cls, rego: Path) -> Policies:
        """Read a folder of policies. Raises MutationFault."""
        faults: list[Violation] = []
        files = read_files(rego, faults)
        data = parse_data(files, faults)
        _refuse(faults)
        add_bindings(read_catalog(files, data, {}, "sha256:", faults), files, data)
        _refuse(faults)
        named = {path.relative_to(rego).as_posix(): path for path in sorted(rego.rglob(f"*{_TESTS}"))}
        tests = {name: path.read_bytes() for name, path in named.items() if not name.startswith(_LEFT_OUT)}
        return cls(rego, files, tests, data)

    @property
    def capabilities(self) -> Path:
        """The file of the builtins that a rule may call; it may be absent."""
        return self.rego / CAPABILITIES

    @property
    def rules(self) -> Sequence[str]:
        """The names of the files of rules."""
        return [name for name in self.files if name.endswith(".rego")]

    def lay_out(self, folder: Path, written: Mapping[str, str], *, tests: bool) -> None:
        """Write the files that OPA loads to a folder, with changed texts for some files, and optionally the tests."""
        for name, content in self.files.items():
            if name.endswith(".rego") or name.rpartition("/")[2] == DATA:
                _write(folder / name, written[name].encode() if name in written else content)
        for name, content in self.tests.items() if tests else ():
            _write(folder / name, content)

    def under(self, setting: Setting) -> tuple[Catalog, Versions]:
        """Return the catalog under a setting, and the versions of its policy. Raises MutationFault."""
        faults: list[Violation] = []
        data, files = dict(self.data), dict(self.files)
        overlay = {setting.policy_id: setting.parameters} if setting.parameters else {}
        for path, value in (setting.changes or {}).items():
            _change(data, path, value)
        apply_overlay(overlay, files, data, faults)
        name = f"policies/{setting.policy_id}/versions/{DATA}"
        versions = data.get(name, {})
        if setting.versions and isinstance(versions, dict):
            versions = data[name] = {**versions, **_added(versions, setting.versions)}
        catalog = read_catalog(files, data, overlay, "sha256:", faults)
        _refuse(faults)
        return catalog, versions if isinstance(versions, dict) else {}


def _change(data: dict[str, JSON], path: Sequence[str], value: JSON) -> None:
    """Change a value in the file that lies deepest in the folders of its path."""
    names = {length: f"{'/'.join(path[:length])}/{DATA}" for length in range(len(path))}
    length = max(length for length, name in names.items() if name in data)
    data[names[length]] = _changed(data[names[length]], path[length:], value)


def _changed(node: Any, keys: Sequence[str], value: JSON) -> JSON:  # noqa: ANN401 (of JSON)
    return {**node, keys[0]: _changed(node[keys[0]], keys[1:], value)} if keys else value


def _added(versions: Mapping[str, Any], more: Sequence[Mapping[str, Any]]) -> dict[str, JSON]:
    """Return versions like the first one, with changes."""
    first = next(iter(versions.values()))
    return {
        one["version"]: {
            "effective_from": one["effective_from"],
            "rules": first["rules"],
            "parameters": {**first["parameters"], **one.get("parameters", {})},
        }
        for one in more
    }


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def _refuse(faults: Sequence[Violation]) -> None:
    if faults:
        told = "; ".join(f"{one.field}: {one.description}" for one in sorted(set(faults)))
        raise MutationFault(f"the policies cannot be served: {told}")
