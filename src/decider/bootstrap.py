"""The composition root: builds the service from its settings."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager

import structlog

from decider.engine import OpaEngine
from decider.evaluation import RefundEvaluator, open_engine
from decider.server import GrpcServer, require_private
from decider.settings import Settings
from decider.sources import open_source

__all__ = ["open_service", "serve"]

STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)

_log = structlog.get_logger(__name__)


async def serve(settings: Settings, announce: Callable[[RefundEvaluator, str], None]) -> None:
    """Serve until SIGTERM, SIGINT or SIGHUP, then finish the running calls and end the engine, within the grace.

    `announce` is called with the evaluator and the address when the service accepts calls. A signal before that ends
    the start. Run this in the main thread. Raises what `open_service` raises.
    """
    stop = asyncio.Event()

    async def serve_until_stopped() -> None:
        async with open_service(settings) as (evaluator, address):
            announce(evaluator, address)
            started.set()
            await stop.wait()

    started = asyncio.Event()
    loop = asyncio.get_running_loop()
    # Under nohup, SIGHUP is ignored and must stay ignored.
    signals = [number for number in STOPPING if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN]
    for number in signals:
        loop.add_signal_handler(number, stop.set)
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
        for number in signals:
            loop.remove_signal_handler(number)


@asynccontextmanager
async def open_service(settings: Settings) -> AsyncIterator[tuple[RefundEvaluator, str]]:
    """Serve while the block runs; yield the evaluator behind the server, and the address with its actual port.

    At the end, health reports NOT_SERVING, no further call is accepted, running calls are finished or refused, and the
    engine ends last, all within `settings.grace_s` seconds. Raises BundleInvalid, SourceInvalid, EngineUnavailable,
    TemporaryFolderUnusable, AddressInsecure or AddressUnavailable if the service cannot start.
    """
    require_private(settings)
    with ExitStack() as stack:
        source = stack.enter_context(open_source(settings.source)) if settings.source is not None else None
        async with (
            open_engine(settings) as engine,
            _serving(RefundEvaluator(engine, source), engine, settings) as served,
        ):
            yield served
    _log.info("stopped")


@asynccontextmanager
async def _serving(
    evaluator: RefundEvaluator, engine: OpaEngine, settings: Settings
) -> AsyncIterator[tuple[RefundEvaluator, str]]:
    """Run the server around an evaluator while the block runs."""
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
