"""The generated clients compile as they are and make the README's call against the real service."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

import stubs
from support.pages import README, blocks
from support.shipped import ROOT

EXAMPLE = ROOT / "examples" / "router-one-partly-used.json"
[ANSWER] = [one.answer for one in blocks(README.read_text()) if one.language == "python"]


@dataclass(frozen=True)
class Client:
    """A compiled client: the command that takes the address and the file of facts."""

    command: Sequence[str | Path]

    def evaluate(self, address: str, facts: Path) -> subprocess.CompletedProcess[str]:
        """Ask for a decision."""
        return run(*self.command, address, facts)


def run(*command: str | Path, folder: Path = ROOT, seconds: int = 60) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=seconds, check=False)


def built(*command: str | Path, folder: Path, seconds: int = 300) -> None:
    done = run(*command, folder=folder, seconds=seconds)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def go(clients: Path) -> Client:
    """Compile the Go client, with the Go that built the tools."""
    program = shutil.which("go") or ROOT / ".tools" / "go" / "go" / "bin" / "go"
    # the way the tools were built, so that it finds in Go's cache what they have in common
    built(program, "build", "-trimpath", "-o", "evaluate", ".", folder=clients / "go")
    return Client([clients / "go" / "evaluate"])


@pytest.fixture(scope="module")
def typescript(clients: Path) -> Client:
    """Compile the TypeScript client under `strict`."""
    node = shutil.which("node")
    assert node, "the TypeScript client needs Node.js 20 or later on PATH"
    folder = clients / "typescript"
    (folder / "node_modules").symlink_to(ROOT / "examples" / "clients" / "typescript" / "node_modules")
    built(folder / "node_modules" / ".bin" / "tsc", folder=folder)
    return Client([node, folder / "dist" / "evaluate.js"])


@pytest.fixture(scope="module")
def java(clients: Path) -> Client:
    """Compile the Java client. It is the one that is optional: Maven fetches far more than all others together."""
    folder = clients / "java"
    maven = shutil.which("mvn")
    if not maven or not (folder / "gen/io/github/refunddecider/v1/DecisionServiceGrpc.java").is_file():
        pytest.skip("run `make clients`, which needs Maven, to test the Java client too")
    classpath = folder / "target" / "classpath"
    built(
        *(maven, "--quiet", "--batch-mode", "compile", "dependency:build-classpath"),
        f"-Dmdep.outputFile={classpath}",
        folder=folder,
    )
    return Client(["java", "-cp", f"{folder / 'target' / 'classes'}:{classpath.read_text()}", "Evaluate"])


@pytest.mark.parametrize("language", ["go", "typescript", "java"])
def test_makes_the_call_of_the_readme(language: str, address: str, request: pytest.FixtureRequest) -> None:
    client: Client = request.getfixturevalue(language)

    done = client.evaluate(address, EXAMPLE)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == ANSWER


@pytest.mark.parametrize("language", ["go", "typescript", "java"])
def test_reads_the_details_of_errors(
    language: str, address: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    client: Client = request.getfixturevalue(language)
    facts = tmp_path / "facts.json"
    facts.write_text('{"request": {"policy_id": "yunxin", "requested_at": "2026-06-04T10:00:00Z"}}')

    done = client.evaluate(address, facts)

    assert done.returncode == 1
    assert done.stderr.splitlines()[1:] == ["reason: INVALID_FACTS", "  source: must hold facts, or an order"]


def test_the_python_client_is_that_of_the_wheel(clients: Path) -> None:
    generated = clients / "python" / "gen" / "decider" / "v1"

    assert (generated / "decision_service_pb2_grpc.py").is_file()
    for path in generated.iterdir():
        assert path.read_bytes() == (stubs.ROOT / "src" / "decider" / "v1" / path.name).read_bytes()
