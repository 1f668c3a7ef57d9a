"""One OPA process: its start on loopback behind a token, and its end."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import secrets
import shutil
import socket
import sys
import tempfile
from pathlib import Path

import orjson

__all__ = ["OpaChild"]

HOST = "127.0.0.1"
TERMINATE_S = 2.0
_HERE = Path(__file__).parent
_LAST_LINES = 20
_LINE_BYTES = 1 << 20


class OpaChild:
    """A started `opa run --server` that serves one bundle.

    `token` is what requests must carry, `port` where it listens; `returncode` is None while it runs.
    The process dies with the thread that started it (Linux), so start it from the thread of the event loop.
    """

    def __init__(self, process: asyncio.subprocess.Process, port: int, token: str, folder: Path) -> None:
        self.port = port
        self.token = token
        self._process = process
        self._folder = folder
        self._said: list[str] = []
        self._served = False
        self._listening = asyncio.create_task(self._listen(), name="opa-output")

    @classmethod
    async def start(cls, opa: Path, bundle: Path) -> OpaChild:
        """Start OPA on a free port; it is not ready yet. Raises OSError if the program cannot be started."""
        token = secrets.token_urlsafe(32)
        port = _free_port()
        folder = Path(tempfile.mkdtemp(prefix="decider-opa-"))  # mode 0700
        try:
            _write_authorisation(folder, token)
            process = await asyncio.create_subprocess_exec(
                *_command(opa, bundle, folder, port),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT,  # what stops its start it writes to either
                # Nothing of the service's environment; GOGC=400 takes 10 to 25 % off an evaluation.
                env={"GOGC": "400", "HOME": str(folder), "TMPDIR": str(folder)},
                cwd=folder,
                # A Ctrl-C in the terminal is the service's to handle: calls under way still need OPA.
                start_new_session=True,
                limit=_LINE_BYTES,
            )
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return cls(process, port, token, folder)

    @property
    def pid(self) -> int:
        """The process id; the launcher's, which becomes OPA's."""
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        """How it ended (negative: the signal), or None while it runs."""
        return self._process.returncode

    @property
    def last_words(self) -> str:
        """What it wrote before it served its first request, so no personal data."""
        return " ".join(self._said)

    def serving(self) -> None:
        """From now on requests are served: what it writes could hold personal data and is no longer kept.

        All is loaded, so the private folder goes now: a service killed by SIGKILL leaves nothing behind.
        """
        self._said.clear()
        self._served = True
        shutil.rmtree(self._folder, ignore_errors=True)

    async def wait(self) -> int:
        """Wait for the process to end."""
        return await self._process.wait()

    async def stop(self) -> None:
        """End it, politely for two seconds and then by force, and remove its private folder. May be called twice."""
        try:
            if self._process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    self._process.terminate()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._process.wait(), TERMINATE_S)
            await self.kill()
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)

    async def kill(self) -> None:
        """End it at once, also when it is stopped or hung, and remove its private folder."""
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
        await self._process.wait()
        await self._listening
        shutil.rmtree(self._folder, ignore_errors=True)

    async def _listen(self) -> None:
        stream = self._process.stdout
        assert stream is not None  # noqa: S101 (it was asked for)
        while True:
            try:
                line = await stream.readline()
            except ValueError:  # a line longer than the limit; its rest follows
                continue
            if not line:
                return
            if not self._served and len(self._said) < _LAST_LINES:
                self._said.append(line.decode("utf-8", "replace").strip())


def _command(opa: Path, bundle: Path, folder: Path, port: int) -> list[str]:
    launcher = [sys.executable, "-I", "-S", str(_HERE / "launch.py"), str(os.getpid())]
    return [
        *launcher,
        str(opa),
        "run",
        "--server",
        f"--addr={HOST}:{port}",
        "--authentication=token",
        "--authorization=basic",
        "--skip-version-check",
        "--log-level=error",
        "--shutdown-grace-period=1",
        "--bundle",
        str(bundle.resolve()),
        str(folder / "authz"),
    ]


def _write_authorisation(folder: Path, token: str) -> None:
    """Write a bundle of its own: authz.rego, and the digest of the token as data. The token stays off disk."""
    system = folder / "authz" / "system"
    (system / "authz").mkdir(parents=True)
    (system / "token").mkdir()
    shutil.copyfile(_HERE / "authz.rego", system / "authz" / "authz.rego")
    (system / "token" / "data.json").write_bytes(orjson.dumps({"sha256": hashlib.sha256(token.encode()).hexdigest()}))
    (folder / "authz" / ".manifest").write_bytes(orjson.dumps({"roots": ["system/authz", "system/token"]}))


def _free_port() -> int:
    """Return a port that is free now. Should another process take it first, OPA ends and is started on another one."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
