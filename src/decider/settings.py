"""What can be set: by DECIDER_* in the environment, or by the command line, which makes a Settings itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from decider.shipped import shipped

__all__ = ["LogLevel", "Settings", "shipped_rego"]

LogLevel = Literal["debug", "info", "warning", "error"]


def shipped_rego() -> Path:
    """Return the policies that come with the package."""
    return shipped("rego")


def _host_and_port(address: str) -> str:
    if address.startswith("unix:") and len(address) > len("unix:"):
        return address
    host, _, port = address.rpartition(":")
    if not host or not (port.isascii() and port.isdigit() and int(port) < 1 << 16):
        raise ValueError("not of the form host:port, [IPv6]:port or unix:path")
    return address


class Settings(BaseSettings):
    """The settings of one service; durations in seconds, sizes in bytes. Raises pydantic's ValidationError."""

    model_config = SettingsConfigDict(env_prefix="DECIDER_", extra="forbid", frozen=True)

    address: Annotated[str, AfterValidator(_host_and_port)] = "127.0.0.1:50051"
    """Where to listen: host:port, or unix:path. Port 0 takes a free one."""

    insecure: bool = False
    """Listen without TLS where other machines can connect: at an address that is neither loopback nor a socket."""

    rego: Path = Field(default_factory=shipped_rego)
    """The folder of the policies."""

    parameters: Path | None = None
    """A file of YAML or JSON, policy id → parameter → value, that is laid over the policies' own parameters."""

    opa: Path | None = None
    """The OPA program; absent, the checkout's or this user's own, else the one on PATH."""

    reflection: bool = False
    """Whether the service describes itself to whoever asks."""

    log_level: LogLevel = "info"
    """What is logged at least."""

    deadline_s: float = Field(default=5.0, gt=0, le=600)
    """How long a call may take at most; a caller's own deadline holds where it is sooner."""

    batch_deadline_s: float = Field(default=60.0, gt=0, le=3600)
    """The same for a batch; 1,000 requests take some 2 s of two idle cores."""

    max_message_bytes: int = Field(default=4 * 1024 * 1024, ge=1024, le=64 * 1024 * 1024)
    """The largest request that is read; a larger one is RESOURCE_EXHAUSTED."""

    grace_s: float = Field(default=10.0, ge=0, le=600)
    """How long stopping may take. Calls under way are refused in the last quarter of it, at most a second."""

    min_ping_interval_s: float = Field(default=5.0, gt=0, le=3600)
    """How often a client may send keepalive pings, with calls or without; a client that pings more often is cut off."""

    max_connection_age_s: float = Field(default=600.0, gt=0, le=86400)
    """After how long a client is asked to connect again, so that clients spread over several services."""

    max_connection_age_grace_s: float = Field(default=3600.0, gt=0, le=86400)
    """How long calls of a connection that has reached its age may still take; a longer stream is cut off."""
