"""`decider gate` and `decider tools` as a user calls them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from support.program import Command, Run
from support.repositories import commit, git
from support.terminal import on_a_terminal


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Lay out a repository with one file of Rego and no policy."""
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    commit(tmp_path, policies__keep="", lib__pair__pair_rego="")
    (tmp_path / "lib/pair/pair_rego").rename(tmp_path / "lib/pair/pair.rego")
    (tmp_path / "lib/pair/pair.rego").write_text("package lib.pair\n\none := 1\n")
    commit(tmp_path)
    return tmp_path


def test_a_check_that_passes(run: Run, library: Path) -> None:
    done = run("gate", library, "--only", "fmt")

    assert (done.returncode, done.stderr) == (0, "")
    first, _, base, last = done.stdout.splitlines()
    assert first.startswith("ok      fmt ")
    assert base.startswith("compared with ")
    assert base.endswith(" (the commit before HEAD of main)")
    assert last.startswith("gate passed: 1 passed (")


def test_a_check_that_fails(run: Run, library: Path) -> None:
    (library / "lib/pair/pair.rego").write_text("package lib.pair\n\none  := 1\n")

    done = run("gate", library, "--only", "fmt")

    assert done.returncode == 1
    assert (
        "        lib/pair/pair.rego:3: not formatted\n          -> opa fmt --write lib/pair/pair.rego\n" in done.stdout
    )


def test_a_terminal_gets_colours(library: Path) -> None:
    passed = on_a_terminal("gate", library, "--only", "fmt,stubs")
    (library / "lib/pair/pair.rego").write_text("package lib.pair\n\none  := 1\n")
    failed = on_a_terminal("gate", library, "--only", "fmt")

    assert (passed.exit_code, failed.exit_code) == (0, 1)
    assert "\x1b[32mok\x1b[0m      fmt " in passed.output
    assert "\x1b[2mn/a\x1b[0m     stubs " in passed.output
    assert "\x1b[1;31mFAILED\x1b[0m  fmt " in failed.output
    assert "\x1b[1;31mgate FAILED: 1 failed (" in failed.output


def test_no_color_is_respected(library: Path) -> None:
    done = on_a_terminal("gate", library, "--only", "fmt", NO_COLOR="1")

    assert not re.search(r"\x1b\[[0-9;]*3[0-9]", done.output)
    assert "ok      fmt " in done.output


def test_a_report_for_a_program_goes_with_lines_for_people(command: Command, library: Path) -> None:
    done = command(
        "gate", library, "--only", "fmt,stubs", "--format", "json", "--base", "HEAD", "--as-of", "2026-06-01"
    )

    assert done.returncode == 0
    assert [check["status"] for check in json.loads(done.stdout)["checks"]] == ["passed", "not applicable"]
    assert "n/a     stubs" in done.stderr


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--only", "fmt,tpyo"], "--only tpyo: no such check; the checks are files, fmt, strict, "),
        (["--only", ","], "--only names no check; the checks are files, fmt, strict, "),
        (["--format", "pdf"], "--format pdf: not one of text, json, junit, sarif, markdown"),
        (["--as-of", "tomorrow"], "--as-of tomorrow: not a day such as 2026-06-01"),
        (["--base", "nowhere"], "'nowhere' is not a revision of the repository at "),
    ],
)
def test_a_wrong_option_is_a_usage_error(command: Command, library: Path, options: list[str], message: str) -> None:
    done = command("gate", library, *options)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(message)


def test_a_folder_without_policies_is_a_usage_error(command: Command, tmp_path: Path) -> None:
    done = command("gate", tmp_path)

    assert (done.returncode, done.stderr) == (2, f"{tmp_path} contains neither policies/ nor rego/policies/\n")


def test_prints_the_capabilities(command: Command) -> None:
    done = command("tools", "capabilities")

    assert done.returncode == 0
    assert "time.now_ns" not in {builtin["name"] for builtin in json.loads(done.stdout)["builtins"]}


def test_without_opa_each_check_that_needs_it_fails(command: Command, library: Path) -> None:
    done = command("gate", library, "--only", "fmt,stubs", DECIDER_OPA="/nowhere/opa")

    assert done.returncode == 1
    assert done.stderr.startswith("/nowhere/opa is not OPA, but OPA 1.22.2 is needed: run `decider tools install`")
    assert "        opa 1.22.2 did not run: No such file or directory\n" in done.stdout
    assert "n/a     stubs" in done.stdout
