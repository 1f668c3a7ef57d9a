"""The composition root: the one place that knows every room and puts them together."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import structlog

from decider.bundle import load_bundle, load_overlay
from decider.engine import OpaEngine, find_opa
from decider.evaluation import RefundEvaluator, warm_up
from decider.private_folder import TemporaryFolderUnusable, private_folder
from decider.server import GrpcServer, require_private
from decider.settings import Settings

__all__ = ["open_evaluator", "open_service", "serve"]

STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)

_log = structlog.get_logger(__name__)


async def serve(settings: Settings, announce: Callable[[RefundEvaluator, str], None]) -> None:
    """Serve until SIGTERM, SIGINT or SIGHUP, then finish the calls under way and end the engine, within the grace.

    `announce` is told the evaluator and the address once calls are taken. A signal before that ends the start. Run it
    in the main thread. Raises what `open_service` raises.
    """
    stop = asyncio.Event()

    async def serve_until_stopped() -> None:
        async with open_service(settings) as (evaluator, address):
            announce(evaluator, address)
            started.set()
            await stop.wait()

    started = asyncio.Event()
    loop = asyncio.get_running_loop()
    # nohup has SIGHUP ignored, and means it.
    signals = [one for one in STOPPING if one != signal.SIGHUP or signal.getsignal(one) != signal.SIG_IGN]
    for one in signals:
        loop.add_signal_handler(one, stop.set)
    serving = asyncio.create_task(serve_until_stopped())
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if not started.is_set():
            serving.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await serving
    finally:
        stopping.cancel()
        serving.cancel()
        for one in signals:
            loop.remove_signal_handler(one)


@asynccontextmanager
async def open_service(settings: Settings) -> AsyncIterator[tuple[RefundEvaluator, str]]:
    """Serve as long as the block lasts: the evaluator behind the server, and the address with its actual port.

    At its end health says NOT_SERVING, no call is taken any more, those under way are finished or refused, and the
    engine ends last: all within `settings.grace_s` seconds. Raises BundleInvalid, EngineUnavailable,
    TemporaryFolderUnusable, AddressInsecure or AddressUnavailable where it cannot start.
    """
    require_private(settings)
    async with _engine(settings) as engine:
        evaluator = RefundEvaluator(engine)
        server = await GrpcServer.start(evaluator, engine, settings)
        _log.info(
            "serving",
            address=server.address,
            bundle_digest=evaluator.catalog.digest,
            policies=sorted(evaluator.catalog.policies),
            reflection=settings.reflection,
        )
        try:
            yield evaluator, server.address
        finally:
            _log.info("stopping", grace_s=settings.grace_s)
            await server.stop(settings.grace_s)
    _log.info("stopped")


@asynccontextmanager
async def open_evaluator(settings: Settings) -> AsyncIterator[RefundEvaluator]:
    """Evaluate without a server as long as the block lasts: the same walk, for who holds the requests himself.

    Enter it in the main thread. Raises BundleInvalid, EngineUnavailable or TemporaryFolderUnusable where the
    engine cannot start.
    """
    async with _engine(settings) as engine:
        yield RefundEvaluator(engine)


@asynccontextmanager
async def _engine(settings: Settings) -> AsyncIterator[OpaEngine]:
    with private_folder() as folder:
        overlay = load_overlay(settings.parameters) if settings.parameters is not None else None
        opa = await asyncio.to_thread(find_opa, settings.opa)
        try:
            bundle = await asyncio.to_thread(load_bundle, settings.rego, overlay, opa, folder)
        except OSError as failure:
            raise TemporaryFolderUnusable(failure) from None
        await asyncio.to_thread(warm_up, bundle.catalog)
        async with OpaEngine.start(bundle, opa) as engine:
            yield engine
