"""Facts that no generator makes: each is decided, and decided well, or refused as faulty."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from decider.authoring.generate import generate, scope_of
from properties import test_each_decision as each
from properties.decided import POLICIES, Bench
from properties.engine import Engine
from support.crossing import crossed

COUNT = 1000


@pytest.fixture(scope="module")
def crossings(engine: Engine) -> Bench:
    """What crossed documents were decided to be. Fails where one is neither decided nor refused as faulty."""
    scopes = [scope_of(engine.catalog, policy_id) for policy_id in POLICIES]
    documents = [generate(Random(seed), scope) for seed in range(COUNT // 4) for scope in scopes]
    rng = Random(10)
    return Bench(engine, [crossed(rng, documents) for _ in range(COUNT)])


def test_more_than_every_third_is_decided(crossings: Bench) -> None:
    assert COUNT // 3 < len(crossings.all) < COUNT


@pytest.mark.parametrize(
    "holds",
    [
        each.test_no_more_is_paid_than_was_asked_for,
        each.test_a_denial_pays_nothing_and_changes_nothing,
        each.test_a_yes_pays_or_does_something,
        each.test_restored_credits_were_deducted_once,
        each.test_clauses_are_cited_and_exist,
        each.test_the_breakdown_adds_up,
        each.test_the_version_is_the_one_in_force_at_the_purchase,
        each.test_money_is_promised_no_later_than_the_law_demands,
    ],
)
def test_what_holds_of_every_decision_holds_of_these(crossings: Bench, holds: Callable[[Bench], None]) -> None:
    holds(crossings)
