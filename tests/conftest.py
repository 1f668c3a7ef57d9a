"""What holds for every test, and the service that many of them call."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from support.billing import seed_platform
from support.program import DECIDER, serving

# A runner under nohup ignores SIGHUP, and so would every service that a test starts, which ends by that signal.
signal.signal(signal.SIGHUP, signal.SIG_DFL)

# On a busy machine, an example may take any time.
settings.register_profile("unhurried", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Start long tests first, so that no core waits for one of them at the end."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Serve the shipped policies by `decider serve`, once for all tests of a worker; give the address."""
    with serving([DECIDER, "serve", "--address", "127.0.0.1:0", "--reflection"]) as named:
        yield named


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seed the reference schema of examples/billing once for all tests of a worker; give the database to copy."""
    file = tmp_path_factory.mktemp("billing") / "billing.db"
    seed_platform(file)
    return file
