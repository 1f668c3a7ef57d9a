"""Inputs that tell a survivor from the original: found among facts that are made up, and made small."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml

from decider.authoring.cases import changed, load_cases, read_document, to_message
from decider.authoring.mutate import Fate
from decider.authoring.mutate.counterexamples import Witnesses
from decider.authoring.mutate.kept_results import Results
from decider.authoring.mutate.plan import make_plan
from decider.authoring.mutate.policy_files import Policies
from decider.authoring.mutate.running import try_mutants
from decider.authoring.mutate.shrinking import Change, applied, changes_between, reduced, written
from decider.workspace import Workspace
from support.shipped import CASES, OPA, REGO


def test_changes_lead_from_one_document_to_the_other() -> None:
    base = {"a": 1, "b": {"c": [1, 2, {"d": 3}], "e": 5}, "f": [7]}
    document = {"a": 1, "b": {"c": [1, {"x": 2}]}, "f": [7, 8], "g": {"h": 1}}
    changes = list(changes_between(base, document))

    assert applied(base, changes) == document
    assert written(changes) == {
        "set": {"b.c.1": {"x": 2}, "f.1": 8, "g": {"h": 1}},
        "unset": ["b.c.2", "b.e"],
    }


async def test_only_what_is_needed_is_kept() -> None:
    base = {"a": 0, "b": {"c": 0, "d": 0}}
    document = {"a": 1, "b": {"c": 1, "d": 1}, "e": {"f": 1, "g": 1}}

    async def enough(changes: Sequence[Change]) -> bool:
        made = applied(base, changes) or {}
        return (made.get("b", {}).get("d"), made.get("e", {}).get("g")) == (1, 1)

    kept = await reduced(list(changes_between(base, document)), enough)
    assert written(kept) == {"set": {"b.d": 1, "e": {"g": 1}}}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """The shipped policies, with nothing that notices a mistake in the account's standing."""
    rego = Path(shutil.copytree(REGO, tmp_path / "rego"))
    for test in rego.rglob("*_test.rego"):
        if test.name != "money_test.rego":
            test.unlink()
    cases = tmp_path / "tests" / "cases"
    cases.mkdir(parents=True)
    document = read_document(CASES / "router_one.yaml")
    assert isinstance(document, dict)
    document["cases"] = document["cases"][:1]
    (cases / "router_one.yaml").write_text(yaml.safe_dump(document))
    return Workspace.find(tmp_path)


async def test_a_survivor_comes_with_the_smallest_input(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("decider.authoring.mutate.counterexamples._COUNT", 100)
    policies, results = Policies.read(workspace.rego), Results(tmp_path / "kept", "state")
    plan = make_plan(policies, OPA, only=["lib/account"])
    [mutant] = [one for one in plan.mutants if one.after == 'input.parameters.account_state_as_of == "decision"']
    assert workspace.cases is not None
    cases = load_cases(workspace.cases / "router_one.yaml")
    witnesses = Witnesses(policies, {"router-one": cases[0].request})

    await try_mutants(policies, cases, plan, [mutant], OPA, results, lambda _, __: None, jobs=1, witnesses=witnesses)

    result = results.found[mutant.key]
    assert result.fate is Fate.SURVIVED
    [case] = yaml.safe_load(result.case or "")
    assert case["set"]["facts.account.status"] in {"SUSPENDED", "TERMINATED"}
    assert sum(len(case.get(key, ())) for key in ("set", "unset")) <= 6
    assert case["expect"]["verdict"] in {"ALLOW", "DENY"}
    to_message(changed(cases[0].request, case))  # of the shape of a request
