"""A tiny third policy, and inputs for it: what any policy folder of this shape must do."""

from __future__ import annotations

import shutil
from pathlib import Path

import orjson

from decider.bundle import LoadedBundle, Overlay, load_bundle
from support.shipped import OPA, ROOT


def copy_rego(folder: Path) -> Path:
    """Copy the tiny policies to `folder`/rego, with the project's own capabilities."""
    rego = folder / "rego"
    shutil.copytree(Path(__file__).parent / "tiny_rego", rego)
    shutil.copy(ROOT / "rego" / "capabilities.json", rego)
    return rego


def load(rego: Path, overlay: Overlay | None = None) -> LoadedBundle:
    return load_bundle(rego, overlay, OPA, rego.parent)


def item(kind: str, number: int = 0, **more: object) -> bytes:
    """One input: kinds plain, divide (amount, by), slow (steps), conflict (first, second); others are undefined."""
    return orjson.dumps({"policy": "tiny-shop", "version": "2026-03-01", "kind": kind, "id": number, **more})


def plain(number: int) -> dict[str, object]:
    """What `item("plain", number)` gives."""
    return {"id": number, "kind": "plain", "limit": 10}
