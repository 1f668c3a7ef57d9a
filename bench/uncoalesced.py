"""The service as `decider serve` opens it, but for one thing: every request is a query of its own to OPA.

What it is compared with shows what coalescing gains. It prints where it serves, and stops at SIGTERM or SIGINT.
"""

from __future__ import annotations

import asyncio
import signal
import sys
import tempfile
from pathlib import Path

import uvloop

from decider.bundle import load_bundle
from decider.engine import OpaEngine, find_opa
from decider.evaluation import RefundEvaluator, warm_up
from decider.logs import configure_logs
from decider.server import GrpcServer
from decider.settings import Settings

__all__: list[str] = []


async def serve() -> None:
    """Serve on a free port of loopback until told to stop."""
    stop = asyncio.Event()
    for one in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(one, stop.set)
    settings = Settings(address="127.0.0.1:0")
    opa = find_opa(settings.opa)
    with tempfile.TemporaryDirectory(prefix="decider-bench-") as folder:
        bundle = load_bundle(settings.rego, None, opa, Path(folder))
        warm_up(bundle.catalog)
        async with OpaEngine.start(bundle, opa, items_per_query=1) as engine:
            server = await GrpcServer.start(RefundEvaluator(engine), engine, settings)
            sys.stdout.write(f"decider serves on {server.address}\n")
            sys.stdout.flush()
            await stop.wait()
            await server.stop(settings.grace_s)


if __name__ == "__main__":
    configure_logs()
    uvloop.run(serve())
