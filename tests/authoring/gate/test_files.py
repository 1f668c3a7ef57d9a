"""What some programs read differently from others, and what lies outside the repository, is told in its own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from decider.authoring.gate.checks import files
from decider.workspace import Workspace
from support.policy_copies import context

NAME = "rego/policies/shop/versions/data.yaml"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / NAME
    file.parent.mkdir(parents=True)
    file.write_text("days: 14\n")
    return file


def told(root: Path) -> list[str]:
    return [f"{one.place}: {one.message}" for one in files.run(context(Workspace.find(root))).findings]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"days: 14\n", []),
        (b"\xef\xbb\xbfdays: 14\n", [f"{NAME}:1: begins with a byte order mark"]),
        (b"a: 1\nb: 2\r\nc: 3\r\n", [f"{NAME}:2: the line ends with CR LF (Windows) instead of LF"]),
        (b"a: 1\nb: \xe9\n", [f"{NAME}:2: not UTF-8: the byte 0xe9"]),
    ],
)
def test_the_bytes_of_a_file(file: Path, tmp_path: Path, content: bytes, found: list[str]) -> None:
    file.write_bytes(content)

    assert told(tmp_path) == found


def test_a_link_that_leads_out(file: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (tmp_path / "rego/policies/other").symlink_to("shop")
    assert told(tmp_path) == []
    file.rename(outside / "data.yaml")
    file.symlink_to(outside / "data.yaml")
    (tmp_path / "rego/lib").symlink_to(outside)

    assert sorted(told(tmp_path)) == [
        f"rego/lib: the link leads out of the repository, to {outside}",
        f"{NAME}: the link leads out of the repository, to {outside / 'data.yaml'}",
    ]
    workspace = Workspace.find(tmp_path)
    assert workspace.name(workspace.root / NAME) == NAME
