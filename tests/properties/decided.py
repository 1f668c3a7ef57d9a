"""Made-up documents and what the service decided on them, and on what became of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, TypeAlias

import yaml

from decider.authoring.generate import generate, scope_of
from decider.v1 import decision_pb2
from properties.engine import Engine

Document: TypeAlias = dict[str, Any]
POLICIES = ("yunxin", "router-one")
COUNT = 600  # documents of each policy


@dataclass(frozen=True)
class Decided:
    """A document and its decision."""

    seed: int
    document: Document
    decision: decision_pb2.Decision

    @property
    def facts(self) -> Document:
        """The facts of the document."""
        return dict(self.document["facts"])

    @property
    def request(self) -> Document:
        """Its request."""
        return dict(self.document["request"])

    @property
    def kind(self) -> str:
        """The short name of the disposition."""
        return decision_pb2.Disposition.Name(self.decision.disposition).removeprefix("DISPOSITION_")

    @property
    def amount(self) -> int:
        """What is paid now, minor units."""
        return self.decision.amount.amount_minor

    @property
    def most(self) -> int:
        """The amount, and what may still be added to it (rulings 39 and 47)."""
        return self.amount + self.decision.bounds.max.amount_minor

    def told(self) -> str:
        """Show it for the report of a failure."""
        shown = yaml.safe_dump(self.document, sort_keys=False, allow_unicode=True, width=160)
        return f"seed {self.seed}: {self.kind} {self.amount}, most {self.most}\n{shown}"


Pair: TypeAlias = tuple[Decided, Decided]


class Bench:
    """The documents of both policies under the shipped parameters, and twins of them."""

    def __init__(self, engine: Engine, documents: Sequence[Document] | None = None) -> None:
        """Begin with `documents`; without them, with made-up ones of both policies, decided at first use."""
        self.engine = engine
        self._all = None if documents is None else decide_all(engine, list(enumerate(documents)))

    @property
    def all(self) -> Sequence[Decided]:
        """Every document that was accepted; decided at first use."""
        if self._all is None:
            self._all = [one for policy_id in POLICIES for one in decide_made_up(self.engine, policy_id, range(COUNT))]
        return self._all

    def decide(self, documents: Sequence[tuple[int, Document]]) -> list[Decided]:
        """Decide further documents, each with the seed that it came of; all must be accepted."""
        decisions = self.engine.decide([document for _, document in documents])
        made = []
        for (seed, document), decision in zip(documents, decisions, strict=True):
            assert decision is not None, f"seed {seed}: {self.engine.faults(document)}"
            made.append(Decided(seed, document, decision))
        return made

    def twins(self, change: Callable[[Decided], Document | None], count: int = 150) -> list[Pair]:
        """Pair up to `count` documents with what `change` makes of them; None where it does not apply."""
        chosen = []
        for one in self.all:
            twin = change(one)
            if twin is not None:
                chosen.append((one, twin))
            if len(chosen) == count:
                break
        after = self.decide([(one.seed, twin) for one, twin in chosen])
        return [(one, twin) for (one, _), twin in zip(chosen, after, strict=True)]


def decide_made_up(engine: Engine, policy_id: str, seeds: range) -> list[Decided]:
    """Make documents up from seeds and return those that the service accepts, with their decisions."""
    scope = scope_of(engine.catalog, policy_id)
    return decide_all(engine, [(seed, generate(Random(seed), scope)) for seed in seeds])


def decide_all(engine: Engine, documents: Sequence[tuple[int, Document]]) -> list[Decided]:
    """Return the documents that the service accepts, each with what it is known by and its decision."""
    decisions = engine.decide([document for _, document in documents])
    pairs = zip(documents, decisions, strict=True)
    return [Decided(seed, document, decision) for (seed, document), decision in pairs if decision is not None]


def smallest(found: Sequence[Decided]) -> Decided:
    """Return the one that is read most quickly."""
    return min(found, key=lambda one: len(json.dumps(one.document)))


def holds_for_all(found: Sequence[Decided], is_right: Callable[[Decided], bool], least: int = 20) -> None:
    """Assert that something is right with every decision, and that there are enough of them to tell."""
    assert len(found) >= least, f"only {len(found)} documents are about this"
    wrong = [one for one in found if not is_right(one)]
    assert not wrong, f"{len(wrong)} of {len(found)}\n{smallest(wrong).told()}"


def holds_for_pairs(pairs: Sequence[Pair], is_right: Callable[[Decided, Decided], bool], least: int = 20) -> None:
    """Assert that something is right with every pair, and that there are enough of them to tell."""
    assert len(pairs) >= least, f"only {len(pairs)} documents are about this"
    wrong = {id(one): (one, twin) for one, twin in pairs if not is_right(one, twin)}
    if wrong:
        one, twin = wrong[id(smallest([one for one, _ in wrong.values()]))]
        raise AssertionError(f"{len(wrong)} of {len(pairs)}\n{one.told()}\n--- became ---\n{twin.told()}")


def money_of(value: Mapping[str, Any] | None) -> int:
    """Return minor units, 0 for an absent amount."""
    return int((value or {}).get("amount_minor", 0))
