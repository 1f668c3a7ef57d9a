"""The check of the gate and the command: what they say of a change that no test would notice a mistake in."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from pathlib import Path

import pytest

from decider.authoring.gate.baseline import Base
from decider.authoring.gate.checks import CHECKS
from decider.authoring.gate.report import CheckResult, Status
from decider.authoring.gate.runner import Context, run_checks
from decider.workspace import Workspace
from support.program import DECIDER
from support.repositories import commit, git
from support.shipped import OPA
from support.shop import FILE, RULES, open_shop

CHANGED = RULES.replace("input.age > 7", "input.age > 9")


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A shop in a git repository, with a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = tmp_path / "shop"
    root.mkdir()
    open_shop(root)
    git(root, "init", "--quiet", "--initial-branch=main")
    commit(root)
    return root


def check(root: Path, *, full: bool = False) -> CheckResult:
    workspace = Workspace.find(root)
    base = Base(git(root, "rev-parse", "HEAD"), "the last commit", workspace)
    context = Context(workspace, OPA, base, "", date(2026, 6, 1), full=full)
    [chosen] = [one for one in CHECKS if one.name == "mutation"]
    [result] = run_checks([chosen], context, lambda _: None).results
    return result


def test_nothing_changed(shop: Path) -> None:
    result = check(shop)

    assert (result.status, result.summary) == (Status.PASSED, "no rule and no parameter changed")


def test_a_change_that_no_test_would_notice_a_mistake_in(shop: Path) -> None:
    (shop / "rego" / FILE).write_text(CHANGED)
    result = check(shop)

    assert result.status is Status.FAILED
    line = CHANGED.splitlines().index("\tinput.age > 9") + 1
    assert {(one.file, one.line) for one in result.findings} == {(f"rego/{FILE}", line)}
    assert "share: no test would notice 'input.age >= 9'" in result.findings[1].message
    assert "decider mutate --only" in result.findings[0].hint
    assert result.summary == "6 of 8 mistakes noticed"


def test_a_change_that_tests_notice_mistakes_in(shop: Path) -> None:
    (shop / "rego" / FILE).write_text(RULES.replace("input.price, 5", "5, input.price"))

    assert check(shop).status is Status.PASSED


def test_of_everything(shop: Path) -> None:
    result = check(shop, full=True)

    assert result.status is Status.FAILED  # the tests of the tiny shop leave the parameters alone
    assert {one.file for one in result.findings} > {f"rego/{FILE}"}


def test_a_test_that_fails_is_no_pass(shop: Path) -> None:
    (shop / "rego" / FILE).write_text(RULES.replace("input.price, 5", "input.price, 6"))
    result = check(shop)

    assert result.status is Status.FAILED
    assert [one.message for one in result.findings] == [
        "data.policies.tiny-shop_test.test_fee fails without any mutant: mend it first"
    ]


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([DECIDER, "mutate", *arguments], capture_output=True, text=True, check=False)


def test_the_command(shop: Path) -> None:
    (shop / "rego" / FILE).write_text(CHANGED)
    done = run(shop, "--changed", "HEAD")

    assert (done.returncode, done.stderr) == (1, "")
    assert f"rego/{FILE}:18: share: move boundary\n  - input.age > 9\n  + input.age >= 9\n" in done.stdout
    assert done.stdout.splitlines()[-4].split() == ["score", "killed", "survived", "waived", "invalid"]
    assert done.stdout.splitlines()[-3].split() == ["policies/tiny-shop", "75.0", "%", "6", "2", "0", "0"]
    assert done.stdout.splitlines()[-1].startswith("policies/tiny-shop below 95 %, in ")

    told = json.loads(run(shop, "--changed", "HEAD", "--no-cases", "--json").stdout)
    assert (told["passed"], told["total"]["survived"], told["survivors"][0]["line"]) == (False, 2, 18)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--changed", "nowhere"), "'nowhere' is not a revision"),
        (("--changed", "HEAD"), "no rule or parameter has changed"),
    ],
)
def test_the_command_without_mutants(shop: Path, arguments: tuple[str, str], message: str) -> None:
    done = run(shop, *arguments)

    assert message in done.stdout + done.stderr
    assert done.returncode == (2 if "revision" in message else 0)
