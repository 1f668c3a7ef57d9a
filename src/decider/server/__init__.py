"""The gRPC server: decodes, evaluates and answers. Every error becomes a status in one place (status.py)."""

from __future__ import annotations

from decider.server.addresses import AddressInsecure, AddressUnavailable, require_private
from decider.server.grpc_server import GrpcServer

__all__ = [
    "AddressInsecure",
    "AddressUnavailable",
    "GrpcServer",
    "require_private",
]
