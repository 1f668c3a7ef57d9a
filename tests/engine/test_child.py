"""One OPA process: who may ask it, what its secrets are, and that it is no orphan."""

from __future__ import annotations

import asyncio
import gzip
import io
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp

from decider.bundle import LoadedBundle
from decider.engine import child
from decider.engine.child import OpaChild
from support.processes import alive, holding, mode, peak_mib, read, target, until
from support.shipped import OPA


async def test_only_the_token_opens_only_the_two_paths(bundle: LoadedBundle) -> None:
    opa = await OpaChild.start(OPA, bundle.file)
    home = "http://opa"
    ours = {"Authorization": f"Bearer {opa.token}"}
    wrong = {"Authorization": f"Bearer {opa.token[:-1]}"}
    decisions = ("POST", "/v1/data/decider/decisions")

    async with aiohttp.ClientSession(connector=aiohttp.UnixConnector(str(opa.socket))) as session:

        async def status(way: tuple[str, str], headers: dict[str, str]) -> int:
            body = b'{"input": {"items": []}}' if way[0] == "POST" else None
            async with session.request(way[0], home + way[1], data=body, headers=headers) as answer:
                return answer.status

        try:
            for _ in range(1200):
                try:
                    assert await status(("GET", "/health"), {}) == 401
                    break
                except aiohttp.ClientConnectionError:
                    await asyncio.sleep(0.05)
            assert await status(("GET", "/health"), ours) == 200
            assert await status(decisions, ours) == 200
            assert [await status(decisions, headers) for headers in ({}, wrong)] == [401, 401]
            others = [
                ("GET", "/v1/data"),
                ("GET", "/v1/data/decider/decisions"),
                ("POST", "/v1/data/decider"),
                ("POST", "/v1/data/decider/decisions/0"),
                ("POST", "/v1/data/decider%2Fdecisions"),
                ("POST", "/v1/data/system/token"),
                ("POST", "/v0/data/decider/decisions"),
                ("POST", "/"),
                ("POST", "/v1/query"),
                ("POST", "/v1/compile"),
                ("PUT", "/v1/policies/mine"),
                ("PUT", "/v1/data/policies"),
                ("GET", "/v1/policies"),
                ("GET", "/v1/config"),
                ("GET", "/metrics"),
                ("GET", "/"),
            ]
            assert dict.fromkeys(others, 401) == {way: await status(way, ours) for way in others}
        finally:
            await opa.kill()


async def test_a_large_body_is_refused_before_it_is_read(bundle: LoadedBundle) -> None:
    """OPA parses the body of a request that it will not authorise: an array of 200 MB took it to 1 GB."""
    large = b'{"input": "' + b"x" * (200 << 20) + b'"}'

    async def in_chunks() -> AsyncIterator[bytes]:
        for start in range(0, len(large), 1 << 20):
            yield large[start : start + (1 << 20)]

    opa = await OpaChild.start(OPA, bundle.file)
    try:
        await until(opa.socket.exists)
        before = peak_mib(opa.pid)
        connector = aiohttp.UnixConnector(str(opa.socket), force_close=True)
        async with aiohttp.ClientSession(connector=connector) as session:
            answers = [
                await refused(session, data=io.BytesIO(large)),
                await refused(session, data=in_chunks()),
                await refused(session, data=io.BytesIO(gzip.compress(large, 1)), headers={"Content-Encoding": "gzip"}),
            ]
        grown = peak_mib(opa.pid) - before
    finally:
        await opa.kill()

    assert answers == [400, 400, 400]
    assert grown < 100


async def refused(session: aiohttp.ClientSession, **request: Any) -> int:
    """Send a request without a token; give the status, 400 too where OPA hangs up on what it will not read."""
    try:
        async with session.post("http://opa/v1/data/decider/decisions", **request) as answer:
            return answer.status
    except aiohttp.ClientConnectionError:
        return 400


async def test_only_this_user_can_open_the_socket(bundle: LoadedBundle) -> None:
    opa = await OpaChild.start(OPA, bundle.file)
    try:
        await until(opa.socket.exists)
        await until(lambda: mode(opa.socket) == 0o600)
        assert mode(opa.socket.parent) == 0o700
    finally:
        await opa.kill()


async def test_the_token_is_neither_on_the_command_line_nor_on_disk_nor_in_the_environment(
    bundle: LoadedBundle,
) -> None:
    opa = await OpaChild.start(OPA, bundle.file)
    try:
        process = Path(f"/proc/{opa.pid}")
        await until(lambda: read(process / "cmdline").startswith(bytes(OPA)))
        environment = read(process / "environ").split(b"\0")
        folder = target(process / "cwd")

        assert opa.token.encode() not in read(process / "cmdline")
        assert {b"GOGC", b"HOME", b"TMPDIR", b""} == {entry.partition(b"=")[0] for entry in environment}
        assert mode(folder) == 0o700
        assert not holding(folder, opa.token.encode())
    finally:
        await opa.kill()
    assert not os.access(folder, os.F_OK)
    assert not alive(opa.pid)


async def test_a_service_killed_by_kill_9_leaves_no_opa(bundle: LoadedBundle, tmp_path: Path) -> None:
    script = tmp_path / "service.py"
    script.write_text(f"""
import asyncio
from functools import partial
from pathlib import Path
from decider.bundle import LoadedBundle
from decider.engine import OpaEngine, child, supervisor

class Digest:
    digest = {bundle.catalog.digest!r}

async def main():
    async with OpaEngine.start(LoadedBundle(Digest(), Path({str(bundle.file)!r})), Path({str(OPA)!r})) as engine:
        print(engine.opa_pid, flush=True)
        await asyncio.sleep(60)

asyncio.run(main())
""")
    service = await asyncio.create_subprocess_exec(sys.executable, script, stdout=asyncio.subprocess.PIPE)
    try:
        assert service.stdout is not None
        opa = 0
        while not opa:  # log lines may come first
            line = await service.stdout.readline()
            assert line
            opa = int(line) if line.strip().isdigit() else 0
        assert alive(opa)
        service.kill()
        await service.wait()
        await until(lambda: not alive(opa))
    finally:
        if service.returncode is None:
            service.kill()
            await service.wait()


async def test_a_launcher_without_its_parent_starts_nothing() -> None:
    launcher = Path(child.__file__).with_name("launch.py")
    stranger = await asyncio.create_subprocess_exec(
        sys.executable, launcher, "1", OPA, "version", stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    said, complained = await stranger.communicate()

    assert (stranger.returncode, said) == (1, b"")
    assert b"the parent is gone" in complained
