"""The programs that are measured: child processes on loopback, each ended with the block that uses it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from cpu import only_child

__all__ = ["COALESCING", "NOT_COALESCING", "Program", "running", "service"]

# Both print where they serve, and log every call to stderr as the service does by default.
COALESCING: Sequence[str | Path] = (Path(sys.executable).with_name("decider"), "serve", "--address", "127.0.0.1:0")
NOT_COALESCING: Sequence[str | Path] = (sys.executable, Path(__file__).with_name("uncoalesced.py"))
START_S = 60.0
STOP_S = 10.0


@dataclass(frozen=True)
class Program:
    """A program that serves: at which address (host:port), and its processes by what they are called."""

    address: str
    pids: Mapping[str, int]


@asynccontextmanager
async def service(command: Sequence[str | Path], log: Path) -> AsyncIterator[Program]:
    """Run a service of refunds, with the settings it has by default, as long as the block lasts."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DECIDER_")}
    async with running(command, log, environment) as process:
        assert process.stdout is not None
        said = await asyncio.wait_for(process.stdout.readline(), START_S)
        if not said.startswith(b"decider serves on "):
            raise SystemExit(f"{command[0]} does not start: {log.read_text()}")  # noqa: ASYNC240 (nothing else goes on)
        opa = {"OPA": only_child(process.pid)} if sys.platform == "linux" else {}
        yield Program(said.decode().split()[-1], {"service": process.pid, **opa})


@asynccontextmanager
async def running(command: Sequence[str | Path], log: Path, environment: Mapping[str, str]) -> AsyncIterator[Process]:
    """Run a program as long as the block lasts; its stderr goes to the file `log`."""
    with log.open("wb") as errors:
        process = await asyncio.create_subprocess_exec(
            *command, stdin=DEVNULL, stdout=PIPE, stderr=errors, env=environment
        )
    try:
        yield process
    finally:
        await _end(process)


async def _end(process: Process) -> None:
    """End a program that still runs: politely, and by force where it does not follow."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), STOP_S)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
