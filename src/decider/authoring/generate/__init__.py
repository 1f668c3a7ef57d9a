"""Facts made up at random that lead to every corner of a policy: for comparing bundles, models and versions."""

from __future__ import annotations

from decider.authoring.generate.document import generate
from decider.authoring.generate.scope import Scope, scope_of

__all__ = ["Scope", "generate", "scope_of"]
