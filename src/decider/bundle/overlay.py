"""An overlay: values that override parameters of the policies, by policy id and parameter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import orjson

from decider.bundle.catalog import JSON
from decider.bundle.yaml_core import YamlFault, parse_yaml
from decider.errors import BundleInvalid, Violation
from decider.hints import instead_of
from decider.printable import printable

__all__ = ["OVERLAID", "Overlay", "apply_overlay", "load_overlay"]

Overlay = Mapping[str, Mapping[str, JSON]]

# The place of a fault of an overlay, in contrast to the files of the policies.
OVERLAID = "parameters: "
_VERSIONS = re.compile(r"policies/([^/]+)/versions/data\.yaml")


def load_overlay(file: Path) -> dict[str, dict[str, JSON]]:
    """Read an overlay from a YAML or JSON file: policy id → parameter → value. An empty file is an empty overlay.

    `load_bundle` checks whether the policies and parameters exist and allow the values. Raises BundleInvalid.
    """
    try:
        document = parse_yaml(file.read_bytes())
    except OSError as failure:
        raise _invalid(str(file), f"cannot be read: {failure.strerror}") from None
    except YamlFault as fault:
        raise _invalid(str(file), str(fault)) from None
    if document is None:
        return {}
    if not isinstance(document, dict):
        raise _invalid(str(file), "not a mapping of policy id to parameters")
    overlay: dict[str, dict[str, JSON]] = {}
    for policy_id, parameters in document.items():
        if not isinstance(parameters, dict):
            raise _invalid(f"{file}: {policy_id}", "not a mapping of parameter to value")
        overlay[policy_id] = parameters
    return overlay


def _invalid(field: str, description: str) -> BundleInvalid:
    return BundleInvalid(
        printable(f"the parameters: {field}: {description}"), violations=[Violation(field, description)]
    )


def apply_overlay(overlay: Overlay, files: dict[str, bytes], data: dict[str, JSON], faults: list[Violation]) -> None:
    """Set the values in every version of their policies, in `files` (bytes) and in `data` (parsed), in place.

    Unknown policies and parameters are added to `faults`; the schemas check the values later. A file in which no value
    changes keeps its bytes, so the digest of the bundle stays the same.
    """
    loaded = {match[1]: name for name in data if (match := _VERSIONS.fullmatch(name))}
    for policy_id, values in overlay.items():
        name = loaded.get(policy_id, "")
        versions = data.get(name)
        if not isinstance(versions, dict):
            faults.append(Violation(f"{OVERLAID}{policy_id}", f"no such policy; {instead_of(policy_id, loaded)}"))
            continue
        laid: dict[str, JSON] = {}
        for version, entry in versions.items():
            known = entry.get("parameters") if isinstance(entry, dict) else None
            if not isinstance(entry, dict) or not isinstance(known, dict):
                return  # the fault is in the policy, and is reported when its versions are read
            faults += [
                Violation(f"{OVERLAID}{policy_id}.{parameter}", f"no such parameter; {instead_of(parameter, known)}")
                for parameter in values
                if parameter not in known
            ]
            laid[version] = {**entry, "parameters": {**known, **{k: v for k, v in values.items() if k in known}}}
        if laid != versions:
            data[name] = laid
            files[name] = orjson.dumps(laid, option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2)
