"""The gRPC server: decodes, checks, evaluates, and answers; every error leaves by one door (status.py)."""

from __future__ import annotations

from decider.server.evaluator import RefundEvaluator
from decider.server.logs import configure_logs
from decider.server.serving import AddressUnavailable, GrpcServer

__all__ = ["AddressUnavailable", "GrpcServer", "RefundEvaluator", "configure_logs"]
