"""Each fault in a copy of the policies fails the check that must see it, in a line that names it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from support.policy_copies import edit, findings, gate, line_of

USAGE = "rego/rulebook/usage.rego"
CODES = "rego/rulebook/codes/data.yaml"
OWN_RULES = "rego/policies/yunxin/suspension.rego"
COMMON_PARAMETERS = "rego/schemas/parameters.json"
PARAMETERS = "rego/policies/yunxin/parameters.json"
VERSIONS = "rego/policies/yunxin/versions/data.yaml"
CLAUSES = "rego/policies/yunxin/clauses/data.yaml"
NEW_CLAUSE = '"nr-new":\n  title: "New"\n  section: "2"\n  summary: "New."\n'
GROUND = ', "cite": input.grounds.all_consumed'
BARS = f'refusals contains {{"item": id, "code": "consumed"{GROUND}}} if {{'


def test_citation_removed_from_a_finding(copy: Path) -> None:
    line = line_of(copy / USAGE, BARS)
    edit(copy / USAGE, GROUND, "")

    assert findings(copy, "conventions") == [
        f"{CODES}: all_consumed: no rule has this ground",
        f'{USAGE}:{line}: refusals: keys {{"code", "item"}}, not {{"cite", "code", "item"}}',
        f"{USAGE}:{line}: refusals: no ground, or several",
    ]


def test_unknown_ground(copy: Path) -> None:
    line = line_of(copy / USAGE, BARS)
    edit(copy / USAGE, GROUND, GROUND.replace("all_consumed", "all_consumd"))

    assert findings(copy, "conventions") == [
        f"{CODES}: all_consumed: no rule has this ground",
        f"{USAGE}:{line}: refusals: no such code: all_consumd",
    ]


def test_parameter_typo_in_a_rule(copy: Path) -> None:
    edit(copy / USAGE, "input.parameters.partial_use", "input.parameters.partial_us")
    place = f"{USAGE}:{line_of(copy / USAGE, 'input.parameters.partial_us ')}"

    assert f"{place}: partial_us: no parameter" in findings(copy, "parameters")
    [found] = findings(copy, "strict")
    assert found.startswith(f"{place}: rego_type_error: undefined ref: input.parameters.partial_us")


def test_parameter_typo_in_a_version(copy: Path) -> None:
    edit(copy / VERSIONS, "partial_use", "partial_us")
    line = line_of(copy / VERSIONS, "partial_us")

    found = findings(copy, "parameters")

    assert any(re.match(rf"{VERSIONS}:{line}: .*partial_us: no such parameter", one) for one in found), found
    assert any("partial_use: missing; needed by " in one for one in found), found


def test_unused_parameter(copy: Path) -> None:
    edit(copy / PARAMETERS, "{", '{"window.unit": {"type": "string", "default": "day", "description": "New."},')
    edit(copy / VERSIONS, "  parameters:\n", '  parameters:\n    "window.unit": day\n')

    line = line_of(copy / PARAMETERS, '"window.unit"')

    assert findings(copy, "parameters") == [f"{PARAMETERS}:{line}: window.unit: no rule reads it"]


def test_unused_parameter_that_no_version_sets(copy: Path) -> None:
    edit(copy / PARAMETERS, "{", '{"window.unit": {"type": "string"},')
    line = line_of(copy / PARAMETERS, '"window.unit"')

    found = findings(copy, "parameters")

    assert f"{PARAMETERS}:{line}: window.unit: no default" in found
    assert f"{PARAMETERS}:{line}: window.unit: no rule reads it" in found


def test_value_that_no_rule_asks_for(copy: Path) -> None:
    edit(copy / COMMON_PARAMETERS, '"enum": ["pro_rata", "strict", "review"]', '"enum": ["pro_rata", "strict", "half"]')
    edit(copy / VERSIONS, "partial_use: pro_rata", "partial_use: half")
    line = line_of(copy / COMMON_PARAMETERS, '"partial_use"')

    assert findings(copy, "parameters") == [
        f"{COMMON_PARAMETERS}:{line}: partial_use: no rule asks for the value 'half'"
    ]


def test_data_of_another_shape(copy: Path) -> None:
    (copy / VERSIONS).write_text("- 2026-04\n")

    assert any("not a mapping" in one for one in findings(copy, "parameters"))


def test_missing_default(copy: Path) -> None:
    text = (copy / COMMON_PARAMETERS).read_text()
    name = re.findall(r'"([\w.]+)": \{', text.partition('"properties"')[2])[0]
    before, found, after = text.partition(f'"{name}"')
    (copy / COMMON_PARAMETERS).write_text(before + found + re.sub(r',?\s*"default": [^,\n}]+', "", after, count=1))

    line = line_of(copy / COMMON_PARAMETERS, f'"{name}": ')

    assert findings(copy, "parameters") == [f"{COMMON_PARAMETERS}:{line}: {name}: no default"]


def test_clock_call(copy: Path) -> None:
    file = copy / "rego" / "lib" / "window" / "window.rego"
    file.write_text(file.read_text() + "\n_now := time.now_ns()\n")
    place = f"rego/lib/window/window.rego:{line_of(file, '_now :=')}"

    assert findings(copy, "capabilities") == [f"{place}: calls time.now_ns: clock; time is a fact of the input"]
    assert any(f"{place}: rego_type_error: undefined function time.now_ns" in one for one in findings(copy, "strict"))


def test_clock_among_the_capabilities(copy: Path) -> None:
    file = copy / "rego" / "capabilities.json"
    edit(file, '"builtins": [', '"builtins": [{"name": "time.now_ns", "decl": {"type": "function"}},')
    line = line_of(file, '"time.now_ns"')

    assert findings(copy, "capabilities") == [
        f"rego/capabilities.json:{line}: allows time.now_ns: clock; time is a fact of the input"
    ]


def test_untested_clause(copy: Path) -> None:
    for file in copy.glob("rego/policies/yunxin/*_test.rego"):
        file.write_text(file.read_text().replace("yunxin/exc-duplicate", "yunxin/exc-technical"))
    line = line_of(copy / CLAUSES, '"exc-duplicate"')

    assert f"{CLAUSES}:{line}: yunxin/exc-duplicate: no Rego test names it" in findings(copy, "clauses")


def test_clause_that_no_case_works_through(copy: Path) -> None:
    file = copy / "tests/cases/yunxin.yaml"
    file.write_text(file.read_text().replace("yunxin/exc-duplicate", "yunxin/exc-technical"))
    line = line_of(copy / CLAUSES, '"exc-duplicate"')

    assert f"{CLAUSES}:{line}: yunxin/exc-duplicate: no golden case cites it" in findings(copy, "clauses")


def test_clause_without_a_ground(copy: Path) -> None:
    with (copy / CLAUSES).open("a") as file:
        file.write(NEW_CLAUSE)
    line = line_of(copy / CLAUSES, '"nr-new"')

    assert f"{CLAUSES}:{line}: yunxin/nr-new: no ground and no reading" in findings(copy, "clauses")


def test_clause_that_is_a_mere_fact_needs_no_ground(copy: Path) -> None:
    with (copy / CLAUSES).open("a") as file:
        file.write(f"{NEW_CLAUSE}  fact: true\n")

    assert findings(copy, "clauses") == []


def test_law_citing_an_unknown_clause(copy: Path) -> None:
    edit(copy / "rego/law/grounds/data.yaml", "in_time: {clause: law/eu/9,", "in_time: {clause: law/eu/99,")

    assert findings(copy, "clauses") == [
        "rego/law/grounds/data.yaml: in_time cites law/eu/99, which no clause list holds"
    ]


def test_clause_with_an_unknown_ground(copy: Path) -> None:
    edit(copy / CLAUSES, "[all_consumed, only_bonus_left,", "[all_consumd, only_bonus_left,")

    found = findings(copy, "parameters")

    assert any("nr-consumed.grounds: no such code: all_consumd" in one for one in found), found
    assert any("neither listed here nor a ground of a clause: all_consumed" in one for one in found), found


def test_code_without_a_text(copy: Path) -> None:
    code = '{"code": "account_under_investigation", "cite"'
    edit(copy / OWN_RULES, code, code.replace("account_under_investigation", "under_investigation"))
    place = f"{OWN_RULES}:{line_of(copy / OWN_RULES, 'under_investigation')}"

    assert findings(copy, "conventions") == [f"{place}: holds: no text for under_investigation"]

    texts = copy / "rego/policies/yunxin/texts/data.yaml"
    texts.parent.mkdir()
    texts.write_text("warnings: {under_investigation: The account is under investigation.}\n")

    assert findings(copy, "conventions") == []


def test_working_day_without_the_library(copy: Path) -> None:
    rules = "rego/rulebook/payout.rego"
    edit(
        copy / rules,
        'working_days.start_after_approval(input.parameters["payout.from_days"])',
        "input.calendar.approval_day_starts[6]",
    )
    place = f"{rules}:{line_of(copy / rules, 'approval_day_starts')}"

    assert findings(copy, "conventions") == [f"{place}: reads input.calendar.approval_day_starts"]


def test_value_that_a_fact_never_has(copy: Path) -> None:
    rules = "rego/lib/sender/sender.rego"
    edit(copy / rules, 'sender.address == "PAYER"', 'sender.address == "PAYOR"')
    place = f"{rules}:{line_of(copy / rules, 'PAYOR')}"

    assert findings(copy, "conventions") == [f'{place}: address is never "PAYOR"']


def test_file_of_tests_without_a_test(copy: Path) -> None:
    (copy / "rego/policies/yunxin/more_test.rego").write_text("package rulebook_test\n")

    assert findings(copy, "tests") == ["rego/policies/yunxin/more_test.rego: no test in this file"]


def test_no_test_at_all(copy: Path) -> None:
    for file in copy.rglob("*_test.rego"):
        file.unlink()

    assert findings(copy, "tests") == ["rego: no tests"]


def test_file_that_is_not_formatted(copy: Path) -> None:
    line = line_of(copy / USAGE, BARS)
    edit(copy / USAGE, BARS, BARS.replace(" contains ", "  contains "))

    assert findings(copy, "fmt") == [f"{USAGE}:{line}: not formatted"]


def test_a_typo_does_not_compile(copy: Path) -> None:
    typos = [
        ("rulebook/window.rego", "input.parameters.unused_mode", "input.parameters.unused_mood"),
        ("policies/yunxin/suspension.rego", "input.account.status_reason", "input.account.status_raeson"),
        ("rulebook/scope.rego", "lot.sold_elsewhere", "lot.sold_elswhere"),
        ("law/withdrawal/contracts.rego", "input.customer.country", "input.customer.cuntry"),
        ("decider/explanation/result.rego", "input.request.currency", "input.request.curency"),
    ]
    for file, old, new in typos:
        edit(copy / "rego" / file, old, new)

    found = findings(copy, "strict")

    for file, _, new in typos:
        told = f"rego/{file}:{line_of(copy / 'rego' / file, new)}: rego_type_error: undefined ref: {new}"
        assert any(told in one for one in found), (told, found)


def test_what_is_no_rego_is_told_by_every_check_that_reads_it(copy: Path) -> None:
    (copy / "rego/lib/window/broken.rego").write_text("package lib.window\n\nx := := 1\n")

    report = gate(copy, "fmt", "strict", "capabilities", "clauses", "conventions", "parameters")

    assert [result.status for result in report.results] == ["failed"] * 6
    for result in report.results:
        assert any(one.place == "rego/lib/window/broken.rego:3" for one in result.findings), result


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("package lib.bad\n\nx := 1\n\nx := 1\n", 3),
        ("package lib.bad\n\nx := := 1\n", 3),
        ("package lib.bad\n\n# it is short, regal ignore:prefer-snake-case\nxY := 1\n# regal ignore:all\n", 5),
    ],
    ids=["bad style", "no rego", "switched off without a reason"],
)
def test_what_regal_finds(tmp_path: Path, text: str, line: int) -> None:
    (tmp_path / "policies").mkdir()
    (tmp_path / "lib" / "bad").mkdir(parents=True)
    (tmp_path / "lib" / "bad" / "bad.rego").write_text(text)
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "hidden.rego").write_text(text)

    found = findings(tmp_path, "regal")

    assert any(one.startswith(f"lib/bad/bad.rego:{line}: ") for one in found), found
    assert not any("hidden" in one for one in found)


@pytest.mark.parametrize(
    ("part", "check", "message"),
    [
        ("rego/capabilities.json", "capabilities", "rego/capabilities.json: missing"),
        ("rego/schemas/input.json", "strict", "rego/schemas/input.json: missing"),
        ("tests/cases", "clauses", ": there are no golden cases"),
        ("rego/law/clauses/data.yaml", "clauses", "rego/law/clauses/data.yaml: missing"),
    ],
)
def test_what_is_missing_fails(copy: Path, part: str, check: str, message: str) -> None:
    shutil.rmtree(copy / part) if (copy / part).is_dir() else (copy / part).unlink()

    assert findings(copy, check) == [message]


def test_missing_library(copy: Path) -> None:
    shutil.rmtree(copy / "rego/lib")

    assert any("undefined function data.lib." in one for one in findings(copy, "strict"))
