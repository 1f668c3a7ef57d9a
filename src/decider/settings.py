"""What can be set: by DECIDER_* in the environment, or by the command line, which makes a Settings itself."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from decider.hints import closest_to
from decider.shipped import shipped

__all__ = ["LogFormat", "LogLevel", "Settings", "shipped_rego"]

_PREFIX = "DECIDER_"
# What Kubernetes sets in every container for a Service whose name is decider, or begins so.
_OF_KUBERNETES = re.compile(
    r"(\w+_)?(SERVICE_(HOST|PORT(_\w+)?)=.*|PORT(_\d+_[A-Z]+)?=[a-z]+://.*|PORT_\d+_[A-Z]+_(PROTO|PORT|ADDR)=.*)"
)

LogLevel = Literal["debug", "info", "warning", "error"]
LogFormat = Literal["auto", "text", "json"]


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
    """The settings of one service; durations in seconds, sizes in bytes.

    Raises pydantic's ValidationError, for a variable DECIDER_* that sets nothing too.
    """

    model_config = SettingsConfigDict(env_prefix=_PREFIX, extra="forbid", frozen=True)

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

    log_format: LogFormat = "auto"
    """How it is logged: lines for people (text), JSON objects (json), or auto: text where stderr is a terminal."""

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

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 (each is checked by its field)
        unknown = list(_unknown_variables())
        if unknown:
            raise ValidationError.from_exception_data(type(self).__name__, unknown)
        super().__init__(**given)


def _unknown_variables() -> Iterator[InitErrorDetails]:
    known = [name.upper() for name in Settings.model_fields]
    for name, value in os.environ.items():
        prefix, set_name = name[: len(_PREFIX)].upper(), name[len(_PREFIX) :].upper()
        if prefix != _PREFIX or set_name in known or _OF_KUBERNETES.fullmatch(f"{set_name}={value}"):
            continue
        closest = closest_to(set_name, known)
        hint = (
            f"did you mean {_PREFIX}{closest}?" if closest else f"known are {', '.join(_PREFIX + one for one in known)}"
        )
        fault = PydanticCustomError("unknown", "no such setting; {hint}", {"hint": hint})
        yield InitErrorDetails(type=fault, loc=(name,), input=value)
