"""Where the service listens without TLS, and where only if that is meant."""

from __future__ import annotations

import pytest

from decider.bootstrap import open_service
from decider.server import AddressInsecure, require_private
from decider.settings import Settings

PRIVATE = ["127.0.0.1:0", "127.8.8.8:50051", "localhost:50051", "[::1]:50051", "::1:50051", "unix:/run/decider"]
REACHED = [
    "0.0.0.0:0",
    "[::]:0",
    "192.0.2.1:50051",
    "[2001:db8::1]:50051",
    "decider.example.com:50051",
    "[::ffff:0:0]:1",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_loopback_and_sockets_need_no_word(address: str) -> None:
    require_private(Settings(address=address))


@pytest.mark.parametrize("address", REACHED)
def test_what_other_machines_reach_must_be_meant(address: str) -> None:
    with pytest.raises(AddressInsecure, match="--insecure"):
        require_private(Settings(address=address))

    require_private(Settings(address=address, insecure=True))


async def test_the_service_does_not_start() -> None:
    with pytest.raises(AddressInsecure):
        async with open_service(Settings(address="0.0.0.0:0")):
            pass
