"""The policy engine: OPA, supervised on a private socket, asked in batches under one bundle digest."""

from __future__ import annotations

from decider.engine.engine import JSONObject, OpaEngine, PolicyEngine
from decider.engine.opa_binary import OPA_VERSION, find_opa

__all__ = ["OPA_VERSION", "JSONObject", "OpaEngine", "PolicyEngine", "find_opa"]
