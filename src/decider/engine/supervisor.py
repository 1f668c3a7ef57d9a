"""Keeps OPA running: starts it, watches it, and replaces it when it is dead or hung.

starting ── healthy, self-test passed ──> ready ── ended, or hung ──> back-off ──> starting
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import structlog

from decider.bundle.loading import LoadedBundle
from decider.engine.child import OpaChild
from decider.engine.opa_client import OpaClient
from decider.errors import DeciderError, EngineUnavailable

__all__ = ["OpaSupervisor"]

START_S = 20.0  # the time limit for loading the bundle and the self-test, which take 0.1 to 0.3 s on an idle machine
POLL_S = 0.02
FIRST_ATTEMPTS = 3  # after so many failures the service gives up its start
SETTLED_S = 1.0  # an OPA that ran for so long is replaced at once when it ends
BACK_OFF_S = 0.05
MAX_BACK_OFF_S = 1.0  # together with a start, OPA is back within two seconds, however often it was killed

_log = structlog.get_logger(__name__)


class OpaSupervisor:
    """Supervises OPA for one bundle; use it from the event loop of the main thread.

    It asks OPA for its health every `probe_interval_s` seconds, and replaces OPA if no answer comes within
    `probe_timeout_s`.
    """

    def __init__(
        self, bundle: LoadedBundle, opa: Path, *, probe_interval_s: float = 0.5, probe_timeout_s: float = 2.0
    ) -> None:
        self._bundle = bundle
        self._opa = opa
        self._probe_interval_s = probe_interval_s
        self._probe_timeout_s = probe_timeout_s
        self._child: OpaChild | None = None
        self._client: OpaClient | None = None
        self._ready = asyncio.Event()
        self._watchers: list[Callable[[bool], None]] = []
        self._task: asyncio.Task[None] | None = None
        self._started: asyncio.Future[str] | None = None  # "" when OPA is ready for the first time, else the problem

    @property
    def ready(self) -> bool:
        """Whether OPA is running, has passed its self-test, and has not failed since."""
        return self._ready.is_set()

    @property
    def pid(self) -> int | None:
        """The process id of the current OPA, if there is one."""
        return self._child.pid if self._child else None

    @property
    def client(self) -> OpaClient:
        """The client of the current OPA. Raises EngineUnavailable if OPA is not ready."""
        if self._client is None or not self.ready:
            raise EngineUnavailable("the policy engine is down; it is being restarted")
        return self._client

    def subscribe(self, watcher: Callable[[bool], None]) -> None:
        """Call `watcher` with the readiness now and at every change, in the thread of the event loop."""
        self._watchers.append(watcher)
        watcher(self.ready)

    async def wait_ready(self) -> None:
        """Wait until OPA is ready; the caller limits the wait."""
        await self._ready.wait()

    async def start(self) -> None:
        """Start OPA and wait until it is ready. Raises EngineUnavailable, with OPA's output, if it does not start."""
        self._started = asyncio.get_running_loop().create_future()
        self._task = asyncio.create_task(self._supervise(), name="opa-supervisor")
        problem = "cancelled"
        try:
            problem = await self._started
        finally:
            if problem:
                await self.aclose()
        if problem:
            raise EngineUnavailable(f"OPA does not start: {problem}")

    async def aclose(self) -> None:
        """End OPA, and wait until it has ended."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _supervise(self) -> None:
        loop = asyncio.get_running_loop()
        failures = 0
        while True:
            began = loop.time()
            try:
                reason = await self._serve()
            except Exception as bug:  # noqa: BLE001 (whatever fails, the service needs an OPA: start another)
                reason = f"a bug: {type(bug).__name__}"
            failures = 0 if loop.time() - began >= SETTLED_S else failures + 1
            _log.warning("engine.lost", reason=reason, in_a_row=failures)
            if failures >= FIRST_ATTEMPTS:
                self._finish_start(reason)
            await asyncio.sleep(min(MAX_BACK_OFF_S, BACK_OFF_S * 2 ** (failures - 1)) if failures else 0)

    async def _serve(self) -> str:
        """Serve with one OPA until it is lost; return the reason."""
        try:
            child = self._child = await OpaChild.start(self._opa, self._bundle.file)
        except OSError as failure:
            return f"cannot be started: {failure.strerror}"
        client = OpaClient(child.socket, child.token, self._bundle.catalog.digest)
        ended = asyncio.create_task(child.wait())
        try:
            await client.open()
            problem = await self._problem_at_start(child, client)
            if problem:
                return problem
            child.serving()
            self._set_ready(client)
            return await self._problem_while_serving(ended, client)
        finally:
            self._set_ready(None)
            try:
                await client.aclose()
            finally:
                await child.kill()
                await ended
                self._child = None

    async def _problem_at_start(self, child: OpaChild, client: OpaClient) -> str:
        """Wait for health, then query an empty batch as a self-test; return the problem, or "" if there is none."""
        try:
            async with asyncio.timeout(START_S):
                while not await client.healthy():
                    if child.returncode is not None:
                        return f"ended with {child.returncode}: {child.last_words}"
                    await asyncio.sleep(POLL_S)
                await client.query([], START_S)
        except TimeoutError:
            return f"not ready in {START_S:.0f} s: {child.last_words}"
        except DeciderError as failure:
            return f"self-test failed: {failure.message}"
        return ""

    async def _problem_while_serving(self, ended: asyncio.Task[int], client: OpaClient) -> str:
        while True:
            await asyncio.wait({ended}, timeout=self._probe_interval_s)
            if ended.done():
                return f"ended with {ended.result()}"
            try:
                async with asyncio.timeout(self._probe_timeout_s):
                    healthy = await client.healthy()
            except TimeoutError:
                return f"hung for {self._probe_timeout_s} s"
            if not healthy:
                # Most likely OPA has just ended, which is the better reason.
                await asyncio.wait({ended}, timeout=POLL_S)
                return f"ended with {ended.result()}" if ended.done() else "unhealthy"

    def _set_ready(self, client: OpaClient | None) -> None:
        before = self.ready
        self._client = client
        if client:
            self._ready.set()
            self._finish_start("")
            _log.info("engine.ready", pid=self.pid, digest=self._bundle.catalog.digest)
        else:
            self._ready.clear()
        if self.ready != before:
            for watcher in self._watchers:
                try:
                    watcher(self.ready)
                except Exception as bug:  # noqa: BLE001 (a watcher must not stop the supervision)
                    _log.error("engine.watcher_failed", type=type(bug).__name__)

    def _finish_start(self, problem: str) -> None:
        if self._started and not self._started.done():
            self._started.set_result(problem)
