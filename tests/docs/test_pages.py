"""README.md and the pages of docs/ are true: their commands run, and print the answers that stand under them."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest

from seed_billing import seed
from support.pages import DOCS, README, Block, blocks, prose
from support.program import ENVIRONMENT, MAKE, ROOT, serving

# The others are generated, or have tests of their own.
PAGES = [README, *(page for page in DOCS.glob("*.md") if page.stem not in {"api", "calling", "changing-a-policy"})]
BLOCKS = [block for page in PAGES for block in blocks(page.read_text())]
SERVE = re.compile(r"make run|\S+ serve .*127\.0\.0\.1:(?P<port>\d+).*")
CALLS = [
    block
    for block in BLOCKS
    if block.language == "python"
    or (block.language == "sh" and not block.text.startswith("make ") and not SERVE.match(block.text))
]
COMMANDS = sorted({command for page in PAGES for command in re.findall(r"`(make [^`\n]+)`", prose(page.read_text()))})
SUFFIXES = {".rego", ".yaml"}
DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


@pytest.fixture(scope="module")
def addresses() -> Iterator[Mapping[str, str]]:
    """Start every service that the pages start; give the addresses that stand for those of the pages."""
    named: dict[str, str] = {}
    with ExitStack() as stack:
        for block in BLOCKS:
            service = SERVE.match(block.text) if block.language == "sh" else None
            if service is None:
                continue
            port = service["port"] or "50051"
            line = service[0].replace(f":{port}", ":0") if service["port"] else f"{MAKE} run ADDRESS=127.0.0.1:0"
            named[f"127.0.0.1:{port}"] = stack.enter_context(serving(line.split()))
        yield named


@pytest.fixture(scope="module", autouse=True)
def platform() -> None:
    """Seed the platform of docs/sources.md, whose blocks run in any order."""
    seed(ROOT / "build" / "billing.db", int(time.time()))


@pytest.mark.parametrize("block", CALLS, ids=lambda block: block.text.splitlines()[0][:60])
def test_prints_what_stands_under_it(block: Block, addresses: Mapping[str, str]) -> None:
    shell = ["bash", "-euc"] if block.language == "sh" else [sys.executable, "-c"]
    text = block.text
    for shown, served in addresses.items():
        text = text.replace(shown, served)

    done = subprocess.run(
        [*shell, text],
        cwd=ROOT,
        env={**ENVIRONMENT, "DECIDER_ADDRESS": addresses["127.0.0.1:50051"]},  # for what names no address
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.stderr == ""
    assert done.returncode == 0
    assert DIGEST.sub("sha256:...", done.stdout) == DIGEST.sub("sha256:...", block.answer or "")


@pytest.mark.parametrize("command", COMMANDS)
def test_is_a_target_of_make(command: str) -> None:
    done = subprocess.run(
        [MAKE, "-n", *command.split()[1:]], cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")


def test_the_readme_begins_with_the_two_commands() -> None:
    commands = [block.text.strip() for block in blocks(README.read_text()) if block.text.startswith("make ")]

    assert commands[:2] == ["make run", "make test"]


@pytest.mark.parametrize("block", [block for block in BLOCKS if block.language in {"rego", "yaml"}])
def test_shows_what_a_file_holds(block: Block) -> None:
    files = (file for folder in ("rego", "examples") for file in (ROOT / folder).rglob("*") if file.suffix in SUFFIXES)

    assert any(block.text in file.read_text() for file in files)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_in_it_exists(page: Path) -> None:
    paths = re.findall(r"`((?:src|rego|tests|proto|examples|tools|docs)(?:/[\w.-]+)*)`", prose(page.read_text()))

    assert [path for path in paths if not (ROOT / path).exists()] == []
