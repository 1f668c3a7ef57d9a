"""A whole run over a tiny repository: what is noticed, what is not, what is kept, what is waived."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from decider.authoring.mutate import Fate, Mutant, Mutation, MutationFault, MutationReport, Result
from decider.authoring.mutate.mutants import DataMutant
from decider.authoring.opa import ProgramFailed
from decider.workspace import Workspace
from support.repositories import commit, git
from support.shipped import OPA
from support.shop import FILE, RULES, TESTS, open_shop

WEAK = TESTS.replace('"the last day": [{"age": 10, "used": false}, 1],\n\t\t', "")
LAST_DAY = 'input.age <= input.parameters["window.days"]'


def tried(workspace: Workspace, kept: Path, **more: object) -> tuple[MutationReport, list[tuple[Mutant, Result]]]:
    """Run all mutants of the rules; return the report and what was tried."""
    found: list[tuple[Mutant, Result]] = []
    mutation = Mutation(workspace, OPA, results=kept, **{"only": [FILE], **more})  # type: ignore[arg-type] # as the caller says
    return mutation.run(lambda *one: found.append(one), jobs=1, inputs=False), found


def fates(found: list[tuple[Mutant, Result]]) -> dict[str, Fate]:
    return {mutant.after or mutant.operator: result.fate for mutant, result in found}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Path]:
    folder = tmp_path_factory.mktemp("shop")
    return open_shop(folder), folder / "kept"


@pytest.fixture(scope="module")
def first(shop: tuple[Workspace, Path]) -> tuple[MutationReport, list[tuple[Mutant, Result]]]:
    return tried(*shop)


def test_what_the_tests_notice(first: tuple[MutationReport, list[tuple[Mutant, Result]]]) -> None:
    report, found = first
    score = report.areas["policies/tiny-shop"]

    assert list(report.areas) == ["policies/tiny-shop"]
    assert (score.killed, score.survived, score.waived, score.invalid) == (22, 2, 0, 1)
    assert score.percent == pytest.approx(2200 / 24)
    assert not report.passed
    assert {one.mutant.after for one in report.survivors} == {"input.age > 8", "input.age >= 7"}
    assert fates(found)['default mode := "lenient"'] is Fate.KILLED  # a mutant that stands alone


def test_who_noticed(first: tuple[MutationReport, list[tuple[Mutant, Result]]]) -> None:
    by = {mutant.after or mutant.operator: result.by for mutant, result in first[1]}

    assert by["fee := max([input.price, 5])"] == "data.policies.tiny-shop_test.test_fee"
    assert (
        by['input.age < input.parameters["window.days"]'] == "data.policies.tiny-shop_test.test_grants['the last day']"
    )
    assert by["input.used"].startswith("data.policies.tiny-shop_test.test_grants")


def test_a_second_run_tries_nothing(
    shop: tuple[Workspace, Path], first: tuple[MutationReport, list[tuple[Mutant, Result]]]
) -> None:
    report, found = tried(*shop)

    assert found == []
    assert report.areas == first[0].areas
    assert [one.mutant.key for one in report.survivors] == [one.mutant.key for one in first[0].survivors]


def test_a_run_that_is_stopped_goes_on(tmp_path: Path) -> None:
    workspace, kept = open_shop(tmp_path), tmp_path / "kept"
    seen: list[str] = []

    def stop(mutant: Mutant, _: Result) -> None:
        seen.append(mutant.key)
        if len(seen) == 9:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Mutation(workspace, OPA, only=[FILE], results=kept).run(stop, jobs=1, inputs=False)
    mutation = Mutation(workspace, OPA, only=[FILE], results=kept)
    assert len(mutation.pending(inputs=False)) == len(mutation.mutants) - 9
    mutation.run(lambda mutant, _: seen.append(mutant.key), jobs=1, inputs=False)
    assert sorted(seen) == sorted(mutant.key for mutant in mutation.mutants)


def test_what_does_not_compile_is_counted(tmp_path: Path) -> None:
    rules = 'package policies["tiny-shop"]\n\np contains x if {\n\tsome x in input.l\n\tx > 0\n}\n'
    tests = 'package a_test\n\ntest_p if data.policies["tiny-shop"].p == {1} with input as {"l": [0, 1]}\n'
    report, found = tried(open_shop(tmp_path, rules=rules, tests=tests), tmp_path / "kept")

    assert report.total.invalid == 1
    assert [result.by for _, result in found if result.fate is Fate.INVALID] == [
        "rego_unsafe_var_error: var x is unsafe"
    ]


def test_parameters_are_mutated_too(tmp_path: Path) -> None:
    tests = TESTS + '\ntest_countries if facts.parameters.countries == ["NO", "DE"]\n'
    report, found = tried(open_shop(tmp_path, tests=tests), tmp_path / "kept", only=["policies/tiny-shop/versions"])
    at = {mutant.after: (mutant.row, result.fate) for mutant, result in found}

    assert at["window.days: 11"] == (4, Fate.KILLED)
    assert at['mode: "strict"'] == (8, Fate.SURVIVED)  # the older version, which no test reads
    assert at['countries: ["NO"]'] == (4, Fate.KILLED)
    assert at['countries: ["XX"]'] == (8, Fate.SURVIVED)
    assert not report.passed


INHERITED = """
package everywhere_test

test_inherited if {
	data.policies["other-shop"].versions["2026-03-01"].parameters.mode == "strict"
	data.policies["other-shop"].versions["2026-01-01"].parameters["window.days"] == 7
}
"""


def test_an_inherited_default_is_mutated_where_it_is_declared(tmp_path: Path) -> None:
    workspace = open_shop(tmp_path, tests=TESTS.replace('policy.mode == "strict"', "true"))
    policies = workspace.rego / "policies"
    shutil.copytree(policies / "tiny-shop", policies / "other-shop", ignore=shutil.ignore_patterns("*.rego"))
    (workspace.rego / "everywhere_test.rego").write_text(INHERITED)
    _, found = tried(workspace, tmp_path / "kept", only=["schemas"])

    assert {mutant.after: (mutant.row, result.fate) for mutant, result in found} == {
        'mode: "lenient"': (3, Fate.KILLED),
        "window.days: 6": (8, Fate.KILLED),
        "window.days: 8": (8, Fate.KILLED),
    }
    assert {tuple(path[1] for path in mutant.changes) for mutant, _ in found if isinstance(mutant, DataMutant)} == {
        ("other-shop", "tiny-shop")
    }


def test_a_policy_has_to_notice_its_own_mistakes(tmp_path: Path) -> None:
    workspace = open_shop(tmp_path, tests="package a_test\n\ntest_nothing if true\n")
    elsewhere = TESTS.replace('package policies["tiny-shop_test"]', "package everywhere_test")
    (workspace.rego / "everywhere_test.rego").write_text(elsewhere)
    report, _ = tried(workspace, tmp_path / "kept")

    assert report.total.killed == 0


def test_clauses_are_mutated_too(tmp_path: Path) -> None:
    workspace = open_shop(tmp_path)
    clauses = workspace.rego / "policies/tiny-shop/clauses/data.yaml"
    clauses.write_text(clauses.read_text().replace("[in_time]}", "[in_time],\n  readings: [mode]}"))
    _, found = tried(workspace, tmp_path / "kept", only=["policies/tiny-shop/clauses"])
    at = {f"{mutant.operator} {mutant.before}": (mutant.row, result.fate) for mutant, result in found}

    assert at == {
        "drop ground grounds: in_time": (1, Fate.KILLED),
        "drop reading readings: mode": (2, Fate.SURVIVED),
    }


def waive(workspace: Workspace, **more: str) -> None:
    waiver = {"file": FILE, "rule": "share", "line": "input.age > 7", "reason": "for the test", **more}
    file = workspace.rego / "gate" / "mutation_waivers.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps([waiver]))


def test_a_waived_mutant_does_not_count(
    shop: tuple[Workspace, Path], first: tuple[MutationReport, list[tuple[Mutant, Result]]]
) -> None:
    waive(shop[0], mutation="input.age >= 7")
    report, found = tried(*shop)

    assert found == []
    assert (report.total.waived, report.total.survived, report.stale) == (1, 1, [])
    assert report.total.percent > first[0].total.percent


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"mutation": "input.age <= 7"}, "its mutant is killed now"),
        ({"mutation": "input.age == 7"}, "it is about no mutant"),
        ({"mutation": "input.age >= 7", "rule": "grants"}, "it is about no mutant"),
    ],
)
@pytest.mark.usefixtures("first")
def test_a_waiver_that_holds_no_more(shop: tuple[Workspace, Path], more: dict[str, str], why: str) -> None:
    waive(shop[0], **more)
    mutation = Mutation(shop[0], OPA, results=shop[1], only=[FILE])
    report = mutation.run(lambda _, __: None, jobs=1, inputs=False)

    assert [told for _, told in report.stale] == [why]
    assert not report.passed


@pytest.mark.parametrize(
    "entry", ['[{"file": "a"}]', '[{"file": "a", "rule": "r", "line": "l", "mutation": "m", "reason": " "}]', "[1]"]
)
def test_a_waiver_needs_all_its_parts(tmp_path: Path, entry: str) -> None:
    workspace = open_shop(tmp_path)
    waive(workspace)
    (workspace.rego / "gate" / "mutation_waivers.yaml").write_text(entry)

    with pytest.raises(MutationFault, match=r"mutation_waivers.yaml: entry 1"):
        Mutation(workspace, OPA, results=tmp_path / "kept")


@pytest.mark.parametrize(
    ("change", "touched"),
    [
        pytest.param(lambda text: text.replace("else := 100", "else := 99"), {"share"}, id="a rule"),
        pytest.param(lambda text: text.replace("In time and unused", "Unused"), set(), id="a title"),
        pytest.param(lambda text: "# more\n" + text, set(), id="a comment"),
    ],
)
def test_only_what_a_change_touched(tmp_path: Path, change: Callable[[str], str], touched: set[str]) -> None:
    workspace = open_shop(tmp_path)
    git(tmp_path, "init", "--quiet")
    base = commit(tmp_path)
    file = workspace.rego / FILE
    file.write_text(change(file.read_text()))
    mutation = Mutation(workspace, OPA, revision=base, results=tmp_path / "kept")

    assert {mutant.rule for mutant in mutation.mutants} == touched


def test_a_changed_parameter_is_touched(tmp_path: Path) -> None:
    workspace = open_shop(tmp_path)
    git(tmp_path, "init", "--quiet")
    base = commit(tmp_path)
    versions = workspace.rego / "policies" / "tiny-shop" / "versions" / "data.yaml"
    versions.write_text(versions.read_text().replace("window.days: 7", "window.days: 8"))
    mutation = Mutation(workspace, OPA, revision=base, results=tmp_path / "kept")

    assert {mutant.row for mutant in mutation.mutants} == {8}


def test_tests_must_pass_without_mutants(tmp_path: Path) -> None:
    workspace = open_shop(tmp_path, tests=TESTS.replace("policy.fee == 5", "policy.fee == 6"))

    with pytest.raises(MutationFault, match="test_fee fails without any mutant"):
        tried(workspace, tmp_path / "kept")


def test_rules_must_compile(tmp_path: Path) -> None:
    workspace = open_shop(tmp_path, rules=RULES + "\nq if nowhere(1)\n")

    with pytest.raises(ProgramFailed, match="undefined function nowhere"):
        tried(workspace, tmp_path / "kept")


def test_something_must_be_able_to_notice(tmp_path: Path) -> None:
    workspace = open_shop(tmp_path, tests="package a_test\n")

    with pytest.raises(MutationFault, match="nothing could notice"):
        tried(workspace, tmp_path / "kept")


def test_what_is_named_must_be_there(shop: tuple[Workspace, Path]) -> None:
    with pytest.raises(MutationFault, match="--only policies/tiny-shpo: no rule or parameter"):
        Mutation(shop[0], OPA, results=shop[1], only=[FILE, "policies/tiny-shpo"])
