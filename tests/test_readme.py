"""README.md tells the truth: every command in it runs, and prints what stands under it."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager

import pytest
import yaml

from support.readme import README, ROOT, Block, blocks

BLOCKS = blocks(README.read_text())
MAKE = shutil.which("make") or "make"
# What is only looked at: a test of itself, what writes into the tree, and what takes a minute and has tests of its own.
LOOKED_AT = {"make test", "make stubs", "make bench", "make policy"}
# `make test` runs these tests: nothing of its own options is for the makes that they run.
ENVIRONMENT = {
    name: value
    for name, value in os.environ.items()
    if name not in {"MAKEFLAGS", "MFLAGS", "MAKELEVEL"} and not name.startswith("DECIDER_")
}
IN_SENTENCES = sorted(set(re.findall(r"`((?:make|\.venv/bin/decider) [^`\n]+)`", README.read_text())))
CALLS = [
    one
    for one in BLOCKS
    if one.language == "python"
    or (one.language == "sh" and not one.text.startswith(("make ", ".venv/bin/decider serve ")))
]


@contextmanager
def serving(command: str) -> Iterator[None]:
    """Run a command of the README that serves, until the block ends."""
    with subprocess.Popen(
        command.split(), cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        try:
            assert "Ctrl-C stops.\n" in iter(process.stdout.readline, "")
            yield
        finally:
            process.terminate()
            process.wait(timeout=20)


@pytest.fixture(scope="module")
def ports() -> Iterator[Mapping[str, str]]:
    """Start every service that the README starts; give the ports that stand for those of the README."""
    free = {readme_port: str(_free_port()) for readme_port in ("50051", "50052")}
    commands = [one.text.strip() for one in BLOCKS if one.language == "sh"]
    with ExitStack() as stack:
        for command in commands:
            if command == "make run":
                stack.enter_context(serving(f"{MAKE} run ADDRESS=127.0.0.1:{free['50051']}"))
            elif " serve " in command:
                stack.enter_context(serving(_at(command, free)))
        yield free


@pytest.mark.parametrize("block", CALLS, ids=lambda block: block.text.splitlines()[0][:60])
def test_prints_what_stands_under_it(block: Block, ports: Mapping[str, str]) -> None:
    shell = ["bash", "-euc"] if block.language == "sh" else [sys.executable, "-c"]
    environment = {**ENVIRONMENT, "DECIDER_ADDRESS": f"127.0.0.1:{ports['50051']}"}  # for what names no address

    done = subprocess.run(
        [*shell, _at(block.text, ports)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.stderr == ""
    assert done.returncode == 0
    assert _lines(done.stdout) == _lines(block.answer or "")


def test_the_two_commands_are_targets_of_make() -> None:
    commands = [one.text.strip() for one in BLOCKS if one.text.startswith("make ")]

    assert commands == ["make run", "make test"]


@pytest.mark.parametrize("command", IN_SENTENCES)
def test_commands_within_sentences_work(command: str, ports: Mapping[str, str]) -> None:
    program, *arguments = command.split()
    words = [MAKE if program == "make" else program, *(["-n"] if command in LOOKED_AT else []), *arguments]
    environment = {**ENVIRONMENT, "DECIDER_ADDRESS": f"127.0.0.1:{ports['50051']}"}

    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)

    assert (done.returncode, done.stderr) == (0, "")


def test_make_run_serves_where_the_readme_says() -> None:
    done = subprocess.run([MAKE, "-n", "run"], cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=False)

    assert ".venv/bin/decider serve --address 127.0.0.1:50051 --reflection\n" in done.stdout


def test_shows_a_rule_as_it_is() -> None:
    [rule] = [one.text for one in BLOCKS if one.language == "rego"]

    assert rule in (ROOT / "rego/policies/router-one/s2_1_unused_credits.rego").read_text()


def test_shows_the_parameters_as_they_are() -> None:
    [shown] = [one.text for one in BLOCKS if one.language == "yaml"]

    assert yaml.safe_load(shown) == yaml.safe_load((ROOT / "examples/parameters/strict.yaml").read_text())


def test_every_path_in_it_exists() -> None:
    text = re.sub(r"^```.*?^```$", "", README.read_text(), flags=re.MULTILINE | re.DOTALL)
    paths = re.findall(r"`((?:src|rego|tests|proto|examples|tools|docs)(?:/[\w.-]+)*)`", text)

    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_the_map_names_every_room() -> None:
    rooms = {f"src/decider/{path.parent.name}" for path in (ROOT / "src" / "decider").glob("*/__init__.py")}

    named = set(re.findall(r"`(src/decider/\w+)`", README.read_text()))
    assert named >= rooms


def _at(text: str, ports: Mapping[str, str]) -> str:
    for readme_port, port in ports.items():
        text = text.replace(f"127.0.0.1:{readme_port}", f"127.0.0.1:{port}")
    return text


def _lines(text: str) -> list[str]:
    """Return the lines of an answer, but for the digest of the bundle: it changes with every edit of a policy."""
    return re.sub(r"(bundle\W.*|bundleDigest\W+)sha256:[0-9a-f]{64}", r"\1sha256:...", text).splitlines()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port
