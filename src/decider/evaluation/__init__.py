"""The evaluation of refund requests: validation, facts, policy input, engine, decision. It knows no gRPC server."""

from __future__ import annotations

from decider.evaluation.evaluator import Evaluation, Outcome, RefundEvaluator
from decider.evaluation.opened_engine import open_engine
from decider.evaluation.warm_up import warm_up

__all__ = ["Evaluation", "Outcome", "RefundEvaluator", "open_engine", "warm_up"]
