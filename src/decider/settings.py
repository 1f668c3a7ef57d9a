"""The settings of a service, from the environment (DECIDER_*) or from options of the command line."""

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
# The variables that Kubernetes sets in every container for a Service whose name is decider or begins with decider-.
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
    """The settings of a service; durations are in seconds, sizes in bytes.

    Raises pydantic's ValidationError, also for a variable DECIDER_* that is not a setting.
    """

    model_config = SettingsConfigDict(env_prefix=_PREFIX, extra="forbid", frozen=True)

    address: Annotated[str, AfterValidator(_host_and_port)] = "127.0.0.1:50051"
    """The address to listen on: host:port, or unix:path. Port 0 takes a free port."""

    insecure: bool = False
    """Listen without TLS on an address that other machines can reach, neither loopback nor a socket."""

    rego: Path = Field(default_factory=shipped_rego)
    """The folder of the policies."""

    parameters: Path | None = None
    """A YAML or JSON file that overrides parameters of the policies: values by policy id and parameter."""

    opa: Path | None = None
    """The OPA program; by default that of the checkout or of this user, else OPA on PATH."""

    reflection: bool = False
    """Enable gRPC server reflection."""

    log_level: LogLevel = "info"
    """The lowest level that is logged."""

    log_format: LogFormat = "auto"
    """The format of the log: text, json, or auto, which is text if stderr is a terminal and else JSON."""

    deadline_s: float = Field(default=5.0, gt=0, le=600)
    """The time limit of a call; an earlier deadline of the caller takes precedence."""

    batch_deadline_s: float = Field(default=60.0, gt=0, le=3600)
    """The time limit of a batch; 1,000 requests take about 2 s on two idle cores."""

    max_message_bytes: int = Field(default=4 * 1024 * 1024, ge=1024, le=64 * 1024 * 1024)
    """The size limit of a request; a larger request gets RESOURCE_EXHAUSTED."""

    grace_s: float = Field(default=10.0, ge=0, le=600)
    """The time limit for stopping. Running calls are refused in its last quarter, at most a second before its end."""

    min_ping_interval_s: float = Field(default=5.0, gt=0, le=3600)
    """The shortest interval of keepalive pings; a client that pings more often is disconnected."""

    max_connection_age_s: float = Field(default=600.0, gt=0, le=86400)
    """The age at which a connection is closed, so that clients spread over several instances of the service."""

    max_connection_age_grace_s: float = Field(default=3600.0, gt=0, le=86400)
    """The time that calls on a connection of that age may still take; a longer stream is cut off."""

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
        names = ", ".join(_PREFIX + setting for setting in known)
        hint = f"did you mean {_PREFIX}{closest}?" if closest else f"the settings are {names}"
        fault = PydanticCustomError("unknown", "no such setting; {hint}", {"hint": hint})
        yield InitErrorDetails(type=fault, loc=(name,), input=value)
