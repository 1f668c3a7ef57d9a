"""OPA killed, hung, sick or unwilling to start: with a real OPA."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from decider.bundle import LoadedBundle
from decider.engine import OpaEngine, supervisor
from decider.engine.child import OpaChild
from decider.engine.opa_client import OpaClient
from decider.engine.supervisor import OpaSupervisor
from decider.errors import EngineUnavailable
from support.processes import TIMEOUT_S, alive, state, until
from support.shipped import OPA
from support.tiny import item, plain


def is_another(engine: OpaEngine, pid: int) -> bool:
    return engine.opa_pid != pid


async def test_kill_9_under_load_never_gives_a_wrong_answer(engine: OpaEngine) -> None:
    states: list[bool] = []
    engine.on_readiness(states.append)
    refused = right = 0
    ended = asyncio.Event()

    async def load(worker: int) -> None:
        nonlocal refused, right
        while not ended.is_set():
            for result in await engine.evaluate([item("plain", worker), item("plain", worker + 1)], TIMEOUT_S):
                if isinstance(result, EngineUnavailable):
                    assert result.code == "UNAVAILABLE"
                    refused += 1
                else:
                    assert result in (plain(worker), plain(worker + 1))
                    right += 1
            await asyncio.sleep(0.001)

    async def more_answers() -> None:
        before = right
        await until(lambda: right > before + 20)

    workers = [asyncio.create_task(load(10 * n)) for n in range(8)]
    for _ in range(3):
        await more_answers()
        victim = engine.opa_pid
        assert victim is not None
        os.kill(victim, signal.SIGKILL)
        await until(partial(is_another, engine, victim))
        await asyncio.wait_for(engine.wait_ready(), TIMEOUT_S)
    await more_answers()
    ended.set()
    await asyncio.gather(*workers)

    assert states == [True, False, True, False, True, False, True]
    assert refused > 0
    assert right > 0
    assert [plain(1)] == await engine.evaluate([item("plain", 1)], TIMEOUT_S)


async def test_while_opa_is_gone_callers_do_not_wait_for_their_deadline(engine: OpaEngine) -> None:
    pid = engine.opa_pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    [result] = await engine.evaluate([item("plain", 1)], TIMEOUT_S)

    assert isinstance(result, EngineUnavailable)
    assert result.code == "UNAVAILABLE"
    assert result.reason == "ENGINE_UNAVAILABLE"


@asynccontextmanager
async def hung(bundle: LoadedBundle, **probes: float) -> AsyncIterator[tuple[OpaEngine, int]]:
    """Start an engine and hang its OPA; yield the engine and the id of that process."""
    watched = OpaSupervisor(bundle, OPA, **probes)
    await watched.start()
    engine = OpaEngine(bundle, watched, items_per_query=64)
    try:
        pid = engine.opa_pid
        assert pid is not None
        os.kill(pid, signal.SIGSTOP)
        await until(lambda: state(pid) == "T")
        yield engine, pid
    finally:
        await engine.aclose()


async def test_a_call_to_a_hung_opa_ends_with_its_deadline(bundle: LoadedBundle) -> None:
    async with hung(bundle, probe_interval_s=TIMEOUT_S) as (engine, _):
        [late] = await engine.evaluate([item("plain", 1)], 0.2)

    assert isinstance(late, EngineUnavailable)
    assert late.code == "DEADLINE_EXCEEDED"


async def test_a_hung_opa_is_noticed_and_replaced(bundle: LoadedBundle) -> None:
    async with hung(bundle, probe_interval_s=0.1, probe_timeout_s=2) as (engine, pid):
        [broken] = await engine.evaluate([item("plain", 2)], TIMEOUT_S)

        assert isinstance(broken, EngineUnavailable)
        assert broken.code == "UNAVAILABLE"

        await asyncio.wait_for(engine.wait_ready(), TIMEOUT_S)
        assert [plain(3)] == await engine.evaluate([item("plain", 3)], TIMEOUT_S)
        assert not alive(pid)


async def test_the_end_of_the_engine_is_the_end_of_opa(bundle: LoadedBundle) -> None:
    async with OpaEngine.start(bundle, OPA) as engine:
        pid = engine.opa_pid
        waiting = asyncio.create_task(engine.evaluate([item("slow", 1, steps=300_000)] * 8, TIMEOUT_S))
        await asyncio.sleep(0.05)

    assert pid is not None
    assert not alive(pid)
    assert len(await waiting) == 8
    [result] = await engine.evaluate([item("plain", 1)], TIMEOUT_S)
    assert isinstance(result, EngineUnavailable)


async def test_a_start_that_fails_says_why(bundle: LoadedBundle, tmp_path: Path) -> None:
    broken = tmp_path / "bundle.tar.gz"
    broken.write_bytes(b"no archive")
    with pytest.raises(EngineUnavailable, match=r"OPA does not start: ended with 1: .*bundle") as raised:
        async with OpaEngine.start(LoadedBundle(bundle.catalog, broken), OPA):
            pass

    assert raised.value.code == "UNAVAILABLE"


async def test_another_bundle_does_not_pass_the_self_test(bundle: LoadedBundle) -> None:
    foreign = LoadedBundle(replace(bundle.catalog, digest="sha256:0"), bundle.file)
    with pytest.raises(EngineUnavailable, match="self-test failed: the policy engine serves another bundle"):
        async with OpaEngine.start(foreign, OPA):
            pass


async def test_a_folder_whose_name_is_too_long_for_a_socket(bundle: LoadedBundle, tmp_path: Path) -> None:
    folder = tmp_path / ("x" * 100)
    folder.mkdir()
    moved = replace(bundle, file=Path(shutil.copy(bundle.file, folder)))
    with pytest.raises(EngineUnavailable, match="cannot be started: the path of the temporary folder is too long"):
        async with OpaEngine.start(moved, OPA):
            pass


async def test_a_program_that_cannot_be_started(bundle: LoadedBundle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(EngineUnavailable, match="cannot be started: No such file or directory"):
        async with OpaEngine.start(bundle, OPA):
            pass


async def test_an_opa_that_does_not_get_ready(bundle: LoadedBundle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "START_S", 0.001)
    with pytest.raises(EngineUnavailable, match="not ready in 0 s"):
        async with OpaEngine.start(bundle, OPA):
            pass


async def test_an_unhealthy_opa_is_replaced(bundle: LoadedBundle, monkeypatch: pytest.MonkeyPatch) -> None:
    watched = OpaSupervisor(bundle, OPA, probe_interval_s=0.05)
    await watched.start()
    sick = watched.pid
    healthy = OpaClient.healthy
    try:
        monkeypatch.setattr(OpaClient, "healthy", unhealthy)
        await until(lambda: not watched.ready)
        with pytest.raises(EngineUnavailable):
            _ = watched.client
        monkeypatch.setattr(OpaClient, "healthy", healthy)
        await asyncio.wait_for(watched.wait_ready(), TIMEOUT_S)

        assert watched.pid != sick
    finally:
        await watched.aclose()


async def unhealthy(_client: OpaClient) -> bool:
    return False


async def test_a_bug_in_a_watcher_or_in_serving_does_not_end_the_supervision(
    engine: OpaEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def watcher(ready: bool) -> None:
        if not ready:
            raise KeyError("private")

    async def broken(*_: object) -> OpaChild:
        monkeypatch.setattr(OpaChild, "start", start)
        raise KeyError("private")

    start = OpaChild.start
    monkeypatch.setattr(OpaChild, "start", broken)
    engine.on_readiness(watcher)
    pid = engine.opa_pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    await until(lambda: not engine.ready)
    await asyncio.wait_for(engine.wait_ready(), TIMEOUT_S)

    assert await engine.evaluate([item("plain", 1)], TIMEOUT_S) == [plain(1)]


async def test_a_stopped_opa_is_ended_by_force(bundle: LoadedBundle) -> None:
    async with OpaEngine.start(bundle, OPA) as engine:
        pid = engine.opa_pid
        assert pid is not None
        os.kill(pid, signal.SIGSTOP)

    assert not alive(pid)
