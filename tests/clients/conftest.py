"""The real service, for clients that know nothing of this project but what it publishes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
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
def address() -> Iterator[str]:
    """Serve on a free port; give the address that the service names."""
    with subprocess.Popen(
        [BIN / "decider", "serve", "--address", "127.0.0.1:0"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        lines = [line for line in iter(process.stdout.readline, "Ctrl-C stops.\n") if line]
        try:
            yield lines[0].removeprefix("decider serves on ").strip()
        finally:
            process.terminate()
            process.wait(timeout=20)


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
