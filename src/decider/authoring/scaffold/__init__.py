"""Creates a repository of policies, and in it a policy that passes the gate: clauses, a version, tests, golden cases."""

from __future__ import annotations

from decider.authoring.scaffold.policy import PolicyRefused, scaffold
from decider.authoring.scaffold.repository import RepositoryRefused, new_repository

__all__ = ["PolicyRefused", "RepositoryRefused", "new_repository", "scaffold"]
