"""The gRPC server: decodes, checks, evaluates, and answers; every error leaves by one door (status.py)."""

from __future__ import annotations

from decider.server.addresses import AddressInsecure, AddressUnavailable, require_private
from decider.server.evaluator import RefundEvaluator
from decider.server.logs import configure_logs
from decider.server.serving import GrpcServer

__all__ = [
    "AddressInsecure",
    "AddressUnavailable",
    "GrpcServer",
    "RefundEvaluator",
    "configure_logs",
    "require_private",
]
