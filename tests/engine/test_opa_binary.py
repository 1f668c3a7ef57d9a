"""Which OPA is used, and what is said where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from decider.engine import OPA_VERSION, find_opa
from decider.errors import EngineUnavailable
from decider.tools import finding
from support.shipped import OPA


def fake(folder: Path, version: str) -> Path:
    folder.mkdir()
    program = folder / "opa"
    program.write_text(f"#!/bin/sh\necho 'Version: {version}'\n")
    program.chmod(0o755)
    return program


@pytest.fixture
def _no_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "checkout", lambda: tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", str(tmp_path / "path"))


def test_the_configured_one_is_taken(tmp_path: Path) -> None:
    program = fake(tmp_path / "mine", OPA_VERSION)

    assert find_opa(program) == program
    assert find_opa() == OPA


@pytest.mark.usefixtures("_no_checkout")
def test_else_the_one_on_path(tmp_path: Path) -> None:
    program = fake(tmp_path / "path", OPA_VERSION)

    assert find_opa() == program


@pytest.mark.usefixtures("_no_checkout")
def test_the_one_that_this_user_installed_comes_before_it(tmp_path: Path) -> None:
    fake(tmp_path / "path", OPA_VERSION)
    (tmp_path / "cache" / "decider" / "tools").mkdir(parents=True)
    program = fake(tmp_path / "cache" / "decider" / "tools" / OPA_VERSION, OPA_VERSION)

    assert find_opa() == program


@pytest.mark.usefixtures("_no_checkout")
def test_one_of_another_version_on_path(tmp_path: Path) -> None:
    fake(tmp_path / "path", "1.22.0")
    with pytest.raises(EngineUnavailable, match=r"is opa 1\.22\.0, not 1\.22\.2: run `decider tools install`"):
        find_opa()


@pytest.mark.usefixtures("_no_checkout")
def test_none_at_all() -> None:
    with pytest.raises(EngineUnavailable, match=r"no opa 1\.22\.2: run `decider tools install`"):
        find_opa()


def test_another_version_is_refused(tmp_path: Path) -> None:
    program = fake(tmp_path / "old", "1.22.0")
    with pytest.raises(EngineUnavailable, match=r"is OPA 1\.22\.0, but OPA 1\.22\.2 is needed: run `decider tools"):
        find_opa(program)


def test_no_program_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EngineUnavailable, match=r"is not OPA, but OPA 1\.22\.2 is needed"):
        find_opa(tmp_path / "absent")
