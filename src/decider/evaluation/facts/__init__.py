"""The facts of a request as one typed model, and what follows from them whatever a policy says. Pure."""

from __future__ import annotations

from decider.evaluation.facts.facts import Facts
from decider.evaluation.facts.message_reader import read_facts

__all__ = ["Facts", "read_facts"]
