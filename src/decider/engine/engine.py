"""The interface of a policy engine, and its implementation by a supervised OPA."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Protocol

from decider.bundle.catalog import Catalog
from decider.bundle.loading import LoadedBundle
from decider.engine.coalescer import ITEMS_PER_QUERY, Coalescer, Result
from decider.engine.opa_client import JSONObject
from decider.engine.supervisor import OpaSupervisor
from decider.errors import DeciderError, EngineUnavailable

__all__ = ["JSONObject", "OpaEngine", "PolicyEngine"]


class PolicyEngine(Protocol):
    """Evaluates policy inputs under one bundle."""

    @property
    def catalog(self) -> Catalog:
        """The catalog of the bundle; every result is under its digest."""
        ...

    async def evaluate(self, inputs: Sequence[bytes], timeout_s: float) -> Sequence[JSONObject | DeciderError]:
        """Evaluate JSON documents (rego/schemas/input.json); return a result or an error for each, in order.

        All inputs together have `timeout_s` seconds. Raises only CancelledError. Errors: EngineUnavailable (down,
        starting, or out of time), PolicyError (builtin error or conflict), PolicyUndefined (no answer).
        """
        ...


class OpaEngine:
    """A PolicyEngine by a supervised OPA; create it with `OpaEngine.start`."""

    def __init__(self, bundle: LoadedBundle, supervisor: OpaSupervisor, items_per_query: int) -> None:
        self._bundle = bundle
        self._supervisor = supervisor
        self._coalescer = Coalescer(self._query, items_per_query=items_per_query)

    @classmethod
    @asynccontextmanager
    async def start(
        cls, bundle: LoadedBundle, opa: Path, *, items_per_query: int = ITEMS_PER_QUERY
    ) -> AsyncIterator[OpaEngine]:
        """Start OPA, and end it when the block ends.

        Enter this in the main thread, because OPA dies with the thread that started it. `opa` is the program
        (`find_opa`). Keep `bundle.file` while the block runs. Raises EngineUnavailable if OPA does not start.
        """
        supervisor = OpaSupervisor(bundle, opa)
        await supervisor.start()
        engine = cls(bundle, supervisor, items_per_query)
        try:
            yield engine
        finally:
            await engine.aclose()

    @property
    def catalog(self) -> Catalog:
        """The catalog of the bundle."""
        return self._bundle.catalog

    @property
    def ready(self) -> bool:
        """Whether the engine can evaluate now."""
        return self._supervisor.ready

    @property
    def opa_pid(self) -> int | None:
        """The process id of the current OPA, if there is one."""
        return self._supervisor.pid

    def on_readiness(self, watcher: Callable[[bool], None]) -> None:
        """Call `watcher` with the readiness now and at every change, in the thread of the event loop."""
        self._supervisor.subscribe(watcher)

    async def wait_ready(self) -> None:
        """Wait until the engine can evaluate; the caller limits the wait."""
        await self._supervisor.wait_ready()

    async def evaluate(self, inputs: Sequence[bytes], timeout_s: float) -> list[Result]:
        """Evaluate JSON documents; see PolicyEngine. While OPA is down, this returns errors at once."""
        if not self.ready:
            return [EngineUnavailable("the policy engine is down; it is being restarted")] * len(inputs)
        return await self._coalescer.evaluate(inputs, timeout_s)

    async def aclose(self) -> None:
        """End OPA; running evaluations get EngineUnavailable. May be called twice."""
        await self._coalescer.aclose()
        await self._supervisor.aclose()

    async def _query(self, items: Sequence[bytes], timeout_s: float) -> list[Result]:
        return await self._supervisor.client.query(items, timeout_s)
