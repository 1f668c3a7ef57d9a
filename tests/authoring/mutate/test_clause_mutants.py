"""Mutants of clauses: what each changes in the data that OPA serves, and where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from decider.authoring.mutate.clause_mutants import clause_mutants
from decider.authoring.mutate.policy_files import MutationFault, Policies
from support.tiny import copy_rego

FILE = "policies/tiny-shop/clauses/data.yaml"
IN_WINDOW, AFTER_WINDOW = ({"clause": "tiny-shop/1-window", "role": role} for role in ("GRANTS", "BARS"))


def test_a_clause_loses_a_code_or_a_reading(tmp_path: Path) -> None:
    made = list(clause_mutants(Policies.read(copy_rego(tmp_path))))
    clause = ("policies", "tiny-shop", "clauses", "1-window")
    bound = ("policies", "tiny-shop", "bindings", "tiny-shop")

    assert [(mutant.operator, mutant.before, mutant.changes) for mutant in made] == [
        (
            "drop ground",
            "grounds: in_window",
            {(*clause, "grounds"): ["after_window"], (*bound, "grounds"): {"after_window": AFTER_WINDOW}},
        ),
        (
            "drop ground",
            "grounds: after_window",
            {(*clause, "grounds"): ["in_window"], (*bound, "grounds"): {"in_window": IN_WINDOW}},
        ),
        ("drop reading", "readings: window.days", {(*clause, "readings"): [], (*bound, "readings"): {}}),
    ]
    assert {(mutant.file, mutant.area, mutant.rule, mutant.policy_id) for mutant in made} == {
        (FILE, "policies/tiny-shop", "1-window", "tiny-shop")
    }
    assert len({mutant.key for mutant in made}) == 3


def test_each_stands_in_the_line_of_its_code(tmp_path: Path) -> None:
    rego = copy_rego(tmp_path)
    clauses = rego / FILE
    clauses.write_text(
        clauses.read_text().replace("[in_window, after_window]", "\n    - in_window\n    - after_window")
    )

    assert [(mutant.row, mutant.rows) for mutant in clause_mutants(Policies.read(rego))] == [
        (6, range(6, 7)),
        (7, range(7, 8)),
        (8, range(8, 9)),
    ]


def test_a_rule_set_of_two_policies_has_mutants_for_each(tmp_path: Path) -> None:
    rego = copy_rego(tmp_path)
    other = rego / "policies" / "other-shop"
    for name in ("policy", "versions"):
        (other / name).mkdir(parents=True)
        (other / name / "data.yaml").write_text((rego / "policies" / "tiny-shop" / name / "data.yaml").read_text())
    (other / "parameters.json").write_text((rego / "policies" / "tiny-shop" / "parameters.json").read_text())

    made = list(clause_mutants(Policies.read(rego)))
    assert [mutant.policy_id for mutant in made] == ["other-shop"] * 3 + ["tiny-shop"] * 3
    assert {mutant.file for mutant in made} == {FILE}
    assert len({mutant.key for mutant in made}) == 6


def test_clauses_must_be_valid_to_be_mutated(tmp_path: Path) -> None:
    rego = copy_rego(tmp_path)
    (rego / FILE).write_text((rego / FILE).read_text().replace("silent: [fee]", ""))

    with pytest.raises(MutationFault, match="neither listed here nor a ground of a clause: fee"):
        Policies.read(rego)
