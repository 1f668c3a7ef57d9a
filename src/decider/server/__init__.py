"""The gRPC server: decodes, checks, evaluates, and answers; every error leaves by one door (status.py)."""

from __future__ import annotations

from decider.server.addresses import AddressInsecure, AddressUnavailable, require_private
from decider.server.grpc_server import GrpcServer

__all__ = [
    "AddressInsecure",
    "AddressUnavailable",
    "GrpcServer",
    "require_private",
]
