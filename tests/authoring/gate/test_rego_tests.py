"""What comes of the Rego tests of a small policy: those that fail, and the lines that none of them reaches."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.policy_copies import gate, told


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """Lay out a library of one function, with the test that reaches it."""
    (tmp_path / "policies").mkdir()
    folder = tmp_path / "lib" / "pair"
    folder.mkdir(parents=True)
    (folder / "pair.rego").write_text("package lib.pair\n\nlarger(a, b) := a if {\n\ta >= b\n} else := b\n")
    (folder / "pair_test.rego").write_text(
        "package lib.pair_test\n\nimport data.lib.pair\n\n"
        "test_larger if {\n\tpair.larger(2, 1) == 2\n\tpair.larger(1, 2) == 2\n}\n"
    )
    return tmp_path


def test_all_is_well(tiny: Path) -> None:
    report = gate(tiny, "tests", "coverage")

    assert report.passed
    assert [result.summary for result in report.results] == [
        "1 tests in 1 files",
        "3 lines of 1 files reached, 0 not",
    ]


def test_a_test_that_fails_is_named_and_the_reach_is_not_known(tiny: Path) -> None:
    file = tiny / "lib/pair/pair.rego"
    file.write_text(file.read_text().replace(">=", "<="))

    tests, coverage = gate(tiny, "tests", "coverage").results

    assert told(tests) == ["lib/pair/pair_test.rego:5: test_larger fails"]
    assert told(coverage) == [": what the tests reach is not known while they fail"]


@pytest.mark.parametrize(
    "table",
    ["{}", '{"undefined": [pair.smaller_of_none, 1, 1]}', "{case: [1, 1, 1] | some case in []}"],
)
def test_a_test_without_a_case_is_named_although_opa_passes_it(tiny: Path, table: str) -> None:
    file = tiny / "lib/pair/pair_test.rego"
    case = f"\n\ntest_none[note] if {{\n\tsome note, tc in {table}\n\tpair.larger(tc[0], tc[1]) == tc[2]\n}}\n"
    file.write_text(file.read_text() + case)
    rules = tiny / "lib/pair/pair.rego"
    rules.write_text(rules.read_text() + "\nsmaller_of_none := 1 if false\n")

    tests, _ = gate(tiny, "tests", "coverage").results

    assert told(tests) == ["lib/pair/pair_test.rego:11: test_none has no case"]


def test_what_does_not_compile_is_told(tiny: Path) -> None:
    file = tiny / "lib/pair/pair.rego"
    file.write_text(file.read_text() + "\nx := y\n")

    tests, _ = gate(tiny, "tests", "coverage").results

    assert any("lib/pair/pair.rego:7" in line and "unsafe" in line for line in told(tests)), told(tests)


def test_a_line_that_no_test_reaches(tiny: Path) -> None:
    file = tiny / "lib/pair/pair_test.rego"
    file.write_text(file.read_text().replace("\tpair.larger(1, 2) == 2\n", ""))

    _, coverage = gate(tiny, "tests", "coverage").results

    assert told(coverage) == ["lib/pair/pair.rego:5: no test reaches this line"]


def test_a_file_that_no_test_loads(tiny: Path) -> None:
    (tiny / "lib" / "other.rego").write_text("package lib.other\n\nyes if {\n\tinput.yes\n}\n")

    _, coverage = gate(tiny, "tests", "coverage").results

    assert any(line.startswith("lib/other.rego") for line in told(coverage))
