"""Creates a new policy that passes the gate: clauses, a version, tests and golden cases to start from."""

from __future__ import annotations

from decider.authoring.scaffold.policy import PolicyRefused, scaffold

__all__ = ["PolicyRefused", "scaffold"]
