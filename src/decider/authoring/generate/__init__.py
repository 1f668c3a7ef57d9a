"""Facts made up at random that lead to every corner of a policy: for comparing bundles, models and versions."""

from __future__ import annotations

from decider.authoring.generate.policy_edges import Scope, scope_of
from decider.authoring.generate.random_document import generate

__all__ = ["Scope", "generate", "scope_of"]
