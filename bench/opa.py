"""OPA without the service: `opa bench`, `opa eval --profile`, and `opa run --server` asked over plain REST."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from load import Call
from programs import Program, running
from subject import QUERY, Subject

__all__ = ["connections", "evaluation_ms", "expressions", "server"]

HOST = "127.0.0.1"
START_S = 20.0
BENCH_S = 60.0
ENVIRONMENT: Mapping[str, str] = {**os.environ, "GOGC": "400"}  # as the service starts it
MEDIAN = "histogram_timer_rego_query_eval_ns_median"


def evaluation_ms(opa: Path, bundle: Path, folder: Path, subject: Subject) -> float:
    """Return the median time of one evaluation by `opa bench`, in milliseconds; blocks for some three seconds."""
    file = folder / "input.json"
    file.write_bytes(subject.input)
    command: list[str | Path] = [opa, "bench", "--format", "json", "--bundle", bundle, "--input", file, QUERY]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, timeout=BENCH_S, check=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return float(result["Extra"][MEDIAN]) / 1e6


def expressions(opa: Path, bundle: Path, folder: Path, subject: Subject) -> int:
    """Return how many expressions OPA evaluates for one decision: the measure that no noise disturbs."""
    file = folder / "input.json"
    file.write_bytes(subject.input)
    options = ["--format=json", "--profile", "--profile-limit=100000"]
    command: list[str | Path] = [opa, "eval", *options, "--bundle", bundle, "--input", file, QUERY]
    done = subprocess.run(command, capture_output=True, timeout=BENCH_S, check=True)
    return sum(int(place["num_eval"]) for place in json.loads(done.stdout)["profile"])


@asynccontextmanager
async def server(opa: Path, bundle: Path, folder: Path) -> AsyncIterator[Program]:
    """Serve the bundle by OPA alone, without token and authorisation, as long as the block lasts."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    address = f"{HOST}:{port}"
    options = [f"--addr={address}", "--skip-version-check", "--log-level=error", "--bundle", str(bundle)]
    async with running([opa, "run", "--server", *options], folder / "opa.log", ENVIRONMENT) as process:
        async with asyncio.timeout(START_S):
            while not await _healthy(address):
                assert process.returncode is None, (folder / "opa.log").read_text()
                await asyncio.sleep(0.05)
        yield Program(address, {"OPA": process.pid})


@asynccontextmanager
async def connections(address: str, subject: Subject, count: int) -> AsyncIterator[list[Call]]:
    """Open keep-alive connections that ask for the subject's decision, one call in flight on each."""
    body = b'{"input":' + subject.input + b"}"
    path = f"/v1/{QUERY.replace('.', '/')}"
    opened = [await asyncio.open_connection(*address.split(":")) for _ in range(count)]
    try:
        yield [_poster(reader, writer, _request("POST", path, body)) for reader, writer in opened]
    finally:
        for _, writer in opened:
            writer.close()


async def _healthy(address: str) -> bool:
    try:
        reader, writer = await asyncio.open_connection(*address.split(":"))
    except OSError:
        return False
    try:
        writer.write(_request("GET", "/health?bundles", b""))
        return (await reader.readline()).split()[1:2] == [b"200"]
    finally:
        writer.close()


def _request(method: str, path: str, body: bytes) -> bytes:
    headers = ["Host: opa", "Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([f"{method} {path} HTTP/1.1", *headers, "", ""]).encode() + body


def _poster(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> Call:
    """Return a call by bare streams: an HTTP library would cost as much CPU as OPA's hop that is to be seen."""

    async def post() -> bytes:
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        assert head.startswith(b"http/1.1 200 "), head
        _, has_length, length = head.partition(b"content-length: ")
        if has_length:
            return await reader.readexactly(int(length.partition(b"\r\n")[0]))
        return b"".join([chunk async for chunk in _chunks(reader)])

    return post


async def _chunks(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    """Read a body that comes in chunks, as OPA sends what is longer than 2 kB."""
    while size := int(await reader.readline(), 16):
        yield (await reader.readexactly(size + 2))[:size]
    await reader.readline()
