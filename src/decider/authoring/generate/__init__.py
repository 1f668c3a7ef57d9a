"""Generate random facts that reach all parts of a policy, to compare bundles, models and versions."""

from __future__ import annotations

from decider.authoring.generate.policy_edges import Scope, scope_of
from decider.authoring.generate.random_document import generate

__all__ = ["Scope", "generate", "scope_of"]
