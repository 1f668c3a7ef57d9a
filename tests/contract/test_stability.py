"""docs/stability.md names the enums that are frozen, and every enum says whether it is."""

from __future__ import annotations

import re
import tomllib

import api_reference
from support.shipped import ROOT

STABILITY = (ROOT / "docs" / "stability.md").read_text()
CHANGELOG = (ROOT / "CHANGELOG.md").read_text()


def test_the_enums_that_say_so_are_frozen() -> None:
    _, _, enums = api_reference.page().partition("\n## Enums\n")
    comments = dict(re.findall(r"^### (\w+)\n\n(.*?)\n\n- `", enums, re.MULTILINE | re.DOTALL))
    frozen = {name for name, comment in comments.items() if re.search(r"\bFrozen\.", comment)}

    assert len(comments) > 15
    assert {name for name, comment in comments.items() if "Not frozen" in comment} == comments.keys() - frozen
    assert set(re.findall(r"^  - (\w+)$", STABILITY, re.MULTILINE)) == frozen


def test_the_changelog_has_the_version_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    assert re.search(rf"^## {re.escape(project['version'])}\b", CHANGELOG, re.MULTILINE)
