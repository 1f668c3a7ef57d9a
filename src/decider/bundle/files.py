"""The files of a bundle, their digest, and their staging for OPA."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import orjson

from decider.errors import Violation

__all__ = ["digest_of", "read_files", "stage"]

DATA = "data.yaml"
CONVENTIONS = "conventions"  # the rules that the gate checks the policies with; they decide nothing
RESERVED = "system"  # the package that OPA reserves for itself, such as for its authorisation


def read_files(rego: Path, faults: list[Violation]) -> dict[str, bytes]:
    """Read the files of a bundle: rules, `data.yaml`, and JSON (schemas, capabilities).

    Returns the bytes of each file by its path relative to `rego` (with /), sorted by path. Tests, conventions, hidden
    files and all other files are left out.
    """
    files: dict[str, bytes] = {}
    for path in sorted(rego.rglob("*")):
        name = path.relative_to(rego).as_posix()
        if any(part.startswith(".") for part in name.split("/")) or not path.is_file():
            continue
        if name.split("/")[0] == CONVENTIONS:
            continue
        if path.name in {"data.yml", "data.json"}:
            faults.append(Violation(name, f"name files of data {DATA}"))
        elif name.split("/")[0] == RESERVED:
            faults.append(Violation(name, f"the folder {RESERVED} is reserved for OPA"))
        elif (
            path.name == DATA or path.suffix == ".json" or (path.suffix == ".rego" and not name.endswith("_test.rego"))
        ):
            files[name] = path.read_bytes()
    if not any(name.endswith(".rego") for name in files):
        faults.append(Violation(str(rego), "no rules in this folder"))
    return files


def digest_of(files: Mapping[str, bytes]) -> str:
    """Return the digest of the paths and bytes of all files, in the order of their paths: `sha256:<hex>`."""
    total = hashlib.sha256()
    for name in sorted(files):
        total.update(f"{name}\0{len(files[name])}\0".encode())
        total.update(files[name])
    return f"sha256:{total.hexdigest()}"


def stage(files: Mapping[str, bytes], folder: Path) -> None:
    """Write rules and data below `folder`, with a manifest whose roots are the top folders."""
    loaded = [name for name in files if name.endswith(".rego") or name.rpartition("/")[2] == DATA]
    for name in loaded:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(files[name])
    roots = sorted({name.split("/")[0] for name in loaded})
    (folder / ".manifest").write_bytes(orjson.dumps({"roots": roots}))
