"""OPA for mutants: policies compiled once, asked many times, over a private socket."""

from __future__ import annotations

import asyncio
import contextlib
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
from decider.authoring.mutate.faults import MutationFault

__all__ = ["CompileError", "Failed", "Opa", "check", "started"]

_START_TIMEOUT_S = 120
_CHECK_TIMEOUT_S = 600
# No rule or case takes a hundredth of it; a mutant that does is caught.
_ASK_TIMEOUT_S = 60
_LAUNCHER = Path(engine.__file__).parent / "launch.py"
# As the service asks: an error of a builtin is an error, not merely undefined.
_STRICT = "strict-builtin-errors=true"


@dataclass(frozen=True)
class CompileError:
    """What OPA objects to: where, and what."""

    file: str
    row: int
    message: str


@dataclass(frozen=True)
class Failed:
    """The evaluation itself failed: a conflict of rules, an error of a builtin, no end."""

    code: str


def check(opa: Path, folder: Path, capabilities: Path) -> Sequence[CompileError]:
    """Compile the policies of a folder under `capabilities`, where there is such a file; return what OPA objects to.

    Raises MutationFault.
    """
    command: list[str | Path] = [opa, "check", "--max-errors", "100000", "--format", "json", "."]
    if capabilities.is_file():
        command += ["--capabilities", capabilities.resolve()]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=_CHECK_TIMEOUT_S, check=False)
    except (OSError, subprocess.TimeoutExpired) as failure:
        raise MutationFault(f"opa check did not run: {type(failure).__name__}") from None
    if done.returncode == 0:
        return []
    try:
        errors = orjson.loads(done.stderr or done.stdout)["errors"]
        places = [(one.get("location") or {}, one.get("message", "")) for one in errors]
    except (orjson.JSONDecodeError, KeyError, AttributeError):
        said = " ".join((done.stderr or done.stdout).decode(errors="replace").split())
        raise MutationFault(f"opa check failed: {said[:400]}") from None
    return [CompileError(str(at.get("file", "")).removeprefix("./"), at.get("row", 0), why) for at, why in places]


class Opa:
    """A running OPA; ask it one thing at a time."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def put(self, path: Sequence[str], value: object) -> None:
        """Set a value in OPA's data."""
        async with self._session.put(_url(path), data=orjson.dumps(value)) as answer:
            if answer.status >= 300:
                raise MutationFault(f"OPA refused data at {'/'.join(path)}: {await answer.text()}")

    async def value(self, path: Sequence[str]) -> object:
        """Return the value of a rule, None where it is undefined, Failed where it fails."""
        return await self._asked("GET", _url(path), None)

    async def decisions(
        self, items: Sequence[Mapping[str, Any]], policy_id: str = "", versions: Mapping[str, Any] | None = None
    ) -> object:
        """Return what the policies say to policy inputs, in their order, as if a policy had other versions."""
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
                said = orjson.loads(await answer.read())
        except TimeoutError:
            return Failed("timeout")
        except (aiohttp.ClientError, orjson.JSONDecodeError) as failure:
            raise MutationFault(f"OPA broke off: {type(failure).__name__}: {failure}") from None
        if answer.status != 200:
            return Failed(str(said.get("code", answer.status)))
        return said.get("result")


def _url(path: Sequence[str]) -> str:
    return "http://opa/v1/data/" + "/".join(quote(part, safe="") for part in path)


@asynccontextmanager
async def started(opa: Path, folder: Path) -> AsyncIterator[Opa]:
    """Run OPA over the rules and the data of a folder as long as the block lasts. Raises MutationFault."""
    with tempfile.TemporaryDirectory(prefix="decider-mutate-") as private:
        socket, said = Path(private) / "opa.sock", Path(private) / "said"
        with said.open("wb") as written:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-I", "-S", str(_LAUNCHER), str(os.getpid()), str(opa)),
                *("run", "--server", f"--addr=unix://{socket}", "--skip-version-check", "--log-level=error", "."),
                cwd=folder,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=written,  # what stops its start it writes to either
                stderr=written,
                # One core each: there are as many of them as there are jobs.
                env={"GOMAXPROCS": "1", "GOGC": "400", "HOME": private, "TMPDIR": private},
                start_new_session=True,
            )
        connector, timeout = aiohttp.UnixConnector(path=str(socket)), aiohttp.ClientTimeout(total=_ASK_TIMEOUT_S)
        try:
            async with aiohttp.ClientSession(connector=connector, timeout=timeout) as session:
                await _ready(session, process, said)
                yield Opa(session)
        finally:
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
            await process.wait()


async def _ready(session: aiohttp.ClientSession, process: asyncio.subprocess.Process, said: Path) -> None:
    """Wait until OPA serves. Raises MutationFault if it ends or takes too long."""
    loop = asyncio.get_running_loop()
    until = loop.time() + _START_TIMEOUT_S
    while loop.time() < until:
        if process.returncode is not None:
            words = said.read_text(errors="replace").split()  # noqa: ASYNC240 (a few lines, once)
            raise MutationFault(f"OPA did not start: {' '.join(words)[-400:]}")
        with contextlib.suppress(aiohttp.ClientError):
            async with session.get("http://opa/health") as answer:
                if answer.status == 200:
                    return
        await asyncio.sleep(0.05)
    raise MutationFault(f"OPA was not ready after {_START_TIMEOUT_S} s")
