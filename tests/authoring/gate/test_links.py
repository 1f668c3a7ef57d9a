"""Citations that resolve to nothing: rulings, documents and links."""

from __future__ import annotations

from pathlib import Path

import pytest

from decider.authoring.gate.checks import links
from decider.workspace import Workspace
from support.policy_copies import context

GONE = "design.md"
READINGS = """# Readings

## Versions and scope

### 1. The version

### 2. Scope: `sold_by`
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("rego/policies", "docs", "src"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "docs" / "readings.md").write_text(READINGS)
    return tmp_path


def found(root: Path) -> list[str]:
    outcome = links.run(context(Workspace.find(root)))
    return [f"{finding.place}: {finding.message}" for finding in outcome.findings]


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("as ruling 1 says", []),
        ("as Ruling 2 says", []),
        ("rulings 1 and 2", []),
        ("as ruling N says", []),
        ("as ruling 3 says", [3]),
        ("rulings 1, 3 and 40", [3, 40]),
        ("rulings 3 to 2", [3]),
    ],
)
def test_rulings(root: Path, text: str, missing: list[int]) -> None:
    (root / "rego" / "policies" / "a.rego").write_text(f"package a\n\n# {text}\n")

    assert found(root) == [f"rego/policies/a.rego:3: ruling {number}: not in docs/readings.md" for number in missing]


def test_without_readings_no_citation_is_looked_up(root: Path) -> None:
    (root / "docs" / "readings.md").unlink()
    (root / "rego" / "policies" / "a.rego").write_text(f"# ruling 3, {GONE}\n")

    assert found(root) == []


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("# see docs/readings.md", []),
        ("# see readings.md, ruling 1", []),
        (f"# as ({GONE} 1.3) says", [GONE]),
        (f"# see docs/{GONE}.", [f"docs/{GONE}"]),
        (f'path = "{GONE}"', []),
        ('template = "page.md.j2"', []),
    ],
)
def test_documents(root: Path, text: str, missing: list[str]) -> None:
    (root / "src" / "a.py").write_text(f"{text}\n")

    assert found(root) == [f"src/a.py:1: {name}: no such document in this repository" for name in missing]


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("docs/readings.md", None),
        ("docs/readings.md#versions-and-scope", None),
        ("docs/readings.md#2-scope-sold_by", None),
        ("#here", None),
        ("#heading", None),
        ("src", None),
        ("docs/readings.md#L3", None),
        ("https://example.org/a#b", None),
        ("docs/readings.md#scope", "the page has no such heading"),
        ("#nowhere", "the page has no such heading"),
        ("docs", None),
        ("src/none.py", "the link leads nowhere"),
    ],
)
def test_links(root: Path, target: str, message: str | None) -> None:
    (root / "README.md").write_text(f'# Heading\n\n<a id="here"></a>[a link]({target})\n')

    assert found(root) == ([f"README.md:3: {target}: {message}"] if message else [])


def test_links_in_examples_are_no_links(root: Path) -> None:
    (root / "README.md").write_text("```\n[a link](none)\n```\n")

    assert found(root) == []
