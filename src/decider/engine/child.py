"""One OPA process: its start on a socket that only this user can open, behind a token, and its end."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import hashlib
import os
import secrets
import shutil
import sys
import tempfile
from pathlib import Path

import orjson

__all__ = ["OpaChild"]

# OPA reads and parses the body of a request before it asks who sends it. The bound holds for what a compressed body
# becomes too. A query of the service is smaller (coalescer.py).
BODY_BYTES = 12 * 1024 * 1024
# The longest path of a socket on macOS; on Linux it is 107.
_SOCKET_PATH_BYTES = 103
_HERE = Path(__file__).parent
_LAST_LINES = 20
_LINE_BYTES = 1 << 20


class OpaChild:
    """A started `opa run --server` that serves one bundle.

    `token` is what requests must carry, `socket` where it listens; `returncode` is None while it runs.
    The process dies with the thread that started it (Linux), so start it from the thread of the event loop.
    """

    def __init__(self, process: asyncio.subprocess.Process, socket: Path, token: str, folder: Path) -> None:
        self.socket = socket
        self.token = token
        self._process = process
        self._folder = folder
        self._said: list[str] = []
        self._served = False
        self._listening = asyncio.create_task(self._listen(), name="opa-output")

    @classmethod
    async def start(cls, opa: Path, bundle: Path) -> OpaChild:
        """Start OPA in a private folder beside the bundle; it is not ready yet.

        Raises OSError if the program cannot be started.
        """
        token = secrets.token_urlsafe(32)
        folder = _folder_beside(bundle)
        try:
            socket = _socket_in(folder)
            _write_authorisation(folder, token)
            process = await asyncio.create_subprocess_exec(
                *_command(opa, bundle, folder, socket),
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
        return cls(process, socket, token, folder)

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
        """From now on requests are served: what it writes could hold personal data and is no longer kept."""
        self._said.clear()
        self._served = True

    async def wait(self) -> int:
        """Wait for the process to end."""
        return await self._process.wait()

    async def kill(self) -> None:
        """End it at once, also when it is stopped or hung, and remove its private folder. May be called twice.

        OPA holds nothing that it would have to finish or write.
        """
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


def _command(opa: Path, bundle: Path, folder: Path, socket: Path) -> list[str]:
    launcher = [sys.executable, "-I", "-S", str(_HERE / "launch.py"), str(os.getpid())]
    return [
        *launcher,
        str(opa),
        "run",
        "--server",
        f"--addr=unix://{socket}",
        "--unix-socket-perm=600",
        f"--set=server.decoding.max_length={BODY_BYTES}",
        f"--set=server.decoding.gzip.max_length={BODY_BYTES}",
        "--authentication=token",
        "--authorization=basic",
        "--skip-version-check",
        "--log-level=error",
        "--bundle",
        str(bundle.resolve()),
        str(folder / "authz"),
    ]


def _folder_beside(bundle: Path) -> Path:
    return Path(tempfile.mkdtemp(prefix="opa-", dir=bundle.resolve().parent))  # mode 0700


def _socket_in(folder: Path) -> Path:
    socket = folder / "socket"
    if len(bytes(socket)) > _SOCKET_PATH_BYTES:
        raise OSError(errno.ENAMETOOLONG, f"the temporary folder has too long a name: {folder}")
    return socket


def _write_authorisation(folder: Path, token: str) -> None:
    """Write a bundle of its own: authz.rego, and the digest of the token as data. The token stays off disk."""
    system = folder / "authz" / "system"
    (system / "authz").mkdir(parents=True)
    (system / "token").mkdir()
    shutil.copyfile(_HERE / "authz.rego", system / "authz" / "authz.rego")
    (system / "token" / "data.json").write_bytes(orjson.dumps({"sha256": hashlib.sha256(token.encode()).hexdigest()}))
    (folder / "authz" / ".manifest").write_bytes(orjson.dumps({"roots": ["system/authz", "system/token"]}))
