"""An OPA process on a socket that only this user can open, and that requires a token."""

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

# The limit for the body of a request, also after decompression: OPA parses the body before it checks the token.
# Queries of the service are smaller (coalescer.py).
BODY_BYTES = 12 * 1024 * 1024
# The longest path of a socket on macOS; Linux allows 107 bytes.
_SOCKET_PATH_BYTES = 103
_HERE = Path(__file__).parent
_LAST_LINES = 20
_LINE_BYTES = 1 << 20


class OpaChild:
    """A started `opa run --server` that serves one bundle.

    It listens on `socket`, and requests must carry `token`. `returncode` is None while it runs. On Linux the process
    dies with the thread that started it, so start it from the thread of the event loop.
    """

    def __init__(self, process: asyncio.subprocess.Process, socket: Path, token: str, folder: Path) -> None:
        self.socket = socket
        self.token = token
        self._process = process
        self._folder = folder
        self._output: list[str] = []
        self._served = False
        self._listening = asyncio.create_task(self._listen(), name="opa-output")

    @classmethod
    async def start(cls, opa: Path, bundle: Path) -> OpaChild:
        """Start OPA in a private folder beside the bundle, without waiting until it is ready.

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
                stderr=asyncio.subprocess.STDOUT,  # OPA writes errors of its start to either stream
                # OPA gets nothing of the service's environment. GOGC=400 makes an evaluation 10 to 25 % faster.
                env={"GOGC": "400", "HOME": str(folder), "TMPDIR": str(folder)},
                cwd=folder,
                # Ctrl-C in the terminal must not reach OPA, because running calls still need it.
                start_new_session=True,
                limit=_LINE_BYTES,
            )
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return cls(process, socket, token, folder)

    @property
    def pid(self) -> int:
        """The process id of OPA, and before that of the launcher, which becomes OPA."""
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        """The exit code, the negative number of the signal that ended it, or None while it runs."""
        return self._process.returncode

    @property
    def last_words(self) -> str:
        """The output from before the first request, which contains no personal data."""
        return " ".join(self._output)

    def serving(self) -> None:
        """Keep no output from now on, because it could contain personal data of requests."""
        self._output.clear()
        self._served = True

    async def wait(self) -> int:
        """Wait for the process to end."""
        return await self._process.wait()

    async def kill(self) -> None:
        """Kill the process, even if it is stopped or hung, and remove its private folder. May be called twice.

        OPA has nothing to finish or to write.
        """
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
        await self._process.wait()
        await self._listening
        shutil.rmtree(self._folder, ignore_errors=True)

    async def _listen(self) -> None:
        stream = self._process.stdout
        assert stream is not None  # noqa: S101 (the process was started with a pipe)
        while True:
            try:
                line = await stream.readline()
            except ValueError:  # the line is longer than the limit; the rest of it follows
                continue
            if not line:
                return
            if not self._served and len(self._output) < _LAST_LINES:
                self._output.append(line.decode("utf-8", "replace").strip())


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
        raise OSError(errno.ENAMETOOLONG, f"the path of the temporary folder is too long: {folder}")
    return socket


def _write_authorisation(folder: Path, token: str) -> None:
    """Write a separate bundle: authz.rego, and the digest of the token as data. The token itself is not on disk."""
    system = folder / "authz" / "system"
    (system / "authz").mkdir(parents=True)
    (system / "token").mkdir()
    shutil.copyfile(_HERE / "authz.rego", system / "authz" / "authz.rego")
    (system / "token" / "data.json").write_bytes(orjson.dumps({"sha256": hashlib.sha256(token.encode()).hexdigest()}))
    (folder / "authz" / ".manifest").write_bytes(orjson.dumps({"roots": ["system/authz", "system/token"]}))
