from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from decider.bundle import LoadedBundle
from decider.engine import OpaEngine
from support.shipped import OPA
from support.tiny import copy_rego, load


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> LoadedBundle:
    folder: Path = tmp_path_factory.mktemp("tiny")
    return load(copy_rego(folder))


@pytest_asyncio.fixture
async def engine(bundle: LoadedBundle) -> AsyncIterator[OpaEngine]:
    async with OpaEngine.start(bundle, OPA) as started:
        yield started
