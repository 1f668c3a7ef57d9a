"""Opens the engine that the settings describe, with its bundle and everything that the first request needs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from decider.bundle import load_bundle, load_overlay
from decider.engine import OpaEngine, find_opa
from decider.evaluation.warm_up import warm_up
from decider.private_folder import TemporaryFolderUnusable, private_folder
from decider.settings import Settings

__all__ = ["open_engine"]


@asynccontextmanager
async def open_engine(settings: Settings) -> AsyncIterator[OpaEngine]:
    """Run the engine as long as the block lasts.

    Enter the block in the main thread. Raises BundleInvalid, EngineUnavailable or TemporaryFolderUnusable if the engine
    cannot start.
    """
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
