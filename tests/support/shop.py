"""A tiny policy repository to mutate: one rule of each kind, and tests that notice most mistakes."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from decider.authoring.mutate.operators import Edit, edits_of
from decider.authoring.mutate.replacement_values import Domains
from decider.authoring.rego_syntax import Module, parse
from decider.workspace import Workspace
from support.shipped import OPA

TINY = Path(__file__).resolve().parent / "tiny_rego"
FILE = "policies/tiny-shop/window.rego"

RULES = """package policies["tiny-shop"]

# METADATA
# title: In time and unused
grants contains {"code": "window", "cite": cite} if {
	cite := input.grounds.in_time
	input.age <= input.parameters["window.days"]
	not input.used
}

fee := min([input.price, 5])

default mode := "strict"

mode := "lenient" if input.loyal

share(_) := 0 if {
	input.age > 7
} else := 100
"""

TESTS = """package policies["tiny-shop_test"]

import data.policies["tiny-shop"] as policy

facts := {
	"parameters": data.policies["tiny-shop"].versions["2026-03-01"].parameters,
	"grounds": data.policies["tiny-shop"].bindings["tiny-shop"].grounds,
}

test_grants[note] if {
	some note, tc in {
		"the last day": [{"age": 10, "used": false}, 1],
		"a day later": [{"age": 11, "used": false}, 0],
		"used": [{"age": 1, "used": true}, 0],
	}
	found := policy.grants with input as object.union(tc[0], facts)
	count([one | some one in found; one.cite.clause == "tiny-shop/1-window"; one.code == "window"]) == tc[1]
}

test_fee if {
	policy.fee == 5 with input as {"price": 9}
	policy.fee == 4 with input as {"price": 4}
}

test_mode if {
	policy.mode == "strict" with input as {}
	policy.mode == "lenient" with input as {"loyal": true}
}

test_share if {
	policy.share(1) == 0 with input as {"age": 30}
	policy.share(1) == 100 with input as {"age": 3}
}
"""


def open_shop(folder: Path, *, rules: str = RULES, tests: str = TESTS) -> Workspace:
    """Write the policy repository to a folder."""
    rego = Path(shutil.copytree(TINY, folder / "rego"))
    for old in rego.glob("policies/tiny-shop/*.rego"):
        old.unlink()
    (rego / FILE).write_text(rules)
    (rego / FILE.replace(".rego", "_test.rego")).write_text(tests)
    return Workspace.find(folder)


def module_of(folder: Path, text: str) -> Module:
    """Parse a text of rules."""
    (folder / "a.rego").write_text(f"package a\n\n{text}\n")
    return parse(OPA, folder, "a.rego")


def mistakes(folder: Path, text: str, domains: Domains | None = None) -> Sequence[Edit]:
    """Return the mutations of the rules of a text."""
    return [edit for rule in module_of(folder, text).rules for edit in edits_of(rule, domains or Domains({}))]
