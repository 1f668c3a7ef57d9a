"""The gate's check `reference`, and what `decider reference` does to files."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from decider.authoring.gate.checks import reference
from decider.authoring.gate.report import Finding, NotApplicable
from decider.authoring.gate.runner import Context
from decider.authoring.reference import writing
from decider.authoring.reference.rendering import MARK
from decider.workspace import Workspace

HINT = "run `decider reference`, and read what changed in the page"


@pytest.fixture
def copy(tmp_path: Path, workspace: Workspace, made: Mapping[str, str], monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A repository with pages as they should be; what they should be is worked out once, for all tests."""
    (tmp_path / "policies").mkdir()
    shutil.copytree(workspace.docs, tmp_path / "docs" / "policies")

    def remembered(_: Workspace, __: Path) -> Mapping[str, str]:
        return made

    monkeypatch.setattr(writing, "pages", remembered)
    return Workspace.find(tmp_path)


def found(workspace: Workspace) -> list[Finding]:
    context = Context(workspace, Path("opa"), None, "no base", date(2026, 6, 1), full=False)
    return list(reference.run(context).findings)


def test_passes_on_pages_as_they_should_be(copy: Workspace) -> None:
    assert found(copy) == []


def _change(page: Path) -> None:
    lines = page.read_text().splitlines(keepends=True)
    lines[4] = "Somebody wrote this.\n"
    page.write_text("".join(lines))


def _cut(page: Path) -> None:
    page.write_text("".join(page.read_text().splitlines(keepends=True)[:9]))


@pytest.mark.parametrize(
    ("fault", "line", "message"),
    [
        (_change, 5, "the page is not what the policies say"),
        (_cut, 10, "the page is not what the policies say"),
        (Path.unlink, 0, "the page is missing"),
    ],
)
def test_a_stale_page_is_found(copy: Workspace, fault: Callable[[Path], None], line: int, message: str) -> None:
    fault(copy.docs / "yunxin.md")
    assert found(copy) == [Finding("docs/policies/yunxin.md", line, message, HINT)]


def test_a_page_of_a_policy_that_is_no_more_is_found(copy: Workspace) -> None:
    (copy.docs / "old.md").write_text(f"{MARK}\n# Old\n")
    (copy.docs / "notes.md").write_text("# What somebody wrote beside the pages\n")

    assert found(copy) == [Finding("docs/policies/old.md", 1, "the page is about no policy that there is", HINT)]


def test_without_pages_there_is_nothing_to_check(copy: Workspace) -> None:
    shutil.rmtree(copy.docs)
    with pytest.raises(NotApplicable, match="no docs/policies; `decider reference` makes it"):
        found(copy)


def test_writing_mends_all_that_is_stale_and_touches_nothing_else(copy: Workspace) -> None:
    _change(copy.docs / "yunxin.md")
    (copy.docs / "law.md").unlink()
    (copy.docs / "old.md").write_text(f"{MARK}\n# Old\n")
    (copy.docs / "notes.md").write_text("# What somebody wrote beside the pages\n")

    changed = writing.write(copy, Path("opa"))

    assert [file.name for file in changed] == ["law.md", "yunxin.md", "old.md"]
    assert found(copy) == []
    assert (copy.docs / "notes.md").is_file()
    assert not (copy.docs / "old.md").exists()
