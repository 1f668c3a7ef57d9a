"""Creates a repository of policies, and a new policy that passes the gate, with clauses, a version, tests and cases."""

from __future__ import annotations

from decider.authoring.scaffold.policy import PolicyRefused, scaffold
from decider.authoring.scaffold.repository import RepositoryRefused, new_repository

__all__ = ["PolicyRefused", "RepositoryRefused", "new_repository", "scaffold"]
