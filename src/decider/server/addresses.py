"""The address at which the server listens."""

from __future__ import annotations

from ipaddress import ip_address

import grpc

from decider.errors import DeciderError
from decider.settings import Settings

__all__ = ["AddressInsecure", "AddressUnavailable", "listen", "require_private"]


class AddressUnavailable(DeciderError):
    """The server cannot listen on its address (start-up only)."""

    code = "UNAVAILABLE"
    reason = "ADDRESS_UNAVAILABLE"


class AddressInsecure(DeciderError):
    """Other machines can reach the address, and the service has no TLS (start-up only)."""

    code = "INVALID_ARGUMENT"
    reason = "ADDRESS_INSECURE"


def require_private(settings: Settings) -> None:
    """Raise AddressInsecure if other machines can reach the address without TLS and `insecure` is not set."""
    if not settings.insecure and not _is_private(settings.address):
        raise AddressInsecure(
            f"other machines can reach {settings.address}, and the service has no TLS: listen on 127.0.0.1, "
            "or set --insecure (DECIDER_INSECURE=true) if you trust the network in between"
        )


def _is_private(address: str) -> bool:
    host = address.rpartition(":")[0].strip("[]")
    if address.startswith("unix:") or host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:  # a name, which may mean any machine
        return False


def listen(server: grpc.aio.Server, address: str) -> str:
    """Listen on an address, and return it with the actual port. Raises AddressUnavailable."""
    try:
        port = server.add_insecure_port(address)
    except RuntimeError:
        raise AddressUnavailable(
            f"cannot listen on {address}: it is in use, or it is not an address of this host"
        ) from None
    return address if address.startswith("unix:") else f"{address.rpartition(':')[0]}:{port}"
