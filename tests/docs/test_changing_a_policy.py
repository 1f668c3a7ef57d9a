"""docs/changing-a-policy.md tells the truth: who follows it sees what it shows, and ends with a passing gate."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support.guide import copy_of_project, follow, unlike
from support.pages import blocks
from support.shipped import ROOT

GUIDE = ROOT / "docs" / "changing-a-policy.md"
STEPS = [block for block in blocks(GUIDE.read_text()) if block.language in {"sh", "diff"}]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("guide")
    copy_of_project(folder)
    return folder


# One test: each step stands on those before it.
@pytest.mark.long
def test_every_step_shows_what_stands_under_it(project: Path) -> None:
    for block in STEPS:
        printed = follow(block, project)
        assert unlike(printed, block.answer or "") == [], f"{block.text}\nprinted\n{printed}"


def test_ends_with_a_passing_gate() -> None:
    gates = [block for block in STEPS if "decider gate" in block.text]
    assert "gate passed" in (gates[-1].answer or "")
    assert {"gate FAILED" in (block.answer or "") for block in gates} == {True, False}


def test_every_link_leads_somewhere() -> None:
    text = GUIDE.read_text()
    headings = {line.lower().replace(" ", "-") for line in re.findall(r"^## (.*)$", text, flags=re.MULTILINE)}
    for link in re.findall(r"\]\(\s*([^)\s]+)\)", text):
        target, _, fragment = link.partition("#")
        if not target:
            assert fragment in headings, link
            continue
        file = GUIDE.parent / target
        assert file.is_file(), link
        assert not fragment or f'<a id="{fragment}"></a>' in file.read_text(), link


@pytest.mark.parametrize(
    ("printed", "shown", "missing"),
    [
        ("ok  fmt  0.5 s  85 files\n", "ok  fmt   12.0 s  ... files\n", []),
        ("a\nb\nc\n", "a\n...\nc\n", []),
        ("a\nb\n", "b\na\n", ["a"]),
        ("FAILED  fmt  0.5 s\n", "ok  fmt  0.5 s\n", ["ok  fmt  0.5 s"]),
        ("gate passed: 1 passed (0.5 s)\n", "gate passed: 1 passed (12.5 s)\n", []),
    ],
)
def test_compares_all_but_seconds_and_what_is_left_out(printed: str, shown: str, missing: list[str]) -> None:
    assert unlike(printed, shown) == missing
