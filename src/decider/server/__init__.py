"""The gRPC server: decodes requests, asks the evaluator, and answers. `status.py` turns every error into a status."""

from __future__ import annotations

from decider.server.addresses import AddressInsecure, AddressUnavailable, require_private
from decider.server.grpc_server import GrpcServer

__all__ = [
    "AddressInsecure",
    "AddressUnavailable",
    "GrpcServer",
    "require_private",
]
