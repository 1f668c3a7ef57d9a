"""A new policy, whole: rules, tests, data and worked cases from which its own are made."""

from __future__ import annotations

from decider.authoring.scaffold.policy import PolicyRefused, scaffold

__all__ = ["PolicyRefused", "scaffold"]
