"""The generated clients, which know nothing of this project but what it publishes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import orjson
import pytest

from decider.bundle.yaml_core import parse_yaml
from support.shipped import ROOT

BIN = Path(sys.executable).parent
CLIENTS = ROOT / "examples" / "clients"
PLUGIN_OF_JAVA = ".tools/bin/protoc-gen-grpc-java"
GRPC_JAVA = ROOT / PLUGIN_OF_JAVA


@pytest.fixture(scope="session")
def clients(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy examples/clients and generate the clients as `make clients` does; without Maven's program, no Java calls."""
    assert (CLIENTS / "typescript" / "node_modules").is_dir(), "install Node.js 20 or later, then `make test`"
    copy = tmp_path_factory.mktemp("clients")
    made = shutil.ignore_patterns("gen", "dist", "node_modules", "target")
    shutil.copytree(CLIENTS, copy / "examples" / "clients", ignore=made)
    for template in (ROOT / "buf.gen.yaml", CLIENTS / "typescript" / "errors.gen.yaml"):
        plan: Any = parse_yaml(template.read_bytes())
        plan["plugins"] = [
            plugin for plugin in plan["plugins"] if GRPC_JAVA.is_file() or plugin.get("local") != PLUGIN_OF_JAVA
        ]
        subprocess.run(
            [BIN / "buf", "generate", "--template", orjson.dumps(plan).decode(), "-o", copy], cwd=ROOT, check=True
        )
    return copy / "examples" / "clients"
