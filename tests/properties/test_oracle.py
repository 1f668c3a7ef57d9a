"""A second model of the policies, in plain Python (tests/oracle), comes to the same answers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from decider.v1 import decision_pb2
from oracle.answer import Answer
from oracle.decide import decide
from properties.decided import COUNT, POLICIES, Bench, Decided, decide_made_up, smallest
from properties.engine import Engine
from support.parameter_sets import SETS, known

# What no decision under these readings cites: clauses that readings rest on (ruling 32).
NEVER_CITED = {"router-one/1-digital-service", "router-one/3-unused-kept"}
# The share of what was used where no consent was recorded: only if the credits are digital content.
_DIGITAL = {"law/eu/14-4b"}
SEEDS = range(10_000, 10_100)


_EFFECTS = decision_pb2.EffectType.Name


def answer_of(decision: decision_pb2.Decision) -> Answer:
    """Reduce a decision to what the oracle answers."""
    bounds = decision.bounds if decision.HasField("bounds") else None
    return Answer(
        disposition=decision_pb2.Disposition.Name(decision.disposition).removeprefix("DISPOSITION_"),
        amount=decision.amount.amount_minor,
        bounds=None if bounds is None else (bounds.min.amount_minor, bounds.max.amount_minor),
        credits=0 if bounds is None else bounds.max_credits_micros,
        missing=frozenset(one.code for one in decision.missing),
        questions=frozenset(one.code for one in decision.questions),
        effects=frozenset(_effects(decision)),
        refunds=frozenset((one.payment_id, one.amount.amount_minor) for one in decision.refunds),
        fee_amount=decision.fee_amount.amount_minor,
        tax_amount=decision.tax_amount.amount_minor,
    )


def _effects(decision: decision_pb2.Decision) -> Iterator[tuple[str, str, int]]:
    """Return the effects by type and by lot or event; service credits that are granted together."""
    granted = 0
    for effect in decision.effects:
        kind = _EFFECTS(effect.type).removeprefix("EFFECT_TYPE_")
        if kind == "GRANT_SERVICE_CREDIT":
            granted += effect.credits_micros
        else:
            yield kind, effect.lot_id or effect.usage_event_id, effect.credits_micros
    if granted:
        yield "GRANT_SERVICE_CREDIT", "", granted


def agrees(found: Sequence[Decided], values: Mapping[str, object]) -> None:
    """Assert that the oracle answers the same on every document, under the parameters that its policy has."""
    overrides = {policy_id: known(policy_id, values) for policy_id in POLICIES}
    differing = [one for one in found if answer_of(one.decision) != oracle_on(one, overrides)]
    if differing:
        one = smallest(differing)
        raise AssertionError(
            f"{len(differing)} of {len(found)} differ; the smallest:\n{one.told()}"
            f"service: {answer_of(one.decision)}\noracle:  {oracle_on(one, overrides)}"
        )


def oracle_on(one: Decided, overrides: Mapping[str, Mapping[str, object]]) -> Answer:
    """Ask the oracle about a document."""
    return decide(one.document, dict(overrides[one.request["policy_id"]]))


@pytest.fixture(scope="module")
def digital(tmp_path_factory: pytest.TempPathFactory) -> list[Decided]:
    return under("digital", tmp_path_factory.mktemp("digital"), range(20_000, 20_300))


def under(name: str, folder: Path, seeds: range) -> list[Decided]:
    """Decide made-up documents of both policies under a set of parameters."""
    values = {policy_id: known(policy_id, SETS[name]) for policy_id in POLICIES}
    file = folder / "parameters.json"
    file.write_text(json.dumps(values))
    with Engine(parameters=file) as engine:
        return [one for policy_id in POLICIES for one in decide_made_up(engine, policy_id, seeds)]


@pytest.mark.parametrize("policy_id", POLICIES)
def test_the_oracle_agrees(bench: Bench, policy_id: str) -> None:
    agrees([one for one in bench.all if one.request["policy_id"] == policy_id], {})


@pytest.mark.parametrize("name", [name for name in SETS if name != "digital"])
def test_the_oracle_agrees_under_other_readings(name: str, tmp_path: Path) -> None:
    agrees(under(name, tmp_path, SEEDS), SETS[name])


def test_the_oracle_agrees_where_credits_are_digital_content(digital: list[Decided]) -> None:
    agrees(digital, SETS["digital"])


def test_every_clause_is_reached(bench: Bench, digital: list[Decided]) -> None:
    clauses = set(bench.engine.catalog.clauses)
    cited = {one.clause_id for decided in bench.all for one in decided.decision.citations}
    cited_as_digital = {one.clause_id for decided in digital for one in decided.decision.citations}
    assert not clauses - cited - NEVER_CITED - _DIGITAL
    assert cited_as_digital >= _DIGITAL


def test_nearly_all_documents_are_accepted(bench: Bench) -> None:
    assert len(bench.all) >= len(POLICIES) * COUNT * 95 // 100
