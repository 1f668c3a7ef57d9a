"""Turns rego/ into a built bundle and its catalog, or reports all faults at once."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from decider.bundle.build import CAPABILITIES, build, data_of, difference
from decider.bundle.catalog import JSON, Catalog
from decider.bundle.files import DATA, digest_of, read_files, stage
from decider.bundle.overlay import OVERLAID, Overlay, apply_overlay
from decider.bundle.reading import read_catalog
from decider.bundle.yaml_core import YamlFault, parse_yaml
from decider.errors import BundleInvalid, Violation
from decider.printable import printable

__all__ = ["LoadedBundle", "add_bindings", "load_bundle", "load_catalog", "parse_data"]


@dataclass(frozen=True)
class LoadedBundle:
    """A bundle: its catalog, and the file (.tar.gz) for OPA, whose revision is the digest of the catalog."""

    catalog: Catalog
    file: Path


def load_bundle(rego: Path, overlay: Overlay | None, opa: Path, out: Path) -> LoadedBundle:
    """Read the folder `rego`, apply `overlay` (policy id → parameter → value) and build `out`/bundle.tar.gz.

    `opa` is the program, and `out` an existing folder. This blocks while `opa build` runs, about 0.1 s. Raises
    BundleInvalid, whose violations are all faults, each with its file, line or parameter.
    """
    faults: list[Violation] = []
    files, data = _read(rego)
    apply_overlay(overlay or {}, files, data, faults)
    digest = digest_of(files)
    catalog = read_catalog(files, data, overlay or {}, digest, faults)
    add_bindings(catalog, files, data)
    bundle = out / "bundle.tar.gz"
    with tempfile.TemporaryDirectory(prefix="stage-", dir=out) as staged:
        stage(files, Path(staged))
        if build(opa, Path(staged), rego / CAPABILITIES, digest, bundle, faults):
            where = difference(_merged(data), data_of(bundle))
            faults += (
                [Violation(where, "OPA reads this value differently: write it plainly, or quote it")] if where else []
            )
    if faults:
        raise _invalid(rego, faults)
    return LoadedBundle(catalog, bundle)


def load_catalog(rego: Path) -> Catalog:
    """Read the catalog of the folder `rego`, without OPA. Raises BundleInvalid."""
    faults: list[Violation] = []
    files, data = _read(rego)
    catalog = read_catalog(files, data, {}, digest_of(files), faults)
    if faults:
        raise _invalid(rego, faults)
    return catalog


def _read(rego: Path) -> tuple[dict[str, bytes], dict[str, JSON]]:
    """Return the files of the folder, and the parsed content of the files of data."""
    faults: list[Violation] = []
    if not rego.is_dir():
        raise _invalid(rego, [Violation(str(rego), "no such folder")])
    files = read_files(rego, faults)
    if CAPABILITIES not in files:
        faults.append(Violation(CAPABILITIES, "missing"))
    data = parse_data(files, faults)
    if faults:
        raise _invalid(rego, faults)
    return files, data


def parse_data(files: Mapping[str, bytes], faults: list[Violation]) -> dict[str, JSON]:
    """Parse each `data.yaml` of a bundle, by path; faults of the YAML are added to `faults`."""
    data: dict[str, JSON] = {}
    for name, content in files.items():
        if name.rpartition("/")[2] == DATA:
            try:
                data[name] = parse_yaml(content)
            except YamlFault as fault:
                faults.append(Violation(name, str(fault)))
    return data


def add_bindings(catalog: Catalog, files: dict[str, bytes], data: dict[str, JSON]) -> None:
    """Add the bindings of every policy as data; they follow from the clauses, so the digest holds them already."""
    for policy_id, policy in catalog.policies.items():
        name = f"policies/{policy_id}/bindings/{DATA}"
        bindings = {rules: asdict(binding) for rules, binding in policy.bindings.items()}
        data[name], files[name] = bindings, orjson.dumps(bindings)


def _merged(data: Mapping[str, JSON]) -> JSON:
    """Merge the documents at the paths of their folders, as OPA does."""
    root: dict[str, JSON] = {}
    for name, document in data.items():
        node = root
        for folder in name.split("/")[:-1]:
            below = node.setdefault(folder, {})
            node = below if isinstance(below, dict) else {}
        node.update(document if isinstance(document, dict) else {})
    return root


def _invalid(rego: Path, faults: list[Violation]) -> BundleInvalid:
    listed = sorted(set(faults))
    lines = "".join("\n" + printable(f"  {fault.field}: {fault.description}") for fault in listed)
    are_parameters = all(fault.field.startswith(OVERLAID) for fault in listed)
    what = (
        f"the parameters do not fit the policies in {rego}"
        if are_parameters
        else f"the policies in {rego} cannot be served"
    )
    return BundleInvalid(f"{printable(what)}:{lines}", violations=listed)
