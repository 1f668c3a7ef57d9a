"""Runs OPA: a command to its end, or a server of policies that is asked many times. Other programs run the same way."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiohttp
import orjson

from decider import engine

__all__ = ["NOT_HIDDEN", "CompileError", "Failed", "OpaServer", "ProgramFailed", "check", "printed", "run", "serving"]

# Makes OPA skip hidden files and folders. `.*` would match the folder `.` too.
NOT_HIDDEN = "--ignore=.?*"
# OPA traces its tests: minutes on a busy machine, where an idle one takes seconds.
_PROGRAM_TIMEOUT_S = 900
_START_TIMEOUT_S = 120
# No rule and no case takes a hundredth of it; a mutant that takes longer is caught.
_ASK_TIMEOUT_S = 60
_LAUNCHER = Path(engine.__file__).parent / "launch.py"
# The service asks the same way: an error of a builtin is an error, not merely undefined.
_STRICT = "strict-builtin-errors=true"


class ProgramFailed(RuntimeError):
    """A program did not run, or refused its input; `file` and `line` are the place at fault, if it is known."""

    def __init__(self, message: str, *, file: str = "", line: int = 0, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.file = file
        self.line = line
        self.hint = hint

    def __str__(self) -> str:
        """Write the place, if there is one, before the message."""
        place = ":".join([self.file, *([str(self.line)] if self.line else [])])
        return f"{place}: {self.message}" if self.file else self.message


def run(
    command: Sequence[str | Path], cwd: Path | None = None, *, stdin: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a program to its end, whatever its exit code. Raises ProgramFailed if it does not start or does not end."""
    try:
        return subprocess.run(
            command,
            cwd=cwd,
            input=stdin,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_PROGRAM_TIMEOUT_S,
            check=False,
        )
    except OSError as failure:
        raise ProgramFailed(f"{command[0]} did not run: {failure.strerror}", hint="decider tools install") from None
    except subprocess.TimeoutExpired:
        raise ProgramFailed(f"{Path(command[0]).name} was not done after {_PROGRAM_TIMEOUT_S} s") from None


def printed(done: subprocess.CompletedProcess[str]) -> str:
    """Return what a program printed, on one line; if it printed nothing, its exit code."""
    return " ".join((done.stdout + done.stderr).split()) or f"ended with {done.returncode} and printed nothing"


@dataclass(frozen=True)
class CompileError:
    """What OPA objects to, and where; `file` is relative to the folder, or "" if OPA names no file."""

    file: str
    row: int
    message: str


def check(opa: Path, folder: Path, capabilities: Path, *options: str | Path) -> Sequence[CompileError]:
    """Compile the policies of a folder; return everything OPA objects to.

    `capabilities` lists the builtins that may be called, if there is such a file. Raises ProgramFailed.
    """
    limits: list[str | Path] = ["--capabilities", capabilities.resolve()] if capabilities.is_file() else []
    command = [opa, "check", "--max-errors", "100000", "--format", "json", NOT_HIDDEN, *limits, *options, "."]
    done = run(command, folder)
    if done.returncode == 0:
        return []
    try:
        errors = json.loads(done.stderr or done.stdout)["errors"]
        return [_compile_error(error) for error in errors]
    except (json.JSONDecodeError, KeyError, AttributeError):
        return [CompileError("", 0, printed(done))]


def _compile_error(error: Mapping[str, Any]) -> CompileError:
    place = error.get("location") or {}
    message = f"{error['code']}: {error['message']}" if error.get("code") else str(error["message"])
    return CompileError(str(place.get("file", "")).removeprefix("./"), place.get("row", 0), message)


@dataclass(frozen=True)
class Failed:
    """An evaluation failed: a conflict of rules, an error of a builtin, or no end."""

    code: str


class OpaServer:
    """A running OPA server that holds policies; it answers one question at a time."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def put(self, path: Sequence[str], value: object) -> None:
        """Set a value in the data."""
        async with self._session.put(_url(path), data=orjson.dumps(value)) as answer:
            if answer.status >= 300:
                raise ProgramFailed(f"OPA refused data at {'/'.join(path)}: {await answer.text()}")

    async def value(self, path: Sequence[str]) -> object:
        """Return the value of a rule or of data: None where it is undefined, Failed where it fails."""
        return await self._asked("GET", _url(path), None)

    async def decisions(
        self, items: Sequence[Mapping[str, Any]], policy_id: str = "", versions: Mapping[str, Any] | None = None
    ) -> object:
        """Return what the policies decide on policy inputs, in order; `versions` replaces those of one policy."""
        if versions is None:
            document: dict[str, Any] = {"input": {"items": items}}
            return await self._asked("POST", f"{_url(('decider', 'decisions'))}?{_STRICT}", document)
        target = orjson.dumps(policy_id).decode()
        query = f"answers := data.decider.decisions with data.policies[{target}].versions as input.versions"
        document = {"query": query, "input": {"items": items, "versions": versions}}
        rows = await self._asked("POST", f"http://opa/v1/query?{_STRICT}", document)
        return rows[0]["answers"] if isinstance(rows, list) and rows else rows

    async def _asked(self, method: str, url: str, document: object) -> object:
        body = None if document is None else orjson.dumps(document)
        try:
            async with self._session.request(method, url, data=body) as answer:
                content = orjson.loads(await answer.read())
        except TimeoutError:
            return Failed("timeout")
        except (aiohttp.ClientError, orjson.JSONDecodeError) as failure:
            raise ProgramFailed(f"OPA broke off: {type(failure).__name__}: {failure}") from None
        if answer.status != 200:
            return Failed(str(content.get("code", answer.status)))
        return content.get("result")


def _url(path: Sequence[str]) -> str:
    return "http://opa/v1/data/" + "/".join(quote(part, safe="") for part in path)


@asynccontextmanager
async def serving(opa: Path, folder: Path) -> AsyncIterator[OpaServer]:
    """Serve the rules and the data of a folder on a private socket as long as the block lasts. Raises ProgramFailed."""
    with tempfile.TemporaryDirectory(prefix="decider-opa-") as private:
        socket, log = Path(private) / "opa.sock", Path(private) / "log"
        with log.open("wb") as output:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-I", "-S", str(_LAUNCHER), str(os.getpid()), str(opa)),
                *("run", "--server", f"--addr=unix://{socket}", "--skip-version-check", "--log-level=error", "."),
                cwd=folder,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,  # OPA writes what stops its start to either
                stderr=output,
                # One core each: there are as many servers as there are jobs.
                env={"GOMAXPROCS": "1", "GOGC": "400", "HOME": private, "TMPDIR": private},
                start_new_session=True,
            )
        connector, timeout = aiohttp.UnixConnector(path=str(socket)), aiohttp.ClientTimeout(total=_ASK_TIMEOUT_S)
        try:
            async with aiohttp.ClientSession(connector=connector, timeout=timeout) as session:
                await _ready(session, process, log)
                yield OpaServer(session)
        finally:
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
            await process.wait()


async def _ready(session: aiohttp.ClientSession, process: asyncio.subprocess.Process, log: Path) -> None:
    """Wait until OPA serves. Raises ProgramFailed if it ends or takes too long."""
    loop = asyncio.get_running_loop()
    until = loop.time() + _START_TIMEOUT_S
    while loop.time() < until:
        if process.returncode is not None:
            words = log.read_text(errors="replace").split()  # noqa: ASYNC240 (a few lines, once)
            raise ProgramFailed(f"OPA did not start: {' '.join(words)[-400:]}")
        with contextlib.suppress(aiohttp.ClientError):
            async with session.get("http://opa/health") as answer:
                if answer.status == 200:
                    return
        await asyncio.sleep(0.05)
    raise ProgramFailed(f"OPA was not ready after {_START_TIMEOUT_S} s")
