"""Expectations of golden cases that a change takes away although the decisions still meet them."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import orjson

from decider.authoring.cases import Case, DocumentInvalid, decision_differences, error_differences, grouped
from decider.authoring.gate.bulk_evaluation import Decided, decide_each
from decider.authoring.gate.golden_cases import Golden, questions_of, read_golden
from decider.authoring.gate.lost_expectations import HINT, Lost
from decider.authoring.gate.report import NotApplicable
from decider.authoring.gate.runner import Context
from decider.errors import DeciderError
from decider.workspace import Workspace

__all__ = ["lost_cases"]


def lost_cases(context: Context) -> Iterator[Lost]:
    """Compare the cases with those of the base: a case by its request, else by its name if the request is new."""
    base, workspace = context.needs_base().workspace, context.workspace
    if _contents(base) == _contents(workspace):
        return
    old, new = _golden(base), _golden(workspace)
    keys = _lost_keys(old.due, new.due)
    now = {case.name: case for case in new.due}
    for case, outcome in _decided(context, [case for case in old.due if case.name in keys]):
        held = [key for key in keys[case.name] if _holds(case, key, outcome)]
        expected = ", ".join(f"{key} {orjson.dumps(case.expect[key]).decode()}" for key in held)
        if held and case.name in now:
            told = f"does not expect {expected} any more, and is still decided so"
            yield Lost(case.name, new.finding(now[case.name], told, HINT))
        elif held == list(case.expect):
            told = f"is gone, and is still decided as it expected: {expected}"
            yield Lost(case.name, replace(old.finding(case, told, HINT), line=0))


def _golden(workspace: Workspace) -> Golden:
    try:
        return read_golden(workspace)
    except NotApplicable:
        return Golden(workspace)


def _contents(workspace: Workspace) -> Sequence[bytes]:
    return [file.read_bytes() for file in sorted(workspace.cases.glob("*.yaml"))] if workspace.cases else []


def _lost_keys(old: Sequence[Case], new: Sequence[Case]) -> Mapping[str, Sequence[str]]:
    """Return, by the name of a case of the base, what it expects and no present case expects of the same request.

    A case of the same name whose request is new checks the same key by other facts: it takes the case's place.
    """
    known = {_request(case) for case in old}
    same: dict[bytes, list[Case]] = defaultdict(list)
    instead: dict[str, Case] = {}
    for case in new:
        request = _request(case)
        same[request].append(case)
        if request not in known:
            instead[case.name] = case
    lost = {}
    for case in old:
        checked = instead[case.name].expect if case.name in instead else {}
        present = same[_request(case)]
        lost[case.name] = [
            key
            for key, value in case.expect.items()
            if key not in checked and not any(one.expect.get(key) == value for one in present)
        ]
    return {name: keys for name, keys in lost.items() if keys}


def _request(case: Case) -> bytes:
    return orjson.dumps([case.policy_id, case.request, case.parameters, case.policy_versions], default=str)


def _decided(context: Context, cases: Sequence[Case]) -> Iterator[tuple[Case, Decided]]:
    """Decide cases of the base by the present policies; a case that cannot be asked any more holds nothing."""
    with tempfile.TemporaryDirectory(prefix="decider-lost-cases-") as folder:
        asked, questions = [], []
        for index, group in enumerate(grouped([case for case in cases if _is_readable(case)])):
            asked.append(group.cases)
            requests = [case.message for case in group.cases]
            questions.append(questions_of(context.workspace, group, requests, Path(folder, str(index))))
        for of_group, decided in zip(asked, decide_each(questions, context.opa), strict=True):
            if not isinstance(decided, DeciderError):
                yield from zip(of_group, decided, strict=True)


def _is_readable(case: Case) -> bool:
    try:
        _ = case.message
    except DocumentInvalid:
        return False
    return True


def _holds(case: Case, key: str, outcome: Decided) -> bool:
    if isinstance(outcome, DeciderError) != ("error" in case.expect):
        return False
    # the currency of the other amounts is that of `amount`
    expect = {name: case.expect[name] for name in (key, "amount", "error") if name in case.expect}
    if isinstance(outcome, DeciderError):
        found = error_differences(outcome.code, [one.field for one in outcome.violations], expect)
    else:
        found = decision_differences(outcome, expect)
    return not any(line.startswith(key) for line in found)
