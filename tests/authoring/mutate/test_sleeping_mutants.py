"""Mutants beside their originals: asleep they change nothing, awake they are what they say."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from decider.authoring.mutate.mutants import RuleMutant, mutants_of
from decider.authoring.mutate.replacement_values import Domains
from decider.authoring.mutate.sleeping_mutants import ACTIVATION, activation, schema_of
from decider.authoring.rego_syntax import Module
from support.shipped import OPA
from support.shop import module_of

RULES = """f(x) := 1 if {
	x > 3
} else := 2 if x > 1 else := 3

p contains y if some y in input.l

p contains 9

q[k] := v if { some k, v in input.m; v > 0 }

r := {"f": f(input.x), "p": p, "q": q}
"""
INPUT = {"x": 2, "l": [1], "m": {"a": 1, "b": 0}}
ORIGINAL = {"f": 2, "p": [1, 9], "q": {"a": 1}}


def value(folder: Path, text: str, woken: dict[str, str]) -> object:
    (folder / "schema.rego").write_text(text)
    (folder / "data.json").write_text(json.dumps({ACTIVATION: woken}))
    (folder / "input.json").write_text(json.dumps(INPUT))
    given = ("--data=schema.rego", "--data=data.json", "--input=input.json")
    command = [str(OPA), "eval", "--format=json", *given, "data.a.r"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=True)
    found = json.loads(done.stdout).get("result")
    return found[0]["expressions"][0]["value"] if found else None


def compilable(module: Module) -> list[RuleMutant]:
    """Return mutants that compile: those without a dropped declaration."""
    return [one for one in mutants_of(module, Domains({})) if "some" not in one.before or one.removes_rule]


def test_asleep_they_change_nothing(tmp_path: Path) -> None:
    module = module_of(tmp_path, RULES)
    schema = schema_of(module, compilable(module))

    assert value(tmp_path, schema.text, activation(None)) == ORIGINAL


def test_awake_they_are_what_they_say(tmp_path: Path) -> None:
    module = module_of(tmp_path, RULES)
    mutants = compilable(module)
    schema = schema_of(module, mutants)
    wanted = {
        "x <= 3": {**ORIGINAL, "f": 1},
        "} else := 3 if x > 1 else := 3": {**ORIGINAL, "f": 3},
        "p contains 10": {**ORIGINAL, "p": [1, 10]},
        "": {**ORIGINAL, "p": [9]},
    }

    for after, expected in wanted.items():
        mutant = next(one for one in mutants if one.after == after)
        assert value(tmp_path, schema.text, activation(mutant)) == expected, after


def test_lines_stay_where_they_are_and_copies_are_found(tmp_path: Path) -> None:
    module = module_of(tmp_path, RULES)
    mutants = compilable(module)
    schema = schema_of(module, mutants)

    old, new = module.source.text.splitlines(), schema.text.splitlines()
    assert [line.split()[:1] for line in old] == [line.split()[:1] for line in new[: len(old)]]
    for rows, mutant in schema.places:
        assert mutant.key in new[rows.start - 1]
        assert schema.mutant_at(rows.start) is schema.mutant_at(rows.stop - 1) is mutant
    assert schema.mutant_at(1) is None
