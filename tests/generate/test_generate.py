"""The facts that are made up: the same for a seed, sound, and for any policy."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from context.sample import CATALOG, evaluate_at
from decider.bundle.catalog import Catalog
from decider.cases import to_message
from decider.context import find_faults
from decider.generate import Scope, generate, scope_of
from decider.server.checking import faults_of_fields

SHOP = Scope("corner-shop", (("2025-01", 1_735_689_600 * 10**9),), days=(30,), numbers=(30, 2500))


def documents(scope: Scope, count: int) -> list[dict[str, Any]]:
    return [generate(Random(seed), scope) for seed in range(count)]


def test_a_seed_makes_the_same_document() -> None:
    scope = scope_of(CATALOG, "yunxin")
    assert documents(scope, 50) == documents(scope, 50)
    assert generate(Random(1), scope) != generate(Random(2), scope)


def test_reads_the_edges_of_a_policy_from_the_catalog() -> None:
    scope = scope_of(CATALOG, "router-one")
    assert scope.versions == (("2026-05-16", 1_778_889_600 * 10**9),)
    assert scope.days == (14,)
    assert scope.limits(10, 20) == (13, 14, 15)


@pytest.mark.parametrize("scope", [scope_of(CATALOG, "yunxin"), scope_of(CATALOG, "router-one")])
def test_nearly_all_are_accepted(scope: Scope) -> None:
    made = documents(scope, 300)
    refused = [seed for seed, document in enumerate(made) if _faults(document, CATALOG)]
    assert len(refused) <= len(made) // 20, f"seeds {refused}"


def test_makes_facts_for_a_policy_that_it_never_heard_of() -> None:
    made = documents(SHOP, 300)
    assert {document["request"]["policy_id"] for document in made} == {"corner-shop"}
    late = [one for one in made if one["request"]["requested_at"] >= "2025-01-31T00:00:00Z"]
    assert 0 < len(late) < len(made)
    assert all(one["request"]["requested_at"] < "2027-06" for one in made)


def _faults(document: dict[str, Any], catalog: Catalog) -> list[object]:
    message, faults = faults_of_fields(to_message(document))
    return [*faults, *find_faults(message, evaluate_at(message), catalog, {one.field for one in faults})]
