"""Keeps one OPA serving: starts it, watches it, and starts another when it is dead or hung.

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

START_S = 20.0  # for OPA to load the bundle and pass the self-test; 0.1 to 0.3 s on an idle machine
POLL_S = 0.02
FIRST_ATTEMPTS = 3  # before the service gives up its start
SETTLED_S = 1.0  # who lived as long ended for a reason of its own, and is replaced at once
BACK_OFF_S = 0.05
MAX_BACK_OFF_S = 1.0  # with the time of a start: back within two seconds, however often it was killed

_log = structlog.get_logger(__name__)


class OpaSupervisor:
    """Supervises OPA for one bundle; use it from one event loop, that of the main thread.

    Every `probe_interval_s` OPA is asked for its health; without an answer in `probe_timeout_s` it is replaced.
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
        self._started: asyncio.Future[str] | None = None  # "" when first ready, else what the problem is

    @property
    def ready(self) -> bool:
        """Whether OPA is up, has passed its self-test and was not seen failing since."""
        return self._ready.is_set()

    @property
    def pid(self) -> int | None:
        """The process id of the present OPA, if there is one."""
        return self._child.pid if self._child else None

    @property
    def client(self) -> OpaClient:
        """The client of the present OPA. Raises EngineUnavailable unless it is ready."""
        if self._client is None or not self.ready:
            raise EngineUnavailable("the policy engine is down; it is being restarted")
        return self._client

    def subscribe(self, watcher: Callable[[bool], None]) -> None:
        """Call `watcher` with the present readiness now, and with every change of it, in the event loop's thread."""
        self._watchers.append(watcher)
        watcher(self.ready)

    async def wait_ready(self) -> None:
        """Wait until OPA is ready; the caller bounds the wait."""
        await self._ready.wait()

    async def start(self) -> None:
        """Start OPA and wait until it is ready. Raises EngineUnavailable with OPA's own words if it cannot be."""
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
        """End OPA, and wait for its end."""
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
            except Exception as bug:  # noqa: BLE001 (whatever it is, a service without OPA is no service: start another)
                reason = f"a bug: {type(bug).__name__}"
            failures = 0 if loop.time() - began >= SETTLED_S else failures + 1
            _log.warning("engine.lost", reason=reason, in_a_row=failures)
            if failures >= FIRST_ATTEMPTS:
                self._tell_start(reason)
            await asyncio.sleep(min(MAX_BACK_OFF_S, BACK_OFF_S * 2 ** (failures - 1)) if failures else 0)

    async def _serve(self) -> str:
        """Serve with one OPA until it is lost; why it was."""
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
        """Wait for health, then ask for an empty batch, which the bundle just built must answer; "" if all is well."""
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
                # Most likely it has just ended, which is the better reason to name.
                await asyncio.wait({ended}, timeout=POLL_S)
                return f"ended with {ended.result()}" if ended.done() else "unhealthy"

    def _set_ready(self, client: OpaClient | None) -> None:
        before = self.ready
        self._client = client
        if client:
            self._ready.set()
            self._tell_start("")
            _log.info("engine.ready", pid=self.pid, digest=self._bundle.catalog.digest)
        else:
            self._ready.clear()
        if self.ready != before:
            for watcher in self._watchers:
                try:
                    watcher(self.ready)
                except Exception as bug:  # noqa: BLE001 (a watcher must not stop the supervision)
                    _log.error("engine.watcher_failed", type=type(bug).__name__)

    def _tell_start(self, problem: str) -> None:
        if self._started and not self._started.done():
            self._started.set_result(problem)
