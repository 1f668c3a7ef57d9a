"""An expectation that a change takes out of a test or case is found, unless it holds no more or a reason is listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from decider.authoring.gate.checks import expectations
from decider.authoring.gate.lost_expectations import FILE
from decider.workspace import Workspace
from support.policy_copies import context, copy_of, edit, line_of
from support.shop import RULES, open_shop

CASES = "tests/cases/router_one.yaml"
SHOP = "rego/policies/tiny-shop/window_test.rego"
R08 = "R08 (request exactly 14 days after purchase)"
WINDOW = "rego/lib/window/window.rego"

TESTS = """package policies["tiny-shop_test"]

import data.policies["tiny-shop"] as policy

test_share[note] if {
	some note, tc in {
		"the last day": [7, 100],
		"a day later": [8, 0],
	}
	found := policy.share(1) with input as {"age": tc[0]}
	found == tc[1]
}

test_fee if {
	policy.fee == 5 with input as {"price": 9}
	policy.fee == 4 with input as {"price": 4}
}
"""


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return copy_of(tmp_path_factory.mktemp("cases"), "R08", "R70")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return open_shop(tmp_path_factory.mktemp("shop"), tests=TESTS)


def lost(changed: Workspace, base: Workspace) -> list[str]:
    return [f"{one.place}: {one.message}" for one in expectations.run(context(changed, base)).findings]


@pytest.mark.parametrize(
    ("removed", "gone"),
    [
        (
            "      amount: {currency_code: USD, amount_minor: 10000}\n",
            'amount {"currency_code":"USD","amount_minor":10000}',
        ),
        ("      verdict: ALLOW\n      disposition: CASH_REFUND\n", 'verdict "ALLOW", disposition "CASH_REFUND"'),
    ],
)
def test_what_a_case_does_not_expect_any_more(tmp_path: Path, cases: Workspace, removed: str, gone: str) -> None:
    changed = copy_of(tmp_path, "R08", "R70")
    edit(tmp_path / CASES, removed, "")
    place = f"{CASES}:{line_of(tmp_path / CASES, '- id: R08')}"

    assert lost(changed, cases) == [f"{place}: {R08}: does not expect {gone} any more, and is still decided so"]


def test_a_case_that_is_gone(tmp_path: Path, cases: Workspace) -> None:
    [found] = lost(copy_of(tmp_path, "R70"), cases)

    assert found.startswith(
        f'{CASES}: {R08}: is gone, and is still decided as it expected: verdict "ALLOW", disposition'
    )


def test_a_case_under_another_name_or_with_another_request_is_not_gone(tmp_path: Path, cases: Workspace) -> None:
    changed = copy_of(tmp_path, "R08", "R70")
    edit(tmp_path / CASES, "- id: R08", "- id: R108")
    edit(tmp_path / CASES, "facts.customer.country_code: GB", "facts.customer.country_code: DE")

    assert lost(changed, cases) == []


def test_what_the_rules_do_not_decide_any_more_may_go(tmp_path: Path, cases: Workspace) -> None:
    changed = copy_of(tmp_path, "R70")
    edit(tmp_path / WINDOW, "lot.age_ns <= _length_ns", "lot.age_ns < _length_ns")

    assert lost(changed, cases) == []


NOT = "does not expect"
ANY = "any more, which still holds"
FOUR = 'policy.fee == 4 with input as {"price": 4}'
FIVE = 'policy.fee == 5 with input as {"price": 9}'


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (f"\t{FOUR}\n", "", [f"test_fee {NOT} `{FOUR}` {ANY}"]),
        (
            '\t\t"a day later": [8, 0],\n',
            "",
            [f"test_share {NOT} the row 'a day later' {ANY}"],
        ),
        ('"a day later": [8, 0]', '"a day later": [9, 0]', []),
        ("test_fee if", "todo_test_fee if", [f"test_fee is gone, and still holds: `{FIVE}`, `{FOUR}`"]),
        ("test_fee if", "test_the_fee if", []),
        ("test_share[", "test_the_share[", []),
        ('"a day later"', '"eleven days"', []),
    ],
    ids=["comparison", "row", "row with other facts", "todo", "test renamed", "table renamed", "row renamed"],
)
def test_what_a_test_does_not_expect_any_more(
    tmp_path: Path, shop: Workspace, old: str, new: str, told: list[str]
) -> None:
    assert old in TESTS
    changed = open_shop(tmp_path, tests=TESTS.replace(old, new))

    assert [one.partition(": ")[2] for one in lost(changed, shop)] == told


def test_a_weaker_comparison(tmp_path: Path, shop: Workspace) -> None:
    changed = open_shop(tmp_path, tests=TESTS.replace("found == tc[1]", "found >= 0"))
    line = line_of(tmp_path / SHOP, "test_share")

    assert lost(changed, shop) == [f"{SHOP}:{line}: test_share {NOT} `found == tc[1]` {ANY}"]


def test_a_file_of_tests_that_is_gone(tmp_path: Path, shop: Workspace) -> None:
    changed = open_shop(tmp_path, tests=TESTS)
    (tmp_path / SHOP).unlink()

    found = lost(changed, shop)

    assert len(found) == 2
    assert all(one.startswith(f"{SHOP}: test_") and " is gone, and still holds: " in one for one in found)


def test_a_test_that_the_rules_do_not_pass_any_more_may_go(tmp_path: Path, shop: Workspace) -> None:
    changed = open_shop(
        tmp_path,
        rules=RULES.replace("min([input.price, 5])", "min([input.price, 6])"),
        tests=TESTS.replace("policy.fee == 5 with", "policy.fee == 6 with"),
    )

    assert lost(changed, shop) == []


def test_what_does_not_compile_with_the_rules_any_more_may_go(tmp_path: Path, shop: Workspace) -> None:
    changed = open_shop(
        tmp_path,
        rules=RULES.replace("share(_)", "part(_, _)"),
        tests=TESTS.replace("policy.share(1)", "policy.part(1, 2)"),
    )

    assert lost(changed, shop) == []


def test_a_reason_lets_it_go(tmp_path: Path, shop: Workspace) -> None:
    changed = open_shop(tmp_path, tests=TESTS.replace("test_fee if", "todo_test_fee if"))
    file = changed.rego / FILE
    file.parent.mkdir()

    def listed(*of: str, reason: str = "For the test.") -> list[str]:
        entries = "".join(f'\n  - {{of: "{name}", reason: "{reason}"}}' for name in of)
        file.write_text(f"expectations:{entries}\n")
        return lost(changed, shop)

    unknown, left = listed("test_mode")
    assert left.startswith(f"{SHOP}: test_fee is gone")
    assert unknown == f"rego/{FILE}:2: nothing is gone of test_mode that still holds"
    assert any("expectations[0].reason: not a text, or empty" in one for one in listed("test_fee", reason=" "))
    assert listed("test_fee") == listed(SHOP) == []
    assert lost(changed, changed) == []
