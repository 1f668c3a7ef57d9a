"""Mutants of clauses: what each changes in the data that OPA serves, and where it stands."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from decider.authoring.mutate.clause_mutants import clause_mutants
from decider.authoring.mutate.policy_files import MutationFault, Policies
from support.tiny import copy_rego

FILE = "policies/tiny-shop/clauses/data.yaml"
CLAUSES = """
1-window:
  title: Window
  section: "1"
  summary: Money back within the window.
  grounds:
    - in_time
    - fee
  readings: [mode]
silent: []
"""


@pytest.fixture
def rego(tmp_path: Path) -> Path:
    """The tiny policies, whose clause is the ground of two codes and has a reading."""
    rego = copy_rego(tmp_path)
    (rego / FILE).write_text(CLAUSES)
    return rego


def test_a_clause_loses_a_code_or_a_reading(rego: Path) -> None:
    made = list(clause_mutants(Policies.read(rego)))
    clause = ("policies", "tiny-shop", "clauses", "1-window")
    bound = ("policies", "tiny-shop", "bindings", "tiny-shop")
    in_time, fee = ({"clause": "tiny-shop/1-window", "role": role} for role in ("GRANTS", "LIMITS"))

    assert [(mutant.operator, mutant.before, mutant.changes) for mutant in made] == [
        (
            "drop ground",
            "grounds: in_time",
            {(*clause, "grounds"): ["fee"], (*bound, "grounds"): {"fee": fee}},
        ),
        (
            "drop ground",
            "grounds: fee",
            {(*clause, "grounds"): ["in_time"], (*bound, "grounds"): {"in_time": in_time}},
        ),
        ("drop reading", "readings: mode", {(*clause, "readings"): [], (*bound, "readings"): {}}),
    ]
    assert [(mutant.row, mutant.rows) for mutant in made] == [(row, range(row, row + 1)) for row in (7, 8, 9)]
    assert {(mutant.file, mutant.area, mutant.rule, mutant.policy_id) for mutant in made} == {
        (FILE, "policies/tiny-shop", "1-window", "tiny-shop")
    }
    assert len({mutant.key for mutant in made}) == 3


def test_clauses_of_two_policies_have_mutants_for_each(rego: Path) -> None:
    policies = rego / "policies"
    shutil.copytree(policies / "tiny-shop", policies / "other-shop", ignore=shutil.ignore_patterns("clauses", "*.rego"))

    made = list(clause_mutants(Policies.read(rego)))
    assert [mutant.policy_id for mutant in made] == ["other-shop"] * 3 + ["tiny-shop"] * 3
    assert {mutant.file for mutant in made} == {FILE}
    assert len({mutant.key for mutant in made}) == 6


def test_clauses_must_be_valid_to_be_mutated(rego: Path) -> None:
    (rego / FILE).write_text(CLAUSES.replace("    - fee\n", ""))

    with pytest.raises(MutationFault, match="neither listed here nor a ground of a clause: fee"):
        Policies.read(rego)


def test_a_finding_of_the_law_cites_another_clause_or_in_another_role(rego: Path) -> None:
    grounds = rego / "law" / "grounds" / "data.yaml"
    grounds.parent.mkdir()
    grounds.write_text("eu:\n  a: {clause: law/9, role: GRANTS}\n  b: {clause: law/10, role: GRANTS}\n")
    made = [mutant for mutant in clause_mutants(Policies.read(rego)) if mutant.area == "law"]

    assert [(mutant.row, mutant.rule, mutant.before, mutant.after, mutant.policy_id) for mutant in made] == [
        (2, "a", "clause: law/9", "clause: law/10", ""),
        (3, "b", "clause: law/10", "clause: law/9", ""),
    ]
    assert made[0].changes == {("law", "grounds", "eu", "a", "clause"): "law/10"}
