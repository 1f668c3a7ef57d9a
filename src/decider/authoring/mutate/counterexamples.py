"""Find the smallest input on which a surviving mutant and the original differ, and write it as a case.

Facts are made up from fixed seeds and asked of both; of those that tell them apart the shortest is brought as close to
the base of the golden cases as it will go.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import orjson
import yaml

from decider.authoring.cases import Case, Document, DocumentInvalid, document_of
from decider.authoring.generate import generate, scope_of
from decider.authoring.mutate.case_probes import evaluated
from decider.authoring.mutate.mutants import DataMutant, Mutant
from decider.authoring.mutate.policy_files import Policies, Setting
from decider.authoring.mutate.shrinking import Change, applied, changes_between, reduced, written
from decider.authoring.opa import OpaServer
from decider.bundle.catalog import Catalog
from decider.errors import DeciderError
from decider.evaluation.decision import to_decision
from decider.evaluation.policy_input import PolicyInput

__all__ = ["Witnesses"]

# The number of generated documents for each policy, and of those decided in one batch.
_COUNT = 1500
_CHUNK = 100
# The plain values of a decision; the other fields are lists.
_PLAIN = ("verdict", "disposition", "amount")
_NAMED = {"citations": "clause_id", "interpretations": "parameter", "warnings": "code", "missing": "code"}
_OF_EFFECT = ("type", "lot_id", "credits_micros")
_OF_OBLIGATION = ("type", "not_before", "due_at")


@dataclass(frozen=True)
class _Made:
    """A generated document and its policy input."""

    document: Document
    policy_input: PolicyInput


class Witnesses:
    """Find inputs for survivors; documents are generated only once."""

    def __init__(self, policies: Policies, bases: Mapping[str, Document]) -> None:
        self._policies = policies
        self._bases = bases
        self._catalog, _ = policies.under(Setting())
        self._made: dict[str, list[_Made]] = {}
        self._answers: dict[tuple[str, int], Sequence[object]] = {}
        self._lock = asyncio.Lock()

    async def find(self, mutant: Mutant, plain: OpaServer, mutated: OpaServer) -> str:
        """Return a case, as YAML, that the mutant decides differently than the original policies, or ""."""
        both = _Both(self._catalog, self._catalog_of(mutant), plain, mutated)
        for policy_id in [mutant.policy_id] if mutant.policy_id else self._catalog.policies:
            made = await self._documents(policy_id)
            for start in range(0, len(made), _CHUNK):
                found = await self._told_apart(policy_id, start, both)
                if found:
                    shortest = min(found, key=lambda document: len(orjson.dumps(document)))
                    return await self._case(policy_id, shortest, both, mutant)
        return ""

    def _catalog_of(self, mutant: Mutant) -> Catalog:
        if isinstance(mutant, DataMutant) and mutant.counts:
            return self._policies.under(Setting(changes=mutant.changes))[0]
        return self._catalog

    async def _documents(self, policy_id: str) -> Sequence[_Made]:
        async with self._lock:
            if policy_id not in self._made:
                self._made[policy_id] = await asyncio.to_thread(self._make, policy_id)
            return self._made[policy_id]

    def _make(self, policy_id: str) -> list[_Made]:
        scope, made = scope_of(self._catalog, policy_id), []
        for seed in range(_COUNT):
            document = generate(Random(seed), scope)  # noqa: S311 (a seed has to find it again)
            policy_input = _input(document, self._catalog)
            if policy_input is not None:
                made.append(_Made(document, policy_input))
        return made

    async def _told_apart(self, policy_id: str, start: int, both: _Both) -> Sequence[Document]:
        """Return the documents of a range that are decided differently."""
        made = self._made[policy_id][start : start + _CHUNK]
        if (policy_id, start) not in self._answers:
            known = await both.plain.decisions([one.policy_input for one in made])
            self._answers[policy_id, start] = known if isinstance(known, list) else []
        inputs = [one.policy_input for one in made]
        if both.catalog is not self._catalog:
            anew = [_input(one.document, both.catalog) for one in made]
            inputs = [new or old for new, old in zip(anew, inputs, strict=True)]
        got = await both.mutated.decisions(inputs)
        answers = got if isinstance(got, list) else [None] * len(made)
        if not isinstance(got, list):  # one poisoned item fails all
            answers = [await both.mutated.decisions([one]) for one in inputs]
            answers = [one[0] if isinstance(one, list) and one else None for one in answers]
        known = self._answers[policy_id, start]
        return [one.document for one, old, new in zip(made, known, answers, strict=False) if old != new]

    async def _case(self, policy_id: str, document: Document, both: _Both, mutant: Mutant) -> str:
        base = self._bases.get(policy_id, {})
        changes = list(changes_between(base, _in_order(document, base)))

        async def enough(fewer: Sequence[Change]) -> bool:
            smaller = applied(base, fewer)
            return smaller is not None and await both.differ(smaller)

        changes = list(await reduced(changes, enough)) if await enough(changes) else changes
        smallest = applied(base, changes) or document
        case = {
            "id": "NEW",
            "title": f"{mutant.rule}: not {mutant.after}" if mutant.after else f"{mutant.rule}: not left out",
            **written(changes),
            "expect": await both.expected(smallest),
        }
        return yaml.safe_dump([case], sort_keys=False, allow_unicode=True, width=120, default_flow_style=None)


@dataclass(frozen=True)
class _Both:
    """The original policies and the mutant, each with its catalog."""

    original: Catalog
    catalog: Catalog
    plain: OpaServer
    mutated: OpaServer

    async def answers(self, document: Document) -> tuple[object, object] | None:
        """Return both results for a document, or None if it is not valid."""
        inputs = [_input(document, catalog) for catalog in (self.original, self.catalog)]
        if inputs[0] is None or inputs[1] is None:
            return None
        old, new = await asyncio.gather(self.plain.decisions([inputs[0]]), self.mutated.decisions([inputs[1]]))
        return old, new

    async def differ(self, document: Document) -> bool:
        """Whether both decide and the results differ."""
        answers = await self.answers(document)
        return answers is not None and answers[0] != answers[1]

    async def expected(self, document: Document) -> Document:
        """Write the original decision: its main fields, and all fields in which the mutant differs."""
        answers = await self.answers(document) or (None, None)
        right, wrong = (_decided(document, answer, self.original) for answer in answers)
        if right is None:
            return {"error": "INTERNAL"}
        expect = {key: right[key] for key in _PLAIN if key in right}
        for key in ("bounds", "effects", "obligations", *_NAMED):
            if right.get(key) and (wrong is None or wrong.get(key) != right[key]):
                expect[key] = _listed(key, right[key])
        return expect


def _in_order(document: Document, base: Document) -> Document:
    """Return a document with its lots and payments in the order of the base, by id, and all others after them."""
    facts = dict(document["facts"])
    for key in ("lots", "payments"):
        known = [one["id"] for one in base.get("facts", {}).get(key, [])]
        places = {name: place for place, name in enumerate(known)}
        facts[key] = sorted(facts.get(key, []), key=lambda one: (places.get(one["id"], len(places)), one["id"]))
    return {**document, "facts": facts}


def _input(document: Document, catalog: Catalog) -> PolicyInput | None:
    """Return the policy input of a document, or None if it is not valid."""
    try:
        return evaluated(_as_case(document), catalog)
    except (DeciderError, DocumentInvalid):
        return None


def _as_case(document: Document) -> Case:
    return Case("", "", None, None, document, "", {}, (), {}, "EvaluateRefund")


def _decided(document: Document, answers: object, catalog: Catalog) -> dict[str, Any] | None:
    """Return a decision as in a case, or None if there is none."""
    answer = answers[0] if isinstance(answers, list) and answers else {}
    try:
        policy_input = evaluated(_as_case(document), catalog)
        decision = to_decision(answer, policy_input, catalog, input_digest="")
    except DeciderError:
        return None
    return document_of(decision)


def _listed(key: str, value: Any) -> Any:  # noqa: ANN401 (of JSON)
    if key in _NAMED:
        return sorted({one[_NAMED[key]] for one in value})
    if key == "bounds":
        return {
            "min": value["min"]["amount_minor"],
            "max": value["max"]["amount_minor"],
            **({"max_credits_micros": value["max_credits_micros"]} if value["max_credits_micros"] else {}),
        }
    names = _OF_EFFECT if key == "effects" else _OF_OBLIGATION
    return [{name: one[name] for name in names if one.get(name)} for one in value]
